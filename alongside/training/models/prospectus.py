from django.db import models

from alongside.accounts.models import Study


class Prospectus(models.Model):
    """What a study tells everyone about its courses, in its own words, while it is open."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="prospectus")
    is_open = models.BooleanField(default=False)
    welcome = models.TextField(blank=True)
    who_we_are = models.TextField(blank=True)
    # How to ask by another way than the form, and for help with it.
    asking_for_help = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.study)
