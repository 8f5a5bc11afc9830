# colours.gp - what colour a class has: those of protocols, the severities
# Red is for the suspicious, grey for the sums of others.  A protocol's class is
# its colour as a number (classes.awk).
# SPDX-License-Identifier: ISC
is_red(class) = class eq 'suspicious' || class eq 'high'
colour(class) = is_red(class) ? 0xCC3311 : \
    class eq 'medium' ? 0xEE7733 : \
    class eq 'low' ? 0x4477AA : \
    class eq 'rest' || class eq '-' ? 0xBBBBBB : int(class)
# Of a text about the class: in a label, and in a note.
ink(class) = is_red(class) ? colour(class) : 0x222222
faint(class) = is_red(class) ? colour(class) : 0x666666
