"""What coordinators fill in: the board's filter and buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from ithaca.matching import queries
from ithaca.matching.rules.board import Change, Kind

BANDS = (("", "Any"), ("low", "Below 40 %"), ("middle", "40 to 70 %"), ("high", "70 % and more"))
LIMITS = {"": (0, 10_000), "low": (0, 3_999), "middle": (4_000, 6_999), "high": (7_000, 10_000)}
ONLY = (
    ("", "All pairs"),
    ("locked", "Locked"),
    ("open", "Not locked"),
    ("hand", "Made by hand"),
    ("broken", "Against a rule"),
)


@dataclass(frozen=True)
class Wanted:
    """Which pairs to show."""

    text: str = ""
    order: str = "worst"
    lowest: int = 0
    highest: int = 10_000
    only: str = ""
    language: str = ""


class BoardFilter(forms.Form):
    """Never an error: what cannot be read filters nothing."""

    q = forms.CharField(label="Person", required=False, widget=forms.SearchInput)
    order = forms.ChoiceField(
        label="Order", required=False, choices=(("worst", "Weakest first"), ("best", "Best first"))
    )
    band = forms.ChoiceField(label="Match", required=False, choices=BANDS)
    only = forms.ChoiceField(label="State", required=False, choices=ONLY)
    language = forms.ChoiceField(label="Both speak", required=False)

    def __init__(self, data: Any, *, languages: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["language"].choices = [("", "Any language"), *languages]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """The filter in plain values."""
        self.is_valid()
        data = self.cleaned_data
        lowest, highest = LIMITS[data.get("band") or ""]
        order = data.get("order") or "worst"
        return Wanted(data.get("q") or "", order, lowest, highest, data.get("only") or "", data.get("language") or "")

    @property
    def narrows(self) -> bool:
        """Whether anything but the order was asked for."""
        return self.wanted != Wanted(order=self.wanted.order)


class ChangeForm(forms.Form):
    """The hidden fields behind a board's buttons."""

    kind = forms.ChoiceField(choices=[choice for choice in Kind.choices if choice[0] != Kind.SOLVE])
    mentor = forms.SlugField()
    mentee = forms.SlugField()
    other_mentor = forms.SlugField(required=False)
    other_mentee = forms.SlugField(required=False)
    why = forms.CharField(required=False, max_length=500)

    @property
    def wanted(self) -> Change:
        """The change in plain values; the form must be valid."""
        data = self.cleaned_data
        people = {name: data[name] for name in ("mentor", "mentee", "other_mentor", "other_mentee")}
        return Change(Kind(data["kind"]), **people)


class CompareForm(forms.Form):
    """Which two runs to compare."""

    a = forms.ChoiceField(label="From")
    b = forms.ChoiceField(label="To")

    def __init__(self, data: Any, *, runs: Iterable[Any]) -> None:
        super().__init__(data)
        choices = [(run.code, queries.title_of(run)) for run in runs]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]
