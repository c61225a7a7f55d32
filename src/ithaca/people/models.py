"""Tables of who there is."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from ithaca.kernel import codes, tenancy
from ithaca.people import rules


class Organisation(models.Model):
    """Somebody who runs mentoring programmes with this installation; a tenant."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=12, default="en-gb")
    contact_email = models.EmailField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Creates sign-ins; addresses are kept in lower case so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> Account:
        return self.create_user(email, password, is_host=True, **extra)

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """A sign-in. What a person is called and may do is told by their `Person` in each organisation."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_host = models.BooleanField(default=False, help_text="Operates this installation.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.email


class PersonQuerySet(models.QuerySet["Person"]):
    """Reads of people."""

    def by_name(self) -> PersonQuerySet:
        return self.order_by(Lower("name"), "pk")

    def named(self, words: str) -> PersonQuerySet:
        """People whose name or address contains every one of the words."""
        found = self
        for word in words.split():
            found = found.filter(models.Q(name__icontains=word) | models.Q(email__icontains=word))
        return found

    def with_role(self, role: str) -> PersonQuerySet:
        return self.filter(role_grants__role=role)

    def visible_to(self, person: Person) -> PersonQuerySet:
        """Everybody for who runs the organisation; others see themselves and whom the floors above add
        (`permissions.extends_sight`)."""
        from ithaca.people import permissions

        return permissions.people_visible_to(person, self)


class Person(tenancy.Tenant):
    """Somebody in one organisation. May exist long before a first sign-in (imported, invited)."""

    code = codes.CodeField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="people", editable=False
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()
    language = models.CharField(
        max_length=12, blank=True, help_text="Language of pages and mail; blank: the organisation's."
    )
    time_zone = models.CharField(max_length=60, blank=True, help_text="IANA name; blank: the organisation's.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: Any = tenancy.manager(PersonQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), "organisation", name="one_person_per_email_and_organisation"),
        ]
        indexes = [models.Index(fields=["organisation", "name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the ledger names this person."""
        return f"person:{self.code}"


class Profile(tenancy.Tenant):
    """What a person tells about themselves (mission, row J5). Lists are lists of short texts; blank means not told.

    The columns that take part in matching carry the names of the engine's attributes.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="profile")
    headline = models.CharField("role or job title", max_length=160, blank=True)
    employer = models.CharField(max_length=160, blank=True)
    department = models.CharField(max_length=160, blank=True)
    reports_to = models.CharField(
        "line manager", max_length=200, blank=True, help_text="Name or e-mail; only used to keep reporting lines apart."
    )
    seniority = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 (starting out) to 10 (leads all).")
    about = models.TextField("career path", blank=True)
    offers = models.JSONField("can help with", default=list, blank=True)
    needs = models.JSONField("wants to learn", default=list, blank=True)
    goals = models.TextField("hopes for", blank=True)
    interests = models.JSONField(default=list, blank=True)
    lived_experience = models.JSONField("lived experience", default=list, blank=True)
    lived_experience_wanted = models.JSONField("lived experience asked for", default=list, blank=True)
    languages = models.JSONField(default=list, blank=True, help_text="ISO 639 codes such as 'en' and 'pt'.")
    place = models.CharField("town or city", max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166 code such as 'PT'.")
    meeting_form = models.CharField(max_length=12, blank=True, choices=rules.MeetingForm.choices)
    availability = models.JSONField(
        "free hours", default=list, blank=True, help_text="Hours of the local week, 0 (Monday 00:00) to 167."
    )
    style = models.JSONField("working style", default=dict, blank=True, help_text="Scale name to 1…5.")
    phone = models.CharField(max_length=60, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    extra = models.JSONField("further answers", default=dict, blank=True, help_text="Columns kept from an import.")
    visibility = models.JSONField(
        default=dict, blank=True, help_text="Field to audience, where it differs from the field's default."
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"profile of {self.person_id}"


class RoleGrant(tenancy.Tenant):
    """A role in the whole organisation (roles in one programme are `programmes.ProgrammeRole`)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=12, choices=rules.Role.choices)
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="one_grant_per_role")]

    def __str__(self) -> str:
        return f"{self.role} ({self.person_id})"


class ErasureRequest(tenancy.Tenant):
    """A person asks to be erased; a coordinator does it (`actions.erase_person`), or the person takes it back."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="erasure_request")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.person_id} asks to be erased"
