"""The frame: programmes, their cohorts and dates, and who is enrolled in them as a mentor or a mentee."""
