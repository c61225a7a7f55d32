"""What coordinators enter about programmes, cohorts and people, made into clean values."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from ithaca.people.rules import ROLE_WORDS, Role
from ithaca.programmes import rules
from ithaca.programmes.rules import Side


class Later(forms.CharField):
    """A text that a programme needs, though not at once: it is not called optional, and a blank is accepted."""

    def validate(self, value: Any) -> None:
        """Anything goes; what is missing is listed on the programme's page."""


def _area(label: str, help_text: str, rows: int = 4) -> Later:
    return Later(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}))


class Lines(Later):
    """A text field whose value is a list: one entry per line, blank lines left out."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class ProgrammeForm(forms.Form):
    """What a programme says. Everything but the name may wait; a cohort opens when nothing is missing."""

    name = forms.CharField(label="Name", max_length=120, help_text="As people know it, such as “First Steps”.")
    purpose = _area("Purpose", "What changes for people, and for you, if this works? Two or three sentences.")
    objectives = Lines(
        label="Objectives",
        help_text="One per line, each with a number or a date, such as “40 mentorships reach their mid-point by June”.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    audience = _area("Who it is for", "Who is invited as a mentor, and who as a mentee?", rows=3)
    format = _area("Format", "Who meets whom, and how?", rows=3)
    mentor_role = _area("What a mentor does", "And what a mentor does not do.")
    mentee_role = _area("What a mentee does", "The first step, and the next ones, are theirs.")
    cadence_days = forms.IntegerField(
        label="Days between meetings",
        min_value=1,
        max_value=180,
        help_text="30 is once a month. A norm to start from: every pair may agree on another rhythm.",
    )
    session_minutes = forms.IntegerField(label="Length of a meeting, at least (minutes)", min_value=15, max_value=480)
    session_minutes_most = forms.IntegerField(
        label="Length of a meeting, at most (minutes)", min_value=15, max_value=480
    )
    confidentiality = _area("Confidentiality policy", "What stays between the two, and who sees what.")
    not_private = _area("Topics that are not private", "What must be passed on, whoever says it.")

    use_required_attribute = False

    SECTIONS = (
        ("What it is for", ("name", "purpose", "objectives", "audience")),
        ("How it works", ("format", "mentor_role", "mentee_role")),
        ("The norm", ("cadence_days", "session_minutes", "session_minutes_most")),
        ("What stays private", ("confidentiality", "not_private")),
    )

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields in the parts of the page."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]


class StartForm(forms.Form):
    """From when, and for how long: enough to propose all dates."""

    start = forms.DateField(
        label="Applications open on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    months = forms.IntegerField(label="Months of mentoring", min_value=1, max_value=36)


class CohortForm(forms.Form):
    """Name and dates of a cohort."""

    name = forms.CharField(label="Name of the cohort", max_length=120, help_text="Such as “Spring 2027”.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, label in rules.STEPS:
            optional = field == "celebration_on"
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[field] = forms.DateField(label=label, required=not optional, widget=widget)

    def date_fields(self) -> list[forms.BoundField]:
        return [self[field] for field, _ in rules.STEPS]

    def dates(self) -> dict[str, datetime.date | None]:
        """The dates alone."""
        return {field: self.cleaned_data[field] for field, _ in rules.STEPS}

    def refuse(self, refusal: rules.Refused) -> None:
        """Show why the action was refused, beside the dates it is about where there are any."""
        for field, sentence in getattr(refusal, "by_field", {None: str(refusal)}).items():
            self.add_error(field, sentence)


class PersonForm(forms.Form):
    """One person who joins by hand."""

    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(label="E-mail", help_text="Nothing is sent to it now.")
    role = forms.ChoiceField(label="Takes part as", choices=Side.choices, widget=forms.RadioSelect)
    capacity = forms.IntegerField(
        label="How many partners", min_value=1, max_value=rules.MOST_PARTNERS, initial=1, help_text="At the same time."
    )


class CapacityForm(forms.Form):
    """How many partners somebody takes."""

    capacity = forms.IntegerField(min_value=0, max_value=rules.MOST_PARTNERS)


class PeopleFilterForm(forms.Form):
    """Which people of a cohort the list shows."""

    STATES = (("", "Everybody here"), ("available", "Can be matched"), ("paused", "Pausing"), ("left", "Have left"))
    state = forms.ChoiceField(label="Show", choices=STATES, required=False)
    q = forms.CharField(label="Name or e-mail", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def narrowed(self, enrolments: Any) -> Any:
        """The enrolments that fit what was asked; without a question, everybody who has not left."""
        asked = self.cleaned_data if self.is_valid() else {}
        match asked.get("state"):
            case "left":
                enrolments = enrolments.filter(withdrawal__isnull=False)
            case "paused":
                enrolments = enrolments.active().filter(paused=True)
            case "available":
                enrolments = enrolments.active().filter(paused=False)
            case _:
                enrolments = enrolments.active()
        return enrolments.named(asked["q"]) if asked.get("q") else enrolments


class RoleForm(forms.Form):
    """Who gets which role in one programme."""

    ROLES = (Role.COORDINATOR, Role.SCREENER, Role.SPONSOR)
    email = forms.EmailField(
        label="E-mail", help_text="Of somebody who is already among the people of your organisation."
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, f"{role.label}: {ROLE_WORDS[role]}") for role in ROLES],
        widget=forms.RadioSelect,
    )
