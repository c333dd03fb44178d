from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.training.models.courses import Part, Programme
from alongside.vault import files

# Random bytes in front of each file that is put away. So no two rows made apart, and no transcript, ever
# share a file in the vault, and one can be erased without looking who else has the same.
SALT_BYTES = 16


class Material(models.Model):
    """A file or a link that belongs to one version of a course: to all of it, or to one of its parts."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="materials")
    part = models.ForeignKey(Part, null=True, blank=True, on_delete=models.SET_NULL, related_name="materials")
    title = models.CharField(max_length=200)
    link = models.URLField(blank=True, validators=[URLValidator(schemes=["http", "https"])])
    # Its name in the vault. What it was called on the way in is only what it is called on the way out.
    stored = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    licence = models.CharField(max_length=200, blank=True)
    for_learners = models.BooleanField(default=True)
    added = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["part__number", "title"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "title"], name="training_material_once"),
            models.CheckConstraint(
                condition=Q(link="", stored__gt="") | Q(link__gt="", stored=""),
                name="training_material_is_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        return bool(self.stored)

    def content(self) -> bytes:
        return files.read(self.stored)[SALT_BYTES:]

    @property
    def ending(self) -> str:
        return self.file_name.rpartition(".")[2].upper()
