from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alongside.people.models import Person
from alongside.people.policy import ERASE
from alongside.training.models.courses import TRAINING_GOES_ON, Cohort


class CalendarFeed(models.Model):
    """The address at which a calendar follows the sessions of a person, or of a group.

    The address is made of this row's id and a signature, so it can be shown again and is kept nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    # Calendars are shared and stand on screens: without this it only says that there is a course.
    says_which_course = models.BooleanField(default=False)
    # Goes up when something changes that isn't the sessions' own: places given back, what it says.
    revision = models.PositiveIntegerField(default=0)
    # Sessions that its person led and leads no more: without them here, a calendar would go on showing them.
    stood_down = models.JSONField(default=list, blank=True)
    changed = models.DateTimeField(default=timezone.now)
    made = models.DateTimeField(default=timezone.now)
    revoked = models.DateTimeField(null=True, blank=True)

    on_stopping = TRAINING_GOES_ON
    on_erasure = ERASE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(cohort__isnull=True), name="training_feed_of_one"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked=None), name="training_one_feed_a_person"
            ),
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(revoked=None), name="training_one_feed_a_group"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.cohort)

    @property
    def time_zone(self) -> str:
        of = self.person or self.cohort
        assert of is not None
        return of.time_zone
