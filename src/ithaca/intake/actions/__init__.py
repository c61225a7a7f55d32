"""Every write of bringing people in."""

from ithaca.intake.actions.importing import run_import as run_import
from ithaca.intake.actions.importing import start as start
from ithaca.intake.actions.keeping import discard as discard
from ithaca.intake.actions.keeping import forget_files as forget_files
from ithaca.intake.actions.looking import accept_suggestions as accept_suggestions
from ithaca.intake.actions.looking import answer as answer
from ithaca.intake.actions.looking import answer_anew as answer_anew
from ithaca.intake.actions.looking import look as look
from ithaca.intake.actions.looking import prepare as prepare
from ithaca.intake.actions.uploading import choose_sheet as choose_sheet
from ithaca.intake.actions.uploading import confirm as confirm
from ithaca.intake.actions.uploading import receive as receive
