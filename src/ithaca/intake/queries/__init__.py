"""Reads of this slice: what is known already, and what an import of an upload would do."""

from ithaca.intake.queries.planning import Told as Told
from ithaca.intake.queries.planning import plan_of as plan_of
from ithaca.intake.queries.planning import sheet_of as sheet_of
