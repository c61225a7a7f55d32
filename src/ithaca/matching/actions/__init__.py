"""Every write of matching: save rules, run, change the board, publish."""

from ithaca.matching.actions.board import change as change
from ithaca.matching.actions.board import redo as redo
from ithaca.matching.actions.board import take as take
from ithaca.matching.actions.board import undo as undo
from ithaca.matching.actions.criteria import save_rules as save_rules
from ithaca.matching.actions.erasure import forget_person as forget_person
from ithaca.matching.actions.publishing import CHANGED_MEANWHILE as CHANGED_MEANWHILE
from ithaca.matching.actions.publishing import PublicationRefused as PublicationRefused
from ithaca.matching.actions.publishing import ask as ask
from ithaca.matching.actions.publishing import publish as publish
from ithaca.matching.actions.publishing import publish_or_ask as publish_or_ask
from ithaca.matching.actions.publishing import publish_requested as publish_requested
from ithaca.matching.actions.running import add_solution as add_solution
from ithaca.matching.actions.running import match_now as match_now
from ithaca.matching.actions.running import progress_key as progress_key
from ithaca.matching.actions.running import solve_again as solve_again
from ithaca.matching.actions.running import solve_run as solve_run
from ithaca.matching.actions.running import start as start
from ithaca.matching.actions.running import stop as stop
from ithaca.matching.actions.turns import let_others_first as let_others_first
from ithaca.matching.actions.turns import take_back_later_turn as take_back_later_turn
