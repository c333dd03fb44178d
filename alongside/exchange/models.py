import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from alongside.accounts.models import Study, User
from alongside.exchange.formats.people import Field, Grid
from alongside.vault.envelopes import close, reopen


class Import(models.Model):
    """The register of what came in as a table of people: how many rows, and in sentences what was not taken.

    It holds numbers of rows and names of columns, and no cell: who was left out is not on record.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="imports")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="imports")
    format = models.CharField(max_length=10)
    added = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    relationships = models.PositiveIntegerField()
    not_taken = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.study}, {self.at:%Y-%m-%d}"


class PeopleFile(models.Model):
    """A table of people between its upload and the moment it is brought in, thrown away, or a day old.

    It names people who may never be added, so it is its uploader's alone and closed: in a row rather than a
    file, so that it goes in the transaction that ends it, and unreadable in a backup made in between.
    """

    KEPT = timedelta(hours=24)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    format = models.CharField(max_length=10)
    closed = models.BinaryField()
    sheet = models.PositiveIntegerField(null=True, blank=True)
    columns = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    def put_away(self, name: str, grids: Sequence[Grid]) -> None:
        content = {"name": name, "grids": [asdict(grid) for grid in grids]}
        self.closed = close(json.dumps(content, ensure_ascii=False).encode(), self.pk)

    @cached_property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(reopen(bytes(self.closed), self.pk))
        return content

    @property
    def name(self) -> str:
        return str(self._content["name"])

    @cached_property
    def grids(self) -> list[Grid]:
        return [
            Grid(
                grid["name"],
                tuple(grid["header"]),
                tuple((row, tuple(cells)) for row, cells in grid["rows"]),
                tuple(grid["not_taken"]),
            )
            for grid in self._content["grids"]
        ]

    @property
    def grid(self) -> Grid:
        """The table that was chosen, or the only one."""
        return self.grids[self.sheet or 0]

    @property
    def fields(self) -> dict[int, Field]:
        return {int(place): Field(field) for place, field in self.columns.items()}

    @property
    def chosen(self) -> dict[int, tuple[str, str]]:
        """By row: what was chosen for someone who may be known, and what that choice rested on."""
        return {int(row): (what, seen) for row, (what, seen) in self.choices.items()}

    @property
    def is_matched(self) -> bool:
        return bool(self.columns)

    @property
    def goes(self) -> datetime:
        return self.at + self.KEPT
