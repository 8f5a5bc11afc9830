# configuration.sh - the configuration of lighttpd
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # options.sh sets what these read

# The Host headers that are answered, as a pattern.  A page of another site
# whose name is made to resolve to this machine (DNS rebinding) sends its own.
hosts() {
	local n

	printf '127\\.0\\.0\\.1|localhost|\\[::1\\]'
	n=${address//[/\\[} n=${n//]/\\]}
	printf '|%s' "${n//./\\.}"
	for n in ${names[@]+"${names[@]}"}; do
		printf '|%s' "${n//./\\.}"
	done
}

# most_connections: at once, by the descriptors that a process may have.
most_connections() {
	local descriptors

	descriptors=$(ulimit -H -n) || return
	[[ $descriptors -le 4096 ]] || descriptors=4096
	printf %d $((descriptors / 3))
}

# The server.  mod_setenv comes first, so that the answers of other
# modules, refusals too, have its headers.  A malformed request is answered
# before any module, with a fixed text.
server_part() {
	local more=${password:+', "mod_accesslog"'} most

	most=$(most_connections)
	! has_door || more+=', "mod_extforward"'
	cat <<-END
	server.modules = ("mod_setenv", "mod_access", "mod_alias", "mod_auth",
	    "mod_authn_file", "mod_cgi"$more)
	server.document-root = env.PKTPIPE_LIB
	server.errorlog = env.PKTPIPE_WEB + "/log"
	server.range-requests = "disable"
	server.upload-dirs = (env.PKTPIPE_WEB)
	server.tag = ""
	server.max-fds = $((most * 3))
	server.max-connections = $most
	server.max-read-idle = 10
	server.defer-accept = 10
	server.max-request-field-size = 4096
	server.max-request-size = 1
	server.stream-response-body = 2
	server.max-write-idle = 120
	END
}

# listen_part PORT: where the server listens.  HAProxy names the address that a
# request comes from (PROXY protocol).
listen_part() {
	if has_door; then
		cat <<-END
		server.bind = env.PKTPIPE_WEB + "/socket"
		extforward.hap-PROXY = "enable"
		extforward.forwarder = ("all" => "trust")
		END
	else
		printf 'server.bind = "%s"\nserver.port = %d\n' "$address" "$1"
	fi
}

# The files of pktpipe-nightly that are served, as a pattern: the index, the
# sums, and of each day the page, the figure and the tables; the same of each
# sensor.
report_files() {
	local day='[0-9]{4}-[0-9]{2}-[0-9]{2}'

	printf %s '(sensors/[A-Za-z0-9][A-Za-z0-9._-]*/)?' \
	    '(index\.html|(daily|hourly)\.csv|' \
	    "$day/(report\.(html|png|svg|pdf)|[a-z][a-z-]*\.csv))"
}

# The page's own files, as a pattern.
page_files() {
	printf %s 'index\.html|page\.css|icon\.svg' \
	    '|(frame|panels|tables|incidents|mutes|past|nights)\.js' \
	    '|(chart|zoom|sensors|download|show|page)\.js'
}

# Which requests are answered: by host, method and path.  A page of another
# site can link to this one, but start no pipeline, which would take a place.
access_part() {
	local files reports

	reports=$(report_files)
	files="$(page_files)|stream|picture|past|reports/($reports)?"
	cat <<-END
	\$HTTP["host"] !~ "^($(hosts))(:[0-9]+)?\$" {
		url.access-deny = ("")
	}
	\$HTTP["request-method"] !~ "^(GET|HEAD)\$" { url.access-deny = ("") }
	\$HTTP["url"] !~ "^/($files)?\$" { url.access-deny = ("") }
	\$REQUEST_HEADER["Sec-Fetch-Site"] !~ "^(same-origin|none)?\$" {
	\$HTTP["url"] =~ "^/(stream|picture|past)\$" { url.access-deny = ("") }
	}
	index-file.names = ("index.html")
	mimetype.assign = (".html" => "text/html; charset=utf-8",
	    ".css" => "text/css", ".js" => "text/javascript",
	    ".svg" => "image/svg+xml", ".png" => "image/png",
	    ".pdf" => "application/pdf", ".csv" => "text/csv; charset=utf-8")
	cgi.assign = ("/stream" => "", "/picture" => "", "/past" => "")
	cgi.limits = ("tcp-fin-propagate" => "SIGTERM")
	END
}

# headers [report]: those of every answer, or of a report, which has no scripts
# and a style of its own: NAME|VALUE lines.
headers() {
	local self="default-src 'none'; img-src 'self'"

	if [ "${1-}" = report ]; then
		self+=" data:; style-src 'unsafe-inline'"
	else
		self+="; style-src 'self'; script-src 'self'"
		self+="; connect-src 'self'"
	fi
	self+="; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	[ -z "$tls" ] || echo 'Strict-Transport-Security|max-age=31536000'
	cat <<-END
	Content-Security-Policy|$self
	X-Content-Type-Options|nosniff
	Referrer-Policy|no-referrer
	Cross-Origin-Resource-Policy|same-origin
	Cache-Control|no-store
	END
}

header_part() {
	cat <<-END
	setenv.add-environment = ("PATH" => env.PATH, "TZ" => env.TZ,
	    "PKTPIPE_WEB" => env.PKTPIPE_WEB)
	END
	response_headers
	# A link could lead out of the directory.
	cat <<-END
	\$HTTP["url"] =~ "^/reports/" {
		alias.url = ("/reports/" => env.PKTPIPE_REPORTS + "/")
		server.follow-symlink = "disable"
	END
	response_headers report
	echo '}'
	cat <<-END
	\$HTTP["url"] =~ "^/($(page_files))?\$" {
	\$REQUEST_HEADER["Accept-Encoding"] =~ "(^|[ ,])gzip *(,|\$)" {
		server.document-root = env.PKTPIPE_WEB + "/gzip"
	END
	response_headers gzip
	echo '}}'
}

# response_headers [report | gzip]: the headers, for lighttpd.
response_headers() {
	local name value

	echo 'setenv.set-response-header = ('
	[ "${1-}" != gzip ] || echo '    "Content-Encoding" => "gzip",'
	while IFS='|' read -r name value; do
		printf '    "%s" => "%s",\n' "$name" "$value"
	done < <(headers "$@")
	echo ')'
}

# configuration [PORT]: all of it.
configuration() {
	server_part
	listen_part "${1-}"
	access_part
	header_part
	[ -z "$password" ] || cat <<-END
	auth.backend = "htpasswd"
	auth.backend.htpasswd.userfile = env.PKTPIPE_WEB + "/password"
	auth.require = ("" => ("method" => "basic", "realm" => "pktpipe",
	    "require" => "valid-user"))
	accesslog.filename = "|exec '" + env.PKTPIPE_LIB +
	    "/logins' $name >&3"
	accesslog.format = "%h %u %s %{Authorization}i"
	END
}
