"""HTTP input of matching's pages as clean values."""

from ithaca.matching.forms.board import BoardFilter as BoardFilter
from ithaca.matching.forms.board import ChangeForm as ChangeForm
from ithaca.matching.forms.board import CompareForm as CompareForm
from ithaca.matching.forms.board import Wanted as Wanted
from ithaca.matching.forms.criteria import RulesForm as RulesForm
