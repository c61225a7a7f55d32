"""`ithaca match`: the engine alone, from two spreadsheets to pairs and a report in one file. No database, no Django.

reading.py turns sheets into the engine's people, options.py reads weights and rules from TOML, command.py runs it all,
report/ writes the HTML, plans.py writes and reads pairs as .csv.
"""
