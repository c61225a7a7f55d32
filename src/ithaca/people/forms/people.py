"""Forms of the staff and of the host."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.core.validators import validate_slug

from ithaca.people.rules import Role

TIME_ZONES = [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name and name[0] < "a"]
"""Time zones as `Europe/Lisbon`; the old short names and the technical ones are left out."""


class PersonForm(forms.Form):
    """Somebody's name and address; when adding, whether they get a mail."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class AddPersonForm(PersonForm):
    """Somebody new."""

    invite = forms.BooleanField(
        label="Send an invitation",
        required=False,
        initial=True,
        help_text="One mail that says who invites them and how to sign in. You can also send it later.",
    )


class RoleForm(forms.Form):
    """One of the roles that this member of staff may grant."""

    role = forms.ChoiceField(label="Role")

    def __init__(self, *args: object, grantable: frozenset[Role] = frozenset(), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in Role if role in grantable
        ]


class FilterForm(forms.Form):
    """The list of people, narrowed down."""

    q = forms.CharField(label="Name or address", required=False, max_length=100)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Everybody"), *Role.choices])


class FoundForm(forms.Form):
    """A new organisation with its first owner."""

    name = forms.CharField(label="Name of the organisation", max_length=120)
    slug = forms.CharField(
        label="Short address",
        max_length=60,
        validators=[validate_slug],
        help_text="Small letters, digits and hyphens; stands in the address of every page and stays as it is.",
    )
    owner_name = forms.CharField(label="Name of its first owner", max_length=200)
    owner_email = forms.EmailField(
        label="E-mail address of the owner", help_text="They sign in with it and add everybody else."
    )

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower()


class OrganisationForm(forms.Form):
    """What the organisation says of itself."""

    name = forms.CharField(max_length=120)
    contact_email = forms.EmailField(label="Where people reach you", help_text="Shown where somebody needs help.")
    time_zone = forms.ChoiceField(choices=TIME_ZONES, help_text="For everybody who has not chosen their own.")
