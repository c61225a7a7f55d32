"""Inputs that a browser does not have. Each works without JavaScript and is drawn by `<c-field>` (template `ui/fields/<kind>.html`).

offers = forms.CharField(widget=widgets.Chips(suggestions=[...]))                     # one entry per line
hours = forms.TypedMultipleChoiceField(widget=widgets.Week(), choices=widgets.HOURS, coerce=int)
pace = forms.TypedChoiceField(widget=widgets.Scale(low="calm", high="brisk"), choices=widgets.SCALE, coerce=int)
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

HOURS = [(hour, f"{hour % 24:02d}:00") for hour in range(168)]
"""Choices of `Week`: hours of a week, 0 is Monday from midnight, 167 Sunday from 23:00."""
SCALE = [(step, str(step)) for step in range(1, 6)]
"""Choices of `Scale`: 1 to 5."""
SHORT_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class Chips(forms.Textarea):
    """Several short texts, one per line; with JavaScript each becomes a chip. `suggestions` are offered while typing."""

    kind = "chips"

    def __init__(self, suggestions: Iterable[str] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 4, "data-chips": "", "data-remove": _("Remove"), **(attrs or {})})
        self.suggestions = list(suggestions)

    def format_value(self, value: Any) -> str | None:
        """Takes a list too."""
        lines = "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        return None if lines in (None, "") else str(lines)


class Scale(forms.RadioSelect):
    """A choice from 1 to 5 between two poles, named `low` and `high`."""

    kind = "scale"

    def __init__(self, low: Any = "", high: Any = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.low, self.high = low, high


class Week(forms.CheckboxSelectMultiple):
    """Hours of the week as a grid of checkboxes, days across and hours down; `first` to `last` are shown, the others kept in a fold."""

    kind = "week"
    days = tuple(zip(DAYS, SHORT_DAYS, strict=True))

    def __init__(self, first: int = 7, last: int = 21, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.first, self.last = first, last

    def rows(self, chosen: Container[int]) -> list[dict[str, Any]]:
        """Per hour of the day: its label and one cell per day (hour of the week, day's name, chosen)."""
        return [
            {
                "label": f"{hour:02d}:00",
                "usual": self.first <= hour <= self.last,
                "cells": [
                    {"value": day * 24 + hour, "day": name, "chosen": day * 24 + hour in chosen}
                    for day, name in enumerate(DAYS)
                ],
            }
            for hour in range(24)
        ]
