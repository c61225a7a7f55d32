"""The own profile in short sections. Every field shows who reads it; where the person may choose, it asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pycountry
from django import forms
from django.conf import settings

from ithaca.kernel.ui import widgets
from ithaca.people import rules
from ithaca.people.forms.people import TIME_ZONES
from ithaca.people.models import Person, Profile
from ithaca.people.rules import MeetingForm

COMMON_LANGUAGES = (
    *(
        "ar",
        "bg",
        "bn",
        "bs",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "ga",
        "he",
        "hi",
        "hr",
    ),
    *(
        "hu",
        "id",
        "is",
        "it",
        "ja",
        "ka",
        "kk",
        "ko",
        "lt",
        "lv",
        "mk",
        "ms",
        "mt",
        "nl",
        "no",
        "pa",
        "pl",
        "pt",
        "ro",
        "ru",
    ),
    *("sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "uz", "vi", "zh"),
)
SENIORITY = {0: "starting out", 3: "some years in", 5: "experienced", 7: "leads a team or a field", 10: "leads all"}


class Lines(forms.CharField):
    """Several short texts, one per line, without repetitions."""

    def __init__(self, *, suggestions: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(required=False, widget=widgets.Chips(suggestions=suggestions), **kwargs)

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip()[:120] for line in str(super().clean(value)).splitlines()]
        return list(dict.fromkeys(line for line in lines if line))[:40]


class Languages(Lines):
    """Languages by name, kept as codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(suggestions=sorted(map(rules.language_name, COMMON_LANGUAGES)), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return [rules.language_name(code) for code in value] if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        names = super().clean(value)
        codes = {name: rules.language_code(name) for name in names}
        unknown = [name for name, code in codes.items() if not code]
        if unknown:
            raise forms.ValidationError(
                f"We do not know “{unknown[0]}” as a language. Please choose its English name from the list."
            )
        return list(dict.fromkeys(codes.values()))


class ProfileForm(forms.Form):
    """One section. `readers` are the person's choices of who reads a field, `values` the columns of the profile."""

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data, initial={name: getattr(profile, name, None) for name in self.base_fields})
        self.profile = profile
        for name in self.columns():
            field = rules.FIELDS.get(name)
            if field and field.choices:
                self.fields[f"reader-{name}"] = forms.TypedChoiceField(
                    label="Who can see this",
                    coerce=int,
                    choices=[(choice.value, choice.label) for choice in field.choices],
                    initial=field.read_by(profile.visibility).value,
                )

    def columns(self) -> list[str]:
        """Names of the fields of the section, without the choices of readers."""
        return list(self.base_fields)

    def rows(self) -> list[tuple[forms.BoundField, str, forms.BoundField | None]]:
        """Per field: the field, who reads it in words, and the choice of readers where there is one."""
        rows = []
        for name in self.columns():
            field = rules.FIELDS.get(self.column_of(name))
            who = str(field.read_by(self.profile.visibility).label) if field else ""
            choice = f"reader-{name}"
            rows.append((self[name], who, self[choice] if choice in self.fields else None))
        return rows

    def column_of(self, name: str) -> str:
        """The column of the profile that a field of the form belongs to."""
        return name

    def values(self) -> dict[str, Any]:
        """Columns of the profile and their new values."""
        return {name: self.cleaned_data[name] for name in self.columns()}

    def readers(self) -> dict[str, int]:
        """Who reads which field now."""
        return {name: self.cleaned_data[key] for name in self.columns() if (key := f"reader-{name}") in self.fields}


class AboutForm(ProfileForm):
    pronouns = forms.CharField(required=False, max_length=40, help_text="If you like: she, he, they …")
    headline = forms.CharField(label="Role or job title", required=False, max_length=160)
    employer = forms.CharField(required=False, max_length=160)
    department = forms.CharField(label="Department or field", required=False, max_length=160)
    seniority = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Rather not say"),
            *((step, f"{step} · {SENIORITY[step]}" if step in SENIORITY else step) for step in range(11)),
        ],
    )
    reports_to = forms.CharField(
        label="Line manager",
        required=False,
        max_length=200,
        help_text="Name or address. Only used so that you are never matched with somebody you report to.",
    )
    about = forms.CharField(
        label="Your way so far",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="A few sentences: where you began, what you do now, a turn you did not expect.",
    )


class HopesForm(ProfileForm):
    offers = Lines(label="What I can help with", help_text="For example: negotiating, first time leading, R.")
    needs = Lines(label="What I want to learn")
    goals = forms.CharField(
        label="What I hope for",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What would be different at the end of the year?",
    )


