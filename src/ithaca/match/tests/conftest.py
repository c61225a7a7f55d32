"""The spreadsheets that most tests of the command read."""

from ithaca.match.tests.made import sheets

__all__ = ["sheets"]
