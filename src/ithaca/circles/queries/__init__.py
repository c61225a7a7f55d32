"""Reads of circles: rounds as a coordinator sees them, circles as their members do."""

from ithaca.circles.queries.circles import Dwindled as Dwindled
from ithaca.circles.queries.circles import Introduced as Introduced
from ithaca.circles.queries.circles import circle_of as circle_of
from ithaca.circles.queries.circles import circles_of as circles_of
from ithaca.circles.queries.circles import dwindled as dwindled
from ithaca.circles.queries.circles import left_from as left_from
from ithaca.circles.queries.circles import problems_of as problems_of
from ithaca.circles.queries.circles import to_be_introduced as to_be_introduced
from ithaca.circles.queries.circles import told_of as told_of
from ithaca.circles.queries.circles import write_to as write_to
from ithaca.circles.queries.rounds import Group as Group
from ithaca.circles.queries.rounds import groups_of as groups_of
from ithaca.circles.queries.rounds import lines_of as lines_of
from ithaca.circles.queries.rounds import met_in as met_in
from ithaca.circles.queries.rounds import rounds_of as rounds_of
from ithaca.circles.queries.rounds import rows_of as rows_of