class PracticalForm(ProfileForm):
    languages = Languages(label="Languages I speak")
    place = forms.CharField(label="Town or city", required=False, max_length=120)
    country = forms.ChoiceField(required=False)
    meeting_form = forms.ChoiceField(
        label="How I like to meet",
        required=False,
        widget=forms.RadioSelect,
        choices=[*MeetingForm.choices, ("", "No preference")],
    )
    phone = forms.CharField(required=False, max_length=60, widget=forms.TextInput(attrs={"type": "tel"}))
    availability = forms.TypedMultipleChoiceField(
        label="Hours that are usually free",
        required=False,
        coerce=int,
        choices=widgets.HOURS,
        widget=widgets.Week(),
        help_text="In your own time zone. Used to propose times, and to match people who can meet.",
    )

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data, profile=profile)
        names = sorted((rules.country_name(country.alpha_2), country.alpha_2) for country in pycountry.countries)
        self.fields["country"].choices = [("", "Rather not say"), *((code, name) for name, code in names)]  # type: ignore[attr-defined]


class StyleForm(ProfileForm):
    """Working style: its scales are fields of the form and one column of the profile."""

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data, profile=profile)
        for scale in rules.STYLE_SCALES:
            self.fields[f"style-{scale.key}"] = forms.TypedChoiceField(
                label=scale.key.capitalize(),
                required=False,
                coerce=int,
                empty_value=None,
                choices=widgets.SCALE,
                initial=profile.style.get(scale.key),
                widget=widgets.Scale(low=scale.low, high=scale.high),
            )
        self.fields["reader-style"] = forms.TypedChoiceField(
            label="Who can see this",
            coerce=int,
            choices=[(choice.value, choice.label) for choice in rules.FIELDS["style"].choices],
            initial=rules.FIELDS["style"].read_by(profile.visibility).value,
        )

    def columns(self) -> list[str]:
        return [name for name in self.fields if name.startswith("style-")]

    def column_of(self, name: str) -> str:
        return "style"

    def rows(self) -> list[tuple[forms.BoundField, str, forms.BoundField | None]]:
        rows = super().rows()
        who = str(rules.FIELDS["style"].read_by(self.profile.visibility).label)
        return [(field, "", None) for field, _, _ in rows[:-1]] + [(rows[-1][0], who, self["reader-style"])]

    def values(self) -> dict[str, Any]:
        chosen = {scale.key: self.cleaned_data[f"style-{scale.key}"] for scale in rules.STYLE_SCALES}
        known = {scale.key for scale in rules.STYLE_SCALES}
        kept = {key: value for key, value in self.profile.style.items() if key not in known}
        return {"style": kept | {key: value for key, value in chosen.items() if value is not None}}

    def readers(self) -> dict[str, int]:
        return {"style": self.cleaned_data["reader-style"]}


class LifeForm(ProfileForm):
    interests = Lines(label="Interests", help_text="Beside work: what you could talk about for an hour.")
    lived_experience = Lines(
        label="Lived experience",
        help_text="Only if you want to: first in the family to study, returned after a break, moved countries …",
    )
    lived_experience_wanted = Lines(
        label="Lived experience I would like my partner to have",
        help_text="Used to find your match. Leaving it blank never counts against anybody.",
    )


class AccountForm(forms.Form):
    """How the person is called here, and the language and time zone of pages and mail."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(required=False, label="Language of pages and mail")
    time_zone = forms.ChoiceField(required=False)

    def __init__(self, data: Any = None, *, person: Person) -> None:
        initial = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
        super().__init__(data, initial=initial)
        zone = person.organisation.time_zone.replace("_", " ")
        self.fields["time_zone"].choices = [("", f"As the organisation: {zone}"), *TIME_ZONES]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", "As the organisation"), *settings.LANGUAGES]  # type: ignore[attr-defined]
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]


@dataclass(frozen=True)
class Section:
    """One short page of the profile."""

    key: str
    title: str
    lead: str
    form: type[ProfileForm]
    fields: tuple[str, ...]


SECTIONS = (
    Section(
        "about",
        "Who I am",
        "What somebody should know before a first conversation.",
        AboutForm,
        ("pronouns", "headline", "employer", "department", "seniority", "reports_to", "about"),
    ),
    Section(
        "hopes",
        "What I offer, need and hope for",
        "This decides most about a good match. Short words are enough.",
        HopesForm,
        ("offers", "needs", "goals"),
    ),
    Section(
        "practical",
        "Practical matters",
        "So that the two of you can meet.",
        PracticalForm,
        ("languages", "place", "country", "meeting_form", "phone", "availability"),
    ),
    Section(
        "style", "How I work", "There is no better or worse here. Leave out what does not fit.", StyleForm, ("style",)
    ),
    Section(
        "life",
        "Interests and lived experience",
        "What makes it easier to find common ground.",
        LifeForm,
        ("interests", "lived_experience", "lived_experience_wanted"),
    ),
)


def section(key: str) -> Section | None:
    """The section with this key."""
    return next((one for one in SECTIONS if one.key == key), None)
