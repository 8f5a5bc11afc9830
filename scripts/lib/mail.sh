# mail.sh - mails, by sendmail
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# mail_head ADDRESS SUBJECT: the first lines of a mail's head.
mail_head() {
	printf '%s\n' "To: $1" "Subject: $2" 'Auto-Submitted: auto-generated'
}

# mail_out [COMMAND ...]: hands the mail on standard input to sendmail, run by
# the command, if one is given.
mail_out() {
	PATH=$PATH:/usr/sbin:/usr/lib "$@" sendmail -t -oi
}
