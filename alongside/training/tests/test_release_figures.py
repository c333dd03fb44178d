"""Figures for those who pay for the courses: once, of what is over, by the rule; and nothing else."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry, Export
from alongside.core.disclosure import HELD
from alongside.people.models import Person, Standpoint
from alongside.training.actions import release_figures
from alongside.training.models import (
    AttendanceMark,
    Cohort,
    Completion,
    Enrolment,
    Facilitation,
    NextStep,
    Programme,
    Release,
    Session,
    Term,
)
from alongside.training.queries import Period, as_told, figures, learners, places_taken, releasable

SPRING = (date(2026, 1, 5), date(2026, 3, 27))


@pytest.fixture
def spring(study: Study) -> Term:
    return Term.objects.create(study=study, name="Spring 2026", starts=SPRING[0], ends=SPRING[1])


def held(study: Study, programme: Programme, name: str, people: list[Person], first: date) -> Cohort:
    """A group of four weekly sessions, to which everyone comes but the first of them, who misses one."""
    group = Cohort.objects.create(study=study, programme=programme, name=name, capacity=200)
    Enrolment.objects.bulk_create(Enrolment(cohort=group, person=who, state="enrolled") for who in people)
    for week in range(4):
        starts = datetime.combine(first + timedelta(weeks=week), time(10), tzinfo=group.zone)
        session = Session.objects.create(
            study=study,
            cohort=group,
            number=week + 1,
            title="One",
            starts=starts,
            ends=starts + timedelta(hours=2),
        )
        AttendanceMark.objects.bulk_create(
            AttendanceMark(
                id=uuid4(), session=session, person=who, status="missed" if place == week == 0 else "here"
            )
            for place, who in enumerate(people)
        )
        # The first week one alone brings both to it, and that is not two.
        Facilitation.objects.create(session=session, person=people[0], lived=True, practice=week == 0)
        if week > 0:
            Facilitation.objects.create(session=session, person=people[-1], practice=True)
    return group


def crowd(study: Study, count: int, kind: str = "uses_services") -> list[Person]:
    people = [Person(study=study, name=f"Learner {n}") for n in range(count)]
    Person.objects.bulk_create(people)
    Standpoint.objects.bulk_create(
        Standpoint(person=who, kind=kind, since=date(2025, 1, 1)) for who in people
    )
    return people


@pytest.fixture
def term(study: Study, programme: Programme, spring: Term) -> Cohort:
    """A term of 21 learners: 18 completed, 9 of whom go on to a group, and 1 to paid work."""
    people = crowd(study, 21)
    group = held(study, programme, "Group 1", people, SPRING[0])
    Completion.objects.bulk_create(Completion(cohort=group, person=who) for who in people[:18])
    NextStep.objects.bulk_create(
        NextStep(person=who, kind="group", on=date(2026, 3, 2)) for who in people[:9]
    )
    NextStep.objects.create(person=people[0], kind="work", on=date(2026, 3, 3))
    return group


def release(study: Study, client: Client, starts: date = SPRING[0]) -> Any:
    return client.post(reverse("training:release-figures", args=[study.slug]), {"starts": starts})


def test_figures_are_told_by_the_rule(term: Cohort, study: Study, as_hannah: Client):
    """Rounded to five; fewer than eight held back; of attendance the share alone."""
    answer = release(study, as_hannah)
    assert answer.status_code == 302
    told = Release.objects.get().told
    assert (told["learners"], told["enrolments"]) == (20, 20)
    assert told["completed"] == 20
    assert told["attendance_share"] == 100
    assert not {"attended", "expected"} & set(told)
    assert told["completed_share"] == HELD
    assert (told["kind_uses_services"], told["kind_practitioner"]) == (20, HELD)
    assert (told["step_group"], told["step_work"], told["step_study"]) == (10, HELD, HELD)
    assert (told["sessions"], told["co_delivered"]) == (4, 3)
    page = as_hannah.get(answer["Location"]).content.decode()
    assert "fewer than 8" in page
    assert Entry.objects.filter(verb="release_figures").count() == 1


def test_a_release_is_not_changed_by_what_comes_later(term: Cohort, study: Study, hannah: User):
    """A correction the day after leaves it as it was told; and nobody can tell the period again."""
    made = release_figures(by=hannah, study=study, starts=SPRING[0])
    before = dict(made.told)
    more = crowd(study, 12)
    Enrolment.objects.bulk_create(Enrolment(cohort=term, person=who, state="enrolled") for who in more)
    assert Release.objects.get().told == before
    assert as_told(figures(study, Period("Spring", *SPRING)))["learners"] == 35
    with pytest.raises(TypeError, match="never changed"):
        Release.objects.get().save()


def test_a_place_counts_in_one_release(term: Cohort, study: Study, programme: Programme, hannah: User):
    """Where its group ends: were it told where the group began as well, what is held back in one release
    would be what is left of the two."""
    Term.objects.create(study=study, name="Summer 2026", starts=date(2026, 4, 6), ends=date(2026, 7, 24))
    held(study, programme, "Group 2", crowd(study, 7), date(2026, 3, 16))
    spring = release_figures(by=hannah, study=study, starts=SPRING[0]).told
    summer = release_figures(by=hannah, study=study, starts=date(2026, 4, 6)).told
    assert (spring["enrolments"], spring["learners"]) == (20, 20)
    assert (summer["enrolments"], summer["learners"], summer["completed"]) == (HELD, HELD, HELD)
    true = [figures(study, Period("", *days)) for days in (SPRING, (date(2026, 4, 6), date(2026, 7, 24)))]
    assert [each.enrolments for each in true] == [21, 7]


def test_a_group_that_meets_again_is_not_told_of_again(
    term: Cohort, study: Study, programme: Programme, hannah: User
):
    """A session in the summer, after the spring in which it ended was told of: its places count once."""
    summer = date(2026, 4, 6)
    Term.objects.create(study=study, name="Summer 2026", starts=summer, ends=date(2026, 7, 24))
    first = release_figures(by=hannah, study=study, starts=SPRING[0])
    assert first.groups == [str(term.pk)]
    late = datetime(2026, 6, 1, 10, tzinfo=term.zone)
    Session.objects.create(
        study=study, cohort=term, number=5, title="Again", starts=late, ends=late + timedelta(hours=2)
    )
    held(study, programme, "Group 2", crowd(study, 12), summer)
    told = release_figures(by=hannah, study=study, starts=summer).told
    assert (first.told["enrolments"], told["enrolments"], told["learners"]) == (20, 10, 10)


def test_a_group_that_still_meets_has_not_ended(study: Study, term: Cohort, hannah: User):
    """In the term that runs, it counts from the day after its last session, and not before."""
    today = timezone.localdate()
    Term.objects.update(ends=today + timedelta(days=30))
    true = Period("Now", SPRING[0], today + timedelta(days=30))
    assert figures(study, true).enrolments == 21
    soon = timezone.now() + timedelta(days=7)
    Session.objects.create(
        study=study, cohort=term, number=5, title="Last", starts=soon, ends=soon + timedelta(hours=2)
    )
    assert (figures(study, true).enrolments, figures(study, true).completed) == (0, 0)


def test_who_has_two_records_is_one_learner(term: Cohort, study: Study):
    """What was merged into another record holds no place, and no mark of its own counts."""
    Person.objects.filter(name="Learner 1").update(merged_into=Person.objects.get(name="Learner 0"))
    assert figures(study, Period("Spring", *SPRING)).learners == 20
    assert places_taken(term) == learners(term).count() == 20


def test_a_period_is_told_once(term: Cohort, study: Study, as_hannah: Client):
    """The second time is refused in a sentence."""
    release(study, as_hannah)
    again = release(study, as_hannah)
    assert again.status_code == 422
    assert "Nothing was released" in again.content.decode()
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2026, 1, 6), date(2026, 3, 27)),
        (date(2026, 1, 5), date(2026, 3, 28)),
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2025, 12, 1), date(2026, 1, 5)),
    ],
)
def test_no_period_overlaps_one_that_was_told(
    starts: date, ends: date, term: Cohort, study: Study, hannah: User, as_hannah: Client
):
    """Two periods that differ by a day would tell of that day: a term whose days were changed isn't one."""
    release_figures(by=hannah, study=study, starts=SPRING[0])
    Term.objects.update(starts=starts, ends=ends)
    assert release(study, as_hannah, starts).status_code == 422
    assert releasable(study) == []


