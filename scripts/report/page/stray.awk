# stray.awk - the sentence about packets whose time is far from the others
# SPDX-License-Identifier: ISC
BEGIN { print stray_words() }
