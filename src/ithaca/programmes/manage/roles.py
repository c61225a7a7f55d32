"""Roles in one programme: who coordinates, screens or sponsors it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.kernel.doors import open_to
from ithaca.people.models import Person
from ithaca.people.rules import ROLE_WORDS, Role
from ithaca.programmes import actions, forms, rules
from ithaca.programmes.doors import COORDINATOR
from ithaca.programmes.manage import programmes


@open_to(COORDINATOR)
@require_http_methods(["GET", "POST"])
def roles(request: Any, code: str) -> HttpResponse:
    """Who has a role in this programme; give somebody one."""
    programme = programmes.own(request, code)
    form = forms.RoleForm(request.POST or None, initial={"role": Role.COORDINATOR})
    if form.is_valid():
        person = Person.objects.filter(email__iexact=form.cleaned_data["email"]).first()
        if person is None:
            form.add_error("email", "Nobody in your organisation has this address. Add the person first.")
        else:
            try:
                actions.grant_role(programme, person=person, role=Role(form.cleaned_data["role"]), by=request.person)
            except rules.Refused as refusal:
                form.add_error("role", str(refusal))
            else:
                messages.success(request, f"{person.name} has the role now.")
                return redirect("programmes:roles", request.organisation.slug, code)
    context = {
        "programme": programme,
        "form": form,
        "grants": programme.roles.select_related("person").order_by("person__name", "role"),
        "words": [(role.label, ROLE_WORDS[role]) for role in forms.RoleForm.ROLES],
    }
    return render(request, "programmes/manage/roles.html", context, status=422 if form.is_bound else 200)


@open_to(COORDINATOR)
@require_POST
def revoke(request: Any, code: str) -> HttpResponse:
    """End a role; `person` (code) and `role` say which."""
    programme = programmes.own(request, code)
    asked = {"person__code": request.POST.get("person", ""), "role": request.POST.get("role", "")}
    grant = get_object_or_404(programme.roles.select_related("person", "programme"), **asked)
    name = grant.person.name
    actions.revoke_role(grant, by=request.person)
    messages.success(request, f"{name} has no longer this role.")
    return redirect(reverse("programmes:roles", args=[request.organisation.slug, code]))
