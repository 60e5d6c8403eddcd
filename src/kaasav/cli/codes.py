"""The exit codes; warnings never change them."""

DONE = 0
"""Done; a “no” is a result too."""
PROBLEMS = 1
"""Problems in the input, or the assessment is incomplete."""
USAGE = 2
"""The command line itself was wrong."""
CRASH = 3
"""Kaasav failed, and left a log to send."""
FORBIDDEN = 4
"""A rule forbids it, or something a person decided would be overwritten."""
INTERRUPTED = 130
"""Interrupted by the user."""
