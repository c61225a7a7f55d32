"""A cohort that has been matched, as the tests of matching know it."""

from ithaca.matching.tests.conftest import board, browser, cohort, cora, organisation, run

__all__ = ["board", "browser", "cohort", "cora", "organisation", "run"]
