"""What was computed, kept for good: ``kaasav.db``, an append-only SQLite database, and the only SQL of the product.

`database.Store` records and reads; `checks`, `backups`, `exports`, `imports` and `upgrades` look after the file.
"""
