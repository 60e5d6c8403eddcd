"""What `make_examples.py` is made of: one module per file format; the texts lie in ``papers/``."""
