"""A study with many people who are all to be reminded, for `tick`; imported once Django is set up."""

from datetime import datetime, timedelta

from django.utils import timezone

from alongside.accounts.actions import open_study
from alongside.people.models import ContactPoint, Person
from alongside.training.models import Cohort, Enrolment, Programme, Session

LEARNERS = 30
AT_ONCE = 1_000


def make(size: int) -> datetime:
    """When all of them are due. Groups of thirty, each with a session two days later."""
    study = open_study(by=None, name=f"Study of {size}", slug=f"study-of-{size}")
    programme = Programme.objects.create(study=study, title="Course")
    people = [Person(study=study, name=f"Learner {number}") for number in range(size)]
    Person.objects.bulk_create(people, batch_size=AT_ONCE)
    points = (
        ContactPoint(person=who, kind="email", value=f"p{n}-{size}@example.org", preferred=True)
        for n, who in enumerate(people)
    )
    ContactPoint.objects.bulk_create(points, batch_size=AT_ONCE)
    groups = [
        Cohort(study=study, programme=programme, name=f"Group {number}", capacity=LEARNERS)
        for number in range(-(-size // LEARNERS))
    ]
    Cohort.objects.bulk_create(groups, batch_size=AT_ONCE)
    places = (
        Enrolment(cohort=groups[n // LEARNERS], person=who, state="enrolled") for n, who in enumerate(people)
    )
    Enrolment.objects.bulk_create(places, batch_size=AT_ONCE)
    # A day of its own for each size, so that what was left of another is not due.
    starts = timezone.now().replace(hour=15, minute=0) + timedelta(days=40 + size)
    meetings = (
        Session(
            study=study, cohort=group, number=1, title="One", starts=starts, ends=starts + timedelta(hours=2)
        )
        for group in groups
    )
    Session.objects.bulk_create(meetings, batch_size=AT_ONCE)
    return starts - timedelta(days=1)