def test_what_is_not_over_or_too_short_is_not_told(study: Study, term: Cohort, as_hannah: Client):
    """Nor a term of a week, which would be a way to ask about one."""
    today = timezone.localdate()
    Term.objects.update(ends=today)
    assert release(study, as_hannah).status_code == 422
    Term.objects.update(starts=SPRING[0], ends=SPRING[0] + timedelta(days=6))
    assert release(study, as_hannah).status_code == 422


@pytest.mark.parametrize("typed", ["2026-02-01", "yesterday", ""])
def test_no_free_dates(typed: str, term: Cohort, study: Study, as_hannah: Client):
    """Only days on which a period begins are taken."""
    answer = as_hannah.post(reverse("training:release-figures", args=[study.slug]), {"starts": typed})
    assert answer.status_code == 422
    assert not Release.objects.exists()


def test_quarters_where_there_are_no_terms(study: Study, programme: Programme, hannah: User):
    """From the quarter of the first session on, those that are over."""
    held(study, programme, "Group 1", crowd(study, 9), date(2026, 5, 4))
    names = [period.name for period in releasable(study)]
    assert names[-1] == "April to June 2026"
    made = release_figures(by=hannah, study=study, starts=date(2026, 4, 1))
    assert made.told["learners"] == 10
    Term.objects.create(study=study, name="Summer", starts=date(2026, 5, 1), ends=date(2026, 7, 31))
    assert date(2026, 5, 1) not in [period.starts for period in releasable(study)]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_file_holds_what_was_told_and_is_in_the_register(
    format: str, term: Cohort, study: Study, hannah: User, as_fern: Client
):
    """Whoever reads reports may take it along."""
    made = release_figures(by=hannah, study=study, starts=SPRING[0])
    answer = as_fern.post(reverse("exchange:take-figures", args=[study.slug, made.pk, format]))
    data = answer.getvalue()
    assert answer.status_code == 200
    assert Export.objects.get().what == "figures"
    if format == "csv":
        assert "Places in courses that ended,20" in data.decode("utf-8-sig")
        assert "Paid work,*" in data.decode("utf-8-sig")
        assert "21" not in data.decode("utf-8-sig").replace("2026", "")


