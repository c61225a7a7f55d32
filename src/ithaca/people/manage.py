"""Pages of the staff: the people of the organisation, their roles, and the organisation itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ithaca.kernel import paging
from ithaca.kernel.doors import open_to
from ithaca.people import actions, forms, permissions, queries
from ithaca.people.doors import HOST, OWNER, STAFF
from ithaca.people.models import ErasureRequest, Person
from ithaca.people.rules import NotPossible, Role


@require_GET
@open_to(STAFF)
def people(request: Any) -> HttpResponse:
    """Everybody in the organisation, found by name, address or role."""
    form = forms.FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = Person.objects.named(asked.get("q", "")).prefetch_related("role_grants").select_related("profile")
    found = found.with_role(asked["role"]) if asked.get("role") else found
    context = {
        "form": form,
        "narrowed": any(asked.values()),
        "page": paging.page(request, found.by_name()),
        "erasures": ErasureRequest.objects.select_related("person").order_by("asked_at"),
    }
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "POST"])
@open_to(STAFF)
def add_person(request: Any) -> HttpResponse:
    """Add somebody by hand."""
    form = forms.AddPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_person(by=request.person, **form.cleaned_data)
        except NotPossible as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"{added.name} is added.")
            return redirect("people:person", request.organisation.slug, added.code)
    return render(request, "people/add_person.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@open_to(STAFF)
def edit_person(request: Any, code: str) -> HttpResponse:
    """Correct a name or an address."""
    one = get_object_or_404(Person, code=code)
    form = forms.PersonForm(request.POST or None, initial={"name": one.name, "email": one.email})
    if not permissions.may_change_address(request.person, one):
        form.fields["email"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_person(one, by=request.person, **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved.")
            return redirect("people:person", request.organisation.slug, one.code)
    return render(request, "people/edit_person.html", {"form": form, "one": one}, status=422 if form.errors else 200)


@require_POST
@open_to(STAFF)
def invite_person(request: Any, code: str) -> HttpResponse:
    """Send the invitation, perhaps once more."""
    one = get_object_or_404(Person, code=code)
    actions.invite_person(one, by=request.person)
    messages.success(request, f"An invitation to {one.email} is on its way.")
    return redirect("people:person", request.organisation.slug, one.code)


@require_POST
@open_to(STAFF)
def grant_role(request: Any, code: str) -> HttpResponse:
    return _with_role(request, code, actions.grant_role, "{name} is now {role}.")


@require_POST
@open_to(STAFF)
def revoke_role(request: Any, code: str) -> HttpResponse:
    return _with_role(request, code, actions.revoke_role, "{name} is no longer {role}.")


@require_http_methods(["GET", "POST"])
@open_to(STAFF)
def erase_person(request: Any, code: str) -> HttpResponse:
    """Says exactly what will be erased; done when the name is typed in."""
    one = get_object_or_404(Person, code=code)
    error = ""
    if request.method == "POST" and request.POST.get("name", "").strip() == one.name:
        try:
            actions.erase_person(one, by=request.person)
        except NotPossible as refused:
            error = str(refused)
        else:
            messages.success(request, "The data is erased.")
            return redirect("people:people", request.organisation.slug)
    elif request.method == "POST":
        error = f"Please type the name exactly as it is here: {one.name}"
    return render(request, "people/erase_person.html", {"one": one, "error": error}, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@open_to(OWNER)
def organisation(request: Any) -> HttpResponse:
    """Settings of the organisation."""
    current = request.organisation
    initial = {"name": current.name, "contact_email": current.contact_email, "time_zone": current.time_zone}
    form = forms.OrganisationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_organisation(current, by=request.person, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("people:organisation", current.slug)
    return render(request, "people/organisation.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@open_to(HOST)
def hosted(request: Any) -> HttpResponse:
    """The host's list of organisations, and founding one."""
    form = forms.FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            founded = actions.found_organisation(**form.cleaned_data)
        except NotPossible as error:
            form.add_error("slug", str(error))
        else:
            messages.success(request, f"{founded.name} is founded. Its owner can sign in now.")
            return redirect("people:hosted")
    context = {"form": form, "organisations": queries.all_organisations()}
    return render(request, "people/hosted.html", context, status=422 if form.errors else 200)


def _with_role(request: Any, code: str, action: Any, words: str) -> HttpResponse:
    one = get_object_or_404(Person, code=code)
    role = request.POST.get("role", "")
    if role in Role.values:
        try:
            action(person=one, role=Role(role), by=request.person)
        except NotPossible as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words.format(name=one.name, role=Role(role).label.lower()))
    return redirect("people:person", request.organisation.slug, one.code)
