"""From evidence to result: pure functions over values. No files, no clock, no locale, no database.

`RULES` is the number of these rules; a change of meaning is a new number, so that old results can be recomputed.
"""

RULES = 1
