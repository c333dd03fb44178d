from datetime import timedelta

from django.utils import timezone

from alongside.people.models import Person
from alongside.training.actions import forget_applications, take_up
from alongside.training.models import Application, Cohort, Reply


def test_what_was_answered_is_forgotten_after_three_months(group: Cohort):
    """With the answers that were given; what still waits is kept, and a second time there is nothing."""
    old = timezone.now() - timedelta(days=91)
    gone = Application.objects.create(cohort=group, name="Dilys", email="d@example.org", state="turned_down")
    Reply.objects.create(cohort=group, application=gone, number=1, asked="Why?", kind="words", said="Company")
    Application.objects.create(cohort=group, name="Ada", email="a@example.org")
    Application.objects.update(since=old)
    assert forget_applications() == 1
    assert forget_applications() == 0
    assert list(Application.objects.values_list("name", flat=True)) == ["Ada"]
    assert not Reply.objects.exists()


def test_who_was_taken_up_keeps_what_they_answered(group: Cohort, rowan: Person):
    """Their asking goes; what they said to the group's questions is theirs by then."""
    application = Application.objects.create(cohort=group, name="Ro", email="r@example.org")
    Reply.objects.create(cohort=group, application=application, number=1, asked="Why?", kind="words")
    take_up(by=None, application=application, person=rowan)
    assert forget_applications(now=timezone.now() + timedelta(days=91)) == 1
    assert rowan.replies.get().application is None


def test_who_was_named_by_somebody_who_is_gone_is_forgotten(group: Cohort):
    """Nobody stays on record whom nobody asked, once the one who named them is erased."""
    half = Application.objects.create(cohort=group, name="Owen", phone="01632 960111", state="named")
    first = Application.objects.create(cohort=group, name="Dilys", email="d@example.org", half=half)
    assert forget_applications() == 0
    first.delete()
    assert forget_applications() == 1
