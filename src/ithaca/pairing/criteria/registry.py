"""Every criterion, in the order in which people read them."""

from ithaca.pairing.criteria.base import Criterion
from ithaca.pairing.criteria.expertise import Expertise
from ithaca.pairing.criteria.goals import Goals
from ithaca.pairing.criteria.hours import Hours
from ithaca.pairing.criteria.interests import Interests
from ithaca.pairing.criteria.keep_apart import KeepApart
from ithaca.pairing.criteria.languages import Languages
from ithaca.pairing.criteria.lived_experience import LivedExperience
from ithaca.pairing.criteria.place import Place
from ithaca.pairing.criteria.preferences import Preferences
from ithaca.pairing.criteria.seniority import Seniority
from ithaca.pairing.criteria.style import Style
from ithaca.pairing.criteria.time_zone import TimeZone

CRITERIA: tuple[Criterion, ...] = (
    Expertise(),
    Goals(),
    Preferences(),
    Languages(),
    Hours(),
    TimeZone(),
    Place(),
    Seniority(),
    Style(),
    LivedExperience(),
    Interests(),
    KeepApart(),
)
BY_KEY = {criterion.key: criterion for criterion in CRITERIA}
