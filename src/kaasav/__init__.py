"""Kaasav: runs a quality label of public bodies, from criteria catalogue to recorded result."""

__version__ = "0.1.0"
