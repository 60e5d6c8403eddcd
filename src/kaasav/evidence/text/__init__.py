"""The text of evidence files: one module per format, each with ``read(data: bytes) -> Pages``."""
