# recording-name.sh - what names a recording may have, here and at a sensor
# SPDX-License-Identifier: ISC
# shellcheck shell=bash

# is_recording NAME: whether it is the name of rows, in no other directory.
is_recording() {
	[[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._:@+-]{0,200}\.csv(\.(gz|zst|xz))?$ ]]
}
