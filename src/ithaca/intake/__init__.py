"""Bringing people in: a coordinator's spreadsheet becomes people with profiles, enrolled in a cohort.

Upload → which column is what (`columns`) → what every row says (`people`, `answers`) → preview of what is new, changed,
unchanged or refused → one import in the background. Nothing is written before the coordinator has seen it, and it never
sends mail. `fields`, `columns`, `people` and `answers` need neither database nor Django: `ithaca match` uses them too.
"""
