"""Forms of this slice: a person's own profile; people and organisations by their staff."""

from ithaca.people.forms.people import AddPersonForm, FilterForm, FoundForm, OrganisationForm, PersonForm, RoleForm
from ithaca.people.forms.profile import SECTIONS, AccountForm, ProfileForm, Section, section

__all__ = [
    "SECTIONS",
    "AccountForm",
    "AddPersonForm",
    "FilterForm",
    "FoundForm",
    "OrganisationForm",
    "PersonForm",
    "ProfileForm",
    "RoleForm",
    "Section",
    "section",
]
