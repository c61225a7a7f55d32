"""What happens to a person's rows of this slice when they ask for their data or leave (see `kernel.privacy`)."""

from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.programmes.models import Enrolment, Pause, ProgrammeRole, Withdrawal

WITH_ENROLMENT = "it goes with the enrolment it belongs to; who recorded it stays as an anonymous row"

register(
    Entry(ProgrammeRole, ("person",), export=("role",), erase=Erase.DELETE),
    Entry(Enrolment, ("person",), export=("code", "role", "capacity", "source", "enrolled_at"), erase=Erase.DELETE),
    Entry(Withdrawal, (), mentions=("by",), export=None, erase=Erase.KEEP, why=WITH_ENROLMENT),
    Entry(Pause, (), mentions=("by",), export=None, erase=Erase.KEEP, why=WITH_ENROLMENT),
)
