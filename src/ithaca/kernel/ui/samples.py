"""What the living page shows: one form with every kind of field, and invented rows for the other components."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from ithaca.kernel.ui import widgets


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(help_text="As it should stand in the introduction.")
    email = forms.EmailField(label="E-mail address")
    about = forms.CharField(label="Career path", widget=forms.Textarea, required=False)
    place = forms.ChoiceField(choices=[("", "Choose one"), ("porto", "Porto"), ("lagos", "Lagos")])
    starts_on = forms.DateField(label="Starts on", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    meeting = forms.ChoiceField(
        label="How you like to meet",
        choices=[("video", "By video"), ("in_person", "In person"), ("either", "Either")],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        choices=[("en", "English"), ("pt", "Portuguese"), ("ar", "Arabic")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    offers = forms.CharField(
        label="Can help with", widget=widgets.Chips(suggestions=["Negotiation", "Public speaking"]), required=False
    )
    directness = forms.TypedChoiceField(
        label="Feedback I like to hear",
        widget=widgets.Scale(low="Gently put", high="Straight out"),
        coerce=int,
        choices=widgets.SCALE,
    )
    hours = forms.TypedMultipleChoiceField(
        label="Free hours", widget=widgets.Week(), choices=widgets.HOURS, coerce=int, required=False
    )
    file = forms.FileField(label="Spreadsheet", required=False, help_text="CSV, Excel or OpenDocument, up to 50 MB.")
    agreed = forms.BooleanField(label="I can give about two hours a month until June.")


JOB = 4


def job(done: int) -> dict[str, Any]:
    """A job of four parts that is one part further each time somebody asks."""
    return {"done": min(done, JOB), "all": JOB, "next": done + 1, "finished": done >= JOB}


def context(data: Any = None) -> dict[str, Any]:
    """Values of the living page's template; `data` is what was sent to its form."""
    day = datetime.date(2027, 1, 11)
    labels = ("Applications open", "Applications close", "Matching", "Kick-off", "Mid-point", "End")
    steps = [
        {
            "label": label,
            "on": day + datetime.timedelta(days=30 * n),
            "state": ("past", "past", "now")[n] if n < 3 else "next",
        }
        for n, label in enumerate(labels)
    ]
    steps[2]["note"] = "3 days left"
    started = {
        "name": "Amara Nwosu",
        "offers": "Negotiation\nPublic speaking",
        "directness": 4,
        "hours": [9, 10, 34, 35, 58],
    }
    return {
        "form": SampleForm(data) if data is not None else SampleForm(initial=started),
        "timeline": steps,
        **job(1),
        "tabs": [{"label": "Overview", "url": "#pages", "current": True}, {"label": "People", "url": "#pages"}],
        "people": [
            {"name": "Li Wei", "wants": "Leading a first team", "waited": 0, "tone": "good", "state": "Matched"},
            {"name": "Joana Pires", "wants": "Negotiation", "waited": 1, "tone": "warn", "state": "Waiting"},
            {"name": "Yusuf Demir", "wants": "Data ethics", "waited": 2, "tone": "bad", "state": "Left out"},
        ],
        "wizard": ["Upload", "Columns", "Check", "Done"],
        "sources": [("Newsletter", 48), ("A colleague told me", 31), ("Conference in Porto", 17), ("Other", 4)],
        "meetings": [(f"Week {week}", held) for week, held in enumerate((0, 4, 11, 19, 23, 22, 26, 31), start=1)],
        "scores": [41, 52, 58, 60, 61, 63, 66, 68, 68, 71, 72, 72, 74, 75, 77, 78, 81, 83, 84, 88, 90, 93],
        "page": Paginator(range(230), 50).page(2),
        "crumbs": [{"label": "Ithaca", "url": "/"}, {"label": "UI kit", "url": ""}],
    }
