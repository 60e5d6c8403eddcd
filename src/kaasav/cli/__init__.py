"""The command line: one file a command; each parses, calls, prints and leaves. Only here are typer and rich known."""
