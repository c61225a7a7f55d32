"""Kinds of items of Today: one class per file, one line each in `registry.py`."""
