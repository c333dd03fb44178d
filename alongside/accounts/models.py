from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.accounts.permissions import PERMISSIONS, Permission, Role

STAND_IN = UUID("00000000-0000-4000-8000-000000000000")


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def stand_in(self) -> "User":
        """Nobody, in place of whoever has an address that no one has. Never signs in, gets no mail."""
        return self.get_or_create(pk=STAND_IN, defaults={"name": "–", "is_active": False})[0]


class User(AbstractBaseUser):
    """Someone who signs in; or a coder named in an imported file, who can't (`is_active` is off)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects = Users()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    audit_kind = "user"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(is_active=False),
                name="accounts_signing_in_needs_email",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.email = self.email.lower() if self.email else None

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()

    def get_full_name(self) -> str:
        return self.name

    def roles_in(self, study: UUID) -> list[str]:
        return sorted(self.memberships.filter(study=study).values_list("role", flat=True))


class Study(models.Model):
    class Method(models.TextChoices):
        REFLEXIVE = "reflexive", _("Reflexive thematic analysis")
        CODEBOOK = "codebook", _("Codebook thematic analysis")
        RELIABILITY = "reliability", _("Coding reliability thematic analysis")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.REFLEXIVE)
    notice = models.CharField(max_length=300, blank=True, help_text=_("Shown on every page of the study."))
    created = models.DateTimeField(auto_now_add=True)

    # What whoever came through the door may do here; the door sets it.
    may: frozenset[Permission] = frozenset()

    def __str__(self) -> str:
        return self.name

    @property
    def study_id(self) -> Any:
        return self.pk

    @property
    def offers_agreement(self) -> bool:
        """Coefficients of agreement assume one right coding, which only one family of methods does."""
        return self.method == self.Method.RELIABILITY


class Membership(models.Model):
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)
    # Another member who gave it, or who had just let in whoever gave it to themselves; nobody for those who
    # were there at the beginning.
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "user", "role"], name="accounts_a_role_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="accounts_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[Role(self.role)]


class Invitation(models.Model):
    """Someone asked into a study, who hasn't said yes; known by what the inviter typed and nothing else."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = models.JSONField()
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    sent = models.DateTimeField()
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)
    audit_kind = "invitation"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "email"],
                condition=models.Q(accepted__isnull=True, revoked__isnull=True),
                name="accounts_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted__isnull=True) | models.Q(revoked__isnull=True),
                name="accounts_accepted_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    def roles_in(self, study: UUID) -> list[str]:
        """None before the invitation is accepted."""
        return []

    @property
    def has_expired(self) -> bool:
        return self.expires <= timezone.now()

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


class Device(models.Model):
    """Where someone is signed in: a browser, in words. No address of the network and no place is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField(auto_now_add=True)
    seen = models.DateTimeField()

    def __str__(self) -> str:
        names = {"browser": self.browser or gettext("A browser"), "system": self.system}
        return gettext("%(browser)s on %(system)s") % names if self.system else str(names["browser"])


class Counted(models.Model):
    """Django's cache table: how often something was tried lately. A model, so that migrations make it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_counted"

    def __str__(self) -> str:
        return self.cache_key
