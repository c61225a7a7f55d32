"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.programmes.models import Enrolment, Pause, ProgrammeRole, Withdrawal

register(
    Entry(ProgrammeRole, ("person",), export=("role",), erase=Erase.DELETE),
    Entry(Enrolment, ("person",), export=("code", "role", "capacity", "source", "enrolled_at"), erase=Erase.DELETE),
    Entry(Withdrawal, ("by",), export=("at",), erase=Erase.FORGET),
    Entry(Pause, ("by",), export=("at", "until"), erase=Erase.FORGET),
)
