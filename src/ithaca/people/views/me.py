"""Me: what I tell about myself, who sees it, and what I may do with my data."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ithaca.kernel.doors import open_to
from ithaca.people import actions, forms, permissions, queries, rules
from ithaca.people.doors import MEMBER
from ithaca.people.models import ErasureRequest, Profile
from ithaca.people.rules import Reader


@require_GET
@open_to(MEMBER)
def me(request: Any) -> HttpResponse:
    """The whole profile by section, and what is worth adding."""
    told = {field.name: field for field in queries.told(request.person, Reader.MATCHING)}
    sections = [(section, [told[name] for name in section.fields if name in told]) for section in forms.SECTIONS]
    return render(request, "people/me.html", {"sections": sections, "hints": _hints(request)})


@require_http_methods(["GET", "POST"])
@open_to(MEMBER)
def profile_section(request: Any, section: str) -> HttpResponse:
    """One short section of the profile, saved by itself."""
    found = forms.section(section)
    if found is None:
        raise Http404
    form = found.form(request.POST or None, profile=_profile(request))
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(request.person, values=form.values(), readers=form.readers())
        messages.success(request, "Saved.")
        following = _after(found) if "next" in request.POST else None
        address = ["people:profile_section", request.organisation.slug, following.key] if following else None
        return redirect(*address) if address else redirect("people:me", request.organisation.slug)
    context = {
        "section": found,
        "form": form,
        "following": _after(found),
        "number": forms.SECTIONS.index(found) + 1,
        "count": len(forms.SECTIONS),
    }
    return render(request, "people/profile_section.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@open_to(MEMBER)
def my_account(request: Any) -> HttpResponse:
    """Name, language and time zone, and the ways to the pages of the sign-in."""
    form = forms.AccountForm(request.POST or None, person=request.person)
    if request.method == "POST" and form.is_valid():
        actions.edit_account(
            request.person,
            name=form.cleaned_data["name"],
            language=form.cleaned_data.get("language", request.person.language),
            time_zone=form.cleaned_data["time_zone"],
        )
        messages.success(request, "Saved.")
        return redirect("people:my_account", request.organisation.slug)
    return render(request, "people/my_account.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@open_to(MEMBER)
def my_data(request: Any) -> HttpResponse:
    """Download, see who looked, ask to be erased."""
    return render(
        request, "people/my_data.html", {"asked": ErasureRequest.objects.filter(person=request.person).first()}
    )


@require_POST
@open_to(MEMBER)
def download_my_data(request: Any) -> HttpResponse:
    """Everything that is kept about me, as one file."""
    document = actions.export_person(request.person, by=request.person)
    name = f"ithaca-{request.organisation.slug}-{timezone.localdate():%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(document, content_type="application/json; charset=utf-8", headers=headers)


@require_POST
@open_to(MEMBER)
def ask_erasure(request: Any) -> HttpResponse:
    actions.ask_erasure(request.person)
    return redirect("people:my_data", request.organisation.slug)


@require_POST
@open_to(MEMBER)
def withdraw_erasure(request: Any) -> HttpResponse:
    actions.withdraw_erasure(request.person)
    messages.success(request, "Your request is taken back. Nothing was erased.")
    return redirect("people:my_data", request.organisation.slug)


def _profile(request: Any) -> Profile:
    profile: Profile | None = Profile.objects.filter(person=request.person).first()
    return profile or Profile(person=request.person)


def _hints(request: Any) -> list[dict[str, Any]]:
    """At most three blank fields that would help, with the reason and the section that holds them."""
    profile = _profile(request)
    worth = rules.worth_adding(vars(profile), sides=permissions.sides_of(request.person))
    section_of = {name: section for section in forms.SECTIONS for name in section.fields}
    return [{"label": queries.label_of(name), "why": why, "section": section_of[name]} for name, why in worth[:3]]


def _after(section: forms.Section) -> forms.Section | None:
    position = forms.SECTIONS.index(section) + 1
    return forms.SECTIONS[position] if position < len(forms.SECTIONS) else None