def test_the_page_of_the_running_term_has_true_numbers_and_says_so(
    study: Study, term: Cohort, as_hannah: Client, as_fern: Client
):
    """For whoever plans the training, and for nobody else."""
    Term.objects.update(ends=timezone.localdate() + timedelta(days=9))
    url = reverse("training:figures-now", args=[study.slug])
    page = as_hannah.get(url).content.decode()
    assert "Not for anyone outside the team" in page
    assert "<td>21</td>" in page
    assert as_fern.get(url).status_code == 404


def test_true_numbers_leave_out_whom_the_reader_works_with(
    study: Study, term: Cohort, wren: Person, as_priya: Client, as_hannah: Client
):
    """Whether Wren completed, and what came next, is not in what Priya counts."""
    Term.objects.update(ends=timezone.localdate() + timedelta(days=9))
    Enrolment.objects.create(cohort=term, person=wren, state="enrolled")
    Completion.objects.create(cohort=term, person=wren)
    NextStep.objects.create(person=wren, kind="volunteering", on=date(2026, 3, 2))
    url = reverse("training:figures-now", args=[study.slug])
    hers, whole = (client.get(url).context["now"] for client in (as_priya, as_hannah))

    def shown(now: Any) -> dict[str, int]:
        return {each.key: each.value for section in now.sections for each in section.figures}

    assert (shown(whole)["completed"], shown(hers)["completed"]) == (19, 18)
    assert (shown(whole)["step_volunteering"], shown(hers)["step_volunteering"]) == (1, 0)
    assert (hers.partial, whole.partial) == (True, False)


def test_only_whoever_plans_the_training_releases(term: Cohort, study: Study, as_fern: Client):
    """A reader sees what was released, and nothing that waits to be."""
    assert release(study, as_fern).status_code == 404
    page = as_fern.get(reverse("training:figures", args=[study.slug])).content.decode()
    assert "not told yet" not in page
