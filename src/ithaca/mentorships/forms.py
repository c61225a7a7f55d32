"""What people tell about a mentorship, made into clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from ithaca.mentorships.rules import ClosureKind


class FirstMeetingForm(forms.Form):
    """The day of the first meeting."""

    on = forms.DateField(
        label="Day of the first meeting",
        help_text="Agreed or already held. You can change it later.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ClosureForm(forms.Form):
    """How a mentorship ended."""

    kind = forms.ChoiceField(label="How did it end?", choices=ClosureKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why", required=False, help_text="A sentence is enough.", widget=forms.Textarea(attrs={"rows": 3})
    )


class FilterForm(forms.Form):
    """Which mentorships of a cohort the list shows."""

    STATES = (
        ("", "All"),
        ("waiting", "No contact told yet"),
        ("in_touch", "In touch"),
        ("met", "Have met"),
        ("ended", "Ended"),
    )
    state = forms.ChoiceField(label="Show", choices=STATES, required=False)
    q = forms.CharField(label="Name", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def narrowed(self, mentorships: Any) -> Any:
        """The mentorships that fit what was asked; a wrong question asks for all."""
        asked = self.cleaned_data if self.is_valid() else {}
        today = timezone.localdate()
        match asked.get("state"):
            case "waiting":
                mentorships = mentorships.open().without_contact()
            case "in_touch":
                mentorships = mentorships.open().in_touch()
            case "met":
                mentorships = mentorships.open().met(today)
            case "ended":
                mentorships = mentorships.filter(closure__isnull=False)
        return mentorships.named(asked["q"]) if asked.get("q") else mentorships
