"""HTTP input of circles as clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.circles import rules
from ithaca.circles.models import Round


class RoundForm(forms.Form):
    """What kind of groups, of whom, and how large."""

    kind = forms.ChoiceField(label=_("What for"), choices=Round.Kind.choices, widget=forms.RadioSelect)
    who = forms.ChoiceField(label=_("Who"), choices=Round.Who.choices, widget=forms.RadioSelect)
    smallest = forms.IntegerField(label=_("Fewest in a circle"), min_value=rules.SMALLEST, max_value=12)
    largest = forms.IntegerField(label=_("Most in a circle"), min_value=rules.SMALLEST, max_value=12)
    levels_apart = forms.IntegerField(
        label=_("Levels of seniority apart, at most"),
        help_text=_("Seniority is told from 0 to 10; 0 here means the same level."),
        min_value=0,
        max_value=rules.MOST_APART,
    )
    across_employers = forms.BooleanField(label=_("Nobody with a colleague of the same employer"), required=False)

    INITIAL = {
        "kind": Round.Kind.CIRCLES,
        "who": Round.Who.MENTEES,
        "smallest": 4,
        "largest": 6,
        "levels_apart": 1,
        "across_employers": True,
    }

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial=self.INITIAL)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("smallest", 0) > data.get("largest", 99):
            self.add_error("largest", _("This is less than the fewest. Let it be at least as many."))
        return data

    @property
    def options(self) -> dict[str, Any]:
        """The settings of circles; the form must be valid."""
        return {key: self.cleaned_data[key] for key in ("smallest", "largest", "levels_apart", "across_employers")}
