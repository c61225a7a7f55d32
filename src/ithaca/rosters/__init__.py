"""A roster: what a spreadsheet of mentors and mentees says. No database, no Django; `intake` and `ithaca match` use it.

    sheet = reading.read(data, name)                  # kernel.sheets
    mapping = columns.guess(sheet, role="mentor")     # which column is what
    rows = people.clean(sheet, mapping)               # a person per row, or why not

The words by which a column gives itself away stand in `fields.toml`; `answers` understands one kind of answer a file.
"""
