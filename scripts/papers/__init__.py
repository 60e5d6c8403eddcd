"""Invented papers of an invented municipality, named and made as real ones are, for measuring intake."""
