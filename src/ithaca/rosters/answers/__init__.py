"""What people write into a cell, understood: one file per kind of answer, each a pure function of the text.

Each returns the value, or raises `Unclear` with one sentence that says what would be understood.
"""
