"""Every write of studies: keep a fairness sheet, answer a question about a run, put one of its plans beside the board."""

from ithaca.studies.actions.plans import take_alternative as take_alternative
from ithaca.studies.actions.plans import take_groups as take_groups
from ithaca.studies.actions.plans import take_repair as take_repair
from ithaca.studies.actions.sheets import forget_person as forget_person
from ithaca.studies.actions.sheets import keep_sheet as keep_sheet
from ithaca.studies.actions.sheets import sheet_of_board as sheet_of_board
from ithaca.studies.actions.sheets import sheet_of_run as sheet_of_run
from ithaca.studies.actions.sheets import sheets_of_publication as sheets_of_publication
from ithaca.studies.actions.working import answer as answer
from ithaca.studies.actions.working import ask as ask
from ithaca.studies.actions.working import progress_key as progress_key
from ithaca.studies.actions.working import stop as stop
