"""One person's page: what the reader may see of the profile; for the staff also roles and editing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ithaca.kernel.doors import open_to
from ithaca.people import actions, permissions, queries
from ithaca.people.doors import MEMBER
from ithaca.people.forms import RoleForm
from ithaca.people.models import ErasureRequest, Person
from ithaca.people.rules import ROLE_WORDS, Reader, Role, grantable


@require_GET
@open_to(MEMBER)
def person(request: Any, code: str) -> HttpResponse:
    """Whoever may see a part of the profile sees that part; a look by a coordinator is written down."""
    found = get_object_or_404(Person.objects.visible_to(request.person), code=code)
    reader = permissions.reader_of(request.person, found)
    if reader is Reader.COORDINATORS:
        actions.record_look(found, by=request.person)
    reachable = reader is not None and reader <= Reader.PARTNER
    context: dict[str, Any] = {"one": found, "told": queries.told_to(request.person, found), "reachable": reachable}
    if permissions.is_coordinating(request.person):
        mine = grantable(permissions.roles_of(request.person))
        context |= {
            "grants": found.role_grants.select_related("granted_by").order_by("granted_at"),
            "role_form": RoleForm(grantable=mine - permissions.roles_of(found)),
            "role_words": [(role.label, ROLE_WORDS[role]) for role in Role if role in mine],
            "revocable": {role.value for role in mine},
            "may_edit": permissions.may_edit(request.person, found),
            "erasure": ErasureRequest.objects.filter(person=found).first(),
        }
    return render(request, "people/person.html", context)
