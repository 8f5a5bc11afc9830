# colours.gp - what colour a class has: those of protocols, the severities
# Red is for the suspicious; the five calm colours (after Paul Tol) are safe for
# the colour-blind beside this red; grey is for all others.
# SPDX-License-Identifier: ISC
is_red(class) = class eq 'suspicious' || class eq 'high'
colour(class) = is_red(class) ? 0xCC3311 : \
    class eq 'medium' ? 0xEE7733 : \
    class eq 'low' || class eq 'calm-1' ? 0x4477AA : \
    class eq 'calm-2' ? 0x88CCEE : \
    class eq 'calm-3' ? 0x44AA99 : \
    class eq 'calm-4' ? 0xDDCC77 : \
    class eq 'calm-5' ? 0x332288 : 0xBBBBBB
# Of a text about the class: in a label, and in a note.
ink(class) = is_red(class) ? colour(class) : 0x222222
faint(class) = is_red(class) ? colour(class) : 0x666666
