"""Texts no document may break on, lose or run."""

HOSTILE = (
    "A & B <C> </w:t> &amp; &#65;",
    '#read("/etc/passwd") #panic() #import "x"',
    "*bold* _under_ `code` $x^2$ \\ \\n ~ // /* = Head - list <label> @ref",
    "{{ 7*7 }} {% raw %} {# no #} ${x} %s {0}",
    "„jutumärgid“ \"sirged\" 'ülakoma' «muud»",
    "=HYPERLINK(1) +1 -1 @SUM",
    "🎉 emoji, 漢字, العربية",
    "Выру волость, Cyrillic",
    "x\u202egnp.exe\u202c \u200f \u2066iso\u2069 \ufeffbom \u00adshy \u200bzw",
    "a\u0301 o\u0303 decomposed, \u0000 nul \u0007 bell \u001b[31m",
    "two\nlines\tand a tab",
    "W" * 300,
    "Õige pika nimega ühinenud " * 12,
    ".",
)
"""What people, or people who mean ill, write into names."""
