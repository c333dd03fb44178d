import hashlib
import json
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

NOBODY = UUID(int=0)


class Head(models.Model):
    """Where a chain ends: taken under lock, so that entries of one chain follow one another."""

    chain = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """Who did what to which, when. It names fields and never their values, so erasure leaves it whole."""

    chain = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor = models.UUIDField(default=NOBODY)
    verb = models.CharField(max_length=60)
    noun = models.CharField(max_length=60, blank=True)
    object = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=list)
    # Of a reading: the roles that whoever read had then. Roles change, and whom it concerns is told what was.
    roles = models.JSONField(default=list)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_one_entry_a_place"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="audit_seq_from_one"),
        ]
        indexes = [models.Index(fields=["chain", "noun", "object"], name="audit_by_object")]

    def content(self) -> dict[str, Any]:
        return {
            "chain": str(self.chain),
            "seq": self.seq,
            "at": self.at.isoformat(),
            "actor_kind": self.actor_kind,
            "actor": str(self.actor),
            "verb": self.verb,
            "noun": self.noun,
            "object": self.object,
            "fields": self.fields,
            "roles": self.roles,
            "previous": self.previous,
        }

    def expected_hash(self) -> str:
        content = json.dumps(self.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(content.encode("ascii")).hexdigest()


class Export(models.Model):
    """The register of everything that left: who took what, when, how much of it, and for whom.

    Like an entry it knows ids and no rows, so that it outlives the people and accounts it tells of.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.UUIDField()
    actor_kind = models.CharField(max_length=10)
    actor = models.UUIDField(default=NOBODY)
    what = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    format = models.CharField(max_length=10)
    rows = models.PositiveIntegerField()
    # For whom and what for, in the words of whoever took it.
    reason = models.CharField(max_length=200, blank=True)
    # Of the bytes that left, so that a file that turns up later can be recognised.
    sha256 = models.CharField(max_length=64, blank=True)
    # The roles that whoever took it had then.
    roles = models.JSONField(default=list, blank=True)
    # Where the words in it stand that can't be found again later: a revision, from where to where.
    held = models.JSONField(default=list, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=~models.Q(what=""), name="audit_export_of_something")]
        indexes = [
            models.Index(fields=["study", "at"], name="audit_exports_of_study"),
            models.Index(fields=["sha256"], name="audit_exports_by_hash"),
        ]
