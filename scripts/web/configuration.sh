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

# The server on a port.  mod_setenv comes first, so that the answers of other
# modules, refusals too, have its headers.  A malformed request is answered
# before any module, with a fixed text.
server_part() {
	local more=${tls:+', "mod_openssl"'} descriptors

	more+=${password:+', "mod_accesslog"'}
	descriptors=$(ulimit -H -n)
	[[ $descriptors -le 4096 ]] || descriptors=4096
	cat <<-END
	server.modules = ("mod_setenv", "mod_access", "mod_auth",
	    "mod_authn_file", "mod_cgi"$more)
	server.document-root = env.PKTPIPE_LIB
	server.errorlog = env.PKTPIPE_WEB + "/log"
	server.range-requests = "disable"
	server.upload-dirs = (env.PKTPIPE_WEB)
	server.bind = "$address"
	server.port = $1
	server.tag = ""
	server.max-fds = $descriptors
	server.max-connections = $((descriptors / 3))
	server.max-read-idle = 10
	server.defer-accept = 10
	server.max-request-field-size = 4096
	server.max-request-size = 1
	server.stream-response-body = 2
	server.max-write-idle = 120
	END
}

# Which requests are answered: by host, method and path.
access_part() {
	local files='(index\.html|page\.css|icon\.svg'

	files+='|(frame|panels|tables|incidents|mutes|past)\.js'
	files+='|(chart|download|show|page)\.js)'
	cat <<-END
	\$HTTP["host"] !~ "^($(hosts))(:[0-9]+)?\$" {
		url.access-deny = ("")
	}
	\$HTTP["request-method"] !~ "^(GET|HEAD)\$" { url.access-deny = ("") }
	\$HTTP["url"] !~ "^/($files|stream|picture|past)?\$" {
		url.access-deny = ("")
	}
	index-file.names = ("index.html")
	mimetype.assign = (".html" => "text/html; charset=utf-8",
	    ".css" => "text/css", ".js" => "text/javascript",
	    ".svg" => "image/svg+xml")
	cgi.assign = ("/stream" => "", "/picture" => "", "/past" => "")
	cgi.limits = ("tcp-fin-propagate" => "SIGTERM")
	END
}

header_part() {
	local tls_only='' self="default-src 'none'; img-src 'self'"

	self+="; style-src 'self'"
	self+="; script-src 'self'; connect-src 'self'; base-uri 'none'"
	self+="; form-action 'none'; frame-ancestors 'none'"
	[ -z "$tls" ] || tls_only='"Strict-Transport-Security" =>
	    "max-age=31536000",'
	cat <<-END
	setenv.add-environment = ("PATH" => env.PATH, "TZ" => env.TZ,
	    "PKTPIPE_WEB" => env.PKTPIPE_WEB)
	setenv.set-response-header = (
	    $tls_only
	    "Content-Security-Policy" => "$self",
	    "X-Content-Type-Options" => "nosniff",
	    "Referrer-Policy" => "no-referrer",
	    "Cross-Origin-Resource-Policy" => "same-origin",
	    "Cache-Control" => "no-store")
	END
}

# configuration PORT: all of it.
configuration() {
	server_part "$1"
	access_part
	header_part
	[ -z "$tls" ] || cat <<-END
	ssl.engine = "enable"
	ssl.pemfile = env.PKTPIPE_WEB + "/tls"
	END
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
