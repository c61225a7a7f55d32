"""Spreadsheets as people keep them, read into plain text and written back safely.

``reading.read(data, name)`` gives a ``Sheet`` (header, rows, row numbers) from .csv, .xlsx, .ods or .xls, or a
``SheetError`` whose one sentence says what to do. ``cells`` knows blanks and cells with several values.
``write`` makes the .csv and .xlsx that leave the building, guarded against formulas. No Django in here.
"""
