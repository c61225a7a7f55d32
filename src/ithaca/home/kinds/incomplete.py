"""A programme cannot open yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from ithaca.home.kinds.base import Item, Kind
from ithaca.home.moments import counted
from ithaca.home.queries import Desk
from ithaca.programmes.desk import Link


class ProgrammeIncomplete(Kind):
    """A programme does not yet say everything that people must know before they apply."""

    key = "programme-incomplete"
    label = "Programme not ready"
    help = "A cohort opens when its programme says what people join: purpose, roles, norms, what stays private."
    rank = 80

    def items(self, desk: Desk) -> Iterable[Item]:
        for programme in desk.programmes:
            if lacking := programme.missing():
                address = reverse("programmes:edit", args=[desk.organisation.slug, programme.code])
                yield Item(
                    title=f"{programme.name} cannot open for applications yet",
                    about=f"{counted(len(lacking), 'thing')} still to tell",
                    reasons=[f"{requirement.label}: {requirement.why}" for requirement in lacking],
                    action=Link("Add what is missing", f"{address}#id_{lacking[0].field}"),
                )
