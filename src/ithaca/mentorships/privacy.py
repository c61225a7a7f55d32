"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.mentorships.models import Closure, FirstContact, FirstMeeting, Mentorship

PAIR = "the other one of the pair keeps their own history; the name is emptied with the person"

register(
    Entry(
        Mentorship,
        ("mentor", "mentee"),
        export=("code", "started_at", "common_ground", "opener"),
        erase=Erase.BLANK,
        blank={"common_ground": [], "opener": ""},
        why=PAIR,
    ),
    Entry(FirstContact, ("by",), export=("at",), erase=Erase.FORGET),
    Entry(FirstMeeting, ("by",), export=("on",), erase=Erase.FORGET),
    Entry(Closure, ("by",), export=("at", "kind"), erase=Erase.FORGET),
)
