"""The messy sheets kept beside this file; every person in them is invented.

google_forms_mentors.csv      a Google Forms export: options with commas inside, a grid of free times
ms_forms_mentees.xlsx         a Microsoft Forms export: anonymous, branching question, misspelt wishes, one answer twice
civil_service.xlsx            sheets "Mentors" and "Mentees" below titles, grades, a conflict column
german_windows1252.csv        semicolons, Windows-1252, both roles in one sheet
branching_scripts_utf16.tsv   tabs, UTF-16, names in ten scripts, columns that occur twice, a formula
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "sheets"

GOOGLE = FOLDER / "google_forms_mentors.csv"
MICROSOFT = FOLDER / "ms_forms_mentees.xlsx"
CIVIL_SERVICE = FOLDER / "civil_service.xlsx"
GERMAN = FOLDER / "german_windows1252.csv"
SCRIPTS = FOLDER / "branching_scripts_utf16.tsv"
