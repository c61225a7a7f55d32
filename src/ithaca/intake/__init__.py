"""Bringing people in: a coordinator's spreadsheet becomes people with profiles, enrolled in a cohort.

Upload → which column is what → preview of what is new, changed, unchanged or rejected, and questions only the coordinator
can answer → one import in the background, all or nothing. Nothing is written before the coordinator has seen it, and it
never sends mail. What a sheet says is understood by `rosters`.
"""
