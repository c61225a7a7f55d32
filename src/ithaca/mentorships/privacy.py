"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.mentorships.models import Closure, FirstContact, FirstMeeting, Mentorship

PAIR = "the other one of the pair keeps their own history; the person's own row becomes anonymous"

register(
    Entry(
        Mentorship,
        ("mentor", "mentee"),
        export=("code", "started_at", "common_ground", "opener"),
        erase=Erase.BLANK,
        blank={"common_ground": [], "opener": ""},
        why=PAIR,
    ),
    Entry(FirstContact, (), mentions=("by",), export=None, erase=Erase.KEEP, why=PAIR),
    Entry(FirstMeeting, (), mentions=("by",), export=None, erase=Erase.KEEP, why=PAIR),
    Entry(Closure, (), mentions=("by",), export=None, erase=Erase.KEEP, why=PAIR),
)
