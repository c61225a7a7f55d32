"""Who may enter the desk of a programme (see `kernel.doors`)."""

from __future__ import annotations

from typing import Any

from ithaca.kernel.doors import Audience
from ithaca.programmes.models import Programme


def _coordinates(request: Any) -> bool:
    return request.person is not None and Programme.objects.coordinated_by(request.person).exists()


COORDINATOR = Audience(
    "coordinator",
    "coordinators of the organisation or of one of its programmes",
    _coordinates,
    second_factor=True,
)
"""Views behind this door still look their object up with `coordinated_by(request.person)`."""
