"""Small files of every format, byte for byte as the formats' own specifications have them, for tests and fuzzing."""
