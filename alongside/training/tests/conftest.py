"""A group of the study, and who learns and leads in it."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.people.actions import add_person, link_user, make_link
from alongside.people.models import AccessGrant, Person
from alongside.training.actions import (
    add_material,
    appoint_facilitator,
    book_preparation_and_debrief,
    create_programme,
    enrol_person,
    make_my_calendar,
    open_cohort,
    plan_session,
    share_story,
    tell_story,
)
from alongside.training.models import (
    Cohort,
    Enrolment,
    Facilitation,
    Material,
    Narrative,
    Part,
    Programme,
    Prospectus,
    Session,
)
from alongside.training.tests.telling import told
from alongside.training.typed import Upload
from tests.support.calendars import feed_url


@pytest.fixture
def programme(study: Study) -> Programme:
    return create_programme(
        by=None, study=study, title="Working alongside", aims="Recovery, learned together."
    )


@pytest.fixture
def group(study: Study, programme: Programme) -> Cohort:
    """Group 5: three places, in London."""
    return open_cohort(
        by=None, study=study, programme=programme, name="Group 5", place="Ferry Hall", capacity=3
    )


@pytest.fixture
def next_week() -> date:
    return timezone.localdate() + timedelta(days=7)


@pytest.fixture
def session(group: Cohort, next_week: date) -> Session:
    """Session 1 of Group 5, a week from now."""
    return plan_session(
        by=None, cohort=group, title="Who decides?", on=next_week, starts=time(10), ends=time(12, 30)
    )


@pytest.fixture
def past_session(group: Cohort) -> Session:
    """A session of Group 5 that was held last week."""
    last_week = timezone.localdate() - timedelta(days=7)
    return plan_session(
        by=None,
        cohort=group,
        title="How we got here",
        on=last_week,
        starts=time(10),
        ends=time(12, 30),
        may_be_past=True,
    )


@pytest.fixture
def rowan_enrolled(group: Cohort, rowan: Person) -> Enrolment:
    return enrol_person(by=None, cohort=group, person=rowan)


@pytest.fixture
def alison_enrolled(group: Cohort, alison: Person) -> Enrolment:
    return enrol_person(by=None, cohort=group, person=alison)


@pytest.fixture
def carys_herself(study: Study, carys: User) -> Person:
    """Carys as a person of the study: a peer trainer, whose account this is."""
    person = add_person(by=None, study=study, name="Carys Bowen")
    link_user(by=None, person=person, user=carys)
    return person


@pytest.fixture
def martin(study: Study) -> Person:
    """A practitioner trainer."""
    return add_person(by=None, study=study, name="Martin Osei")


@pytest.fixture
def carys_leads(session: Session, carys_herself: Person) -> Facilitation:
    return appoint_facilitator(by=None, session=session, person=carys_herself, lived=True)


@pytest.fixture
def martin_leads(session: Session, martin: Person) -> Facilitation:
    return appoint_facilitator(by=None, session=session, person=martin, practice=True)


@pytest.fixture
def looked_after(session: Session, carys_leads: Facilitation, martin_leads: Facilitation) -> Session:
    """The session with both who lead it prepared, debriefed and supported."""
    for leading in (carys_leads, martin_leads):
        book_preparation_and_debrief(
            by=None,
            facilitation=leading,
            preparation=session.starts - timedelta(days=2),
            debrief=session.ends + timedelta(hours=1),
            supported_by="Sunita",
        )
    return session


@pytest.fixture
def rowans_link(rowan: Person) -> str:
    return make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE)


@pytest.fixture
def learners_of(study: Study) -> Callable[[Cohort, int], list[Person]]:
    """Called with a group and a number, gives that many more people a place in it."""

    def add(cohort: Cohort, count: int) -> list[Person]:
        already = cohort.enrolments.count()
        Cohort.objects.filter(pk=cohort.pk).update(capacity=already + count)
        new = [add_person(by=None, study=study, name=f"Learner {already + n}") for n in range(count)]
        for person in new:
            enrol_person(by=None, cohort=cohort, person=person)
        return new

    return add


@pytest.fixture
def alisons_link(alison: Person) -> str:
    return make_link(by=None, person=alison, purpose=AccessGrant.MY_PAGE)


@pytest.fixture
def story(rowan: Person, rowan_enrolled: Enrolment) -> Narrative:
    """Rowan's own, which nobody can read yet."""
    return tell_story(by=rowan, teller=rowan, **told())


@pytest.fixture
def shared(story: Narrative, group: Cohort) -> Cohort:
    """Group 5, which may read Rowan's story."""
    share_story(by=story.teller, narrative=story, cohort=group)
    return group


@pytest.fixture
def material_for_part(programme: Programme) -> Callable[..., Material]:
    """Called with a title and, if it belongs to one, a part of the course, adds a file."""

    def add(title: str, part: Part | None = None, *, for_learners: bool = True) -> Material:
        file = Upload(f"{title.lower()}.txt", f"{title}, made by us.".encode())
        return add_material(
            by=None, programme=programme, title=title, file=file, part=part, for_learners=for_learners
        )

    return add


@pytest.fixture
def listed(group: Cohort) -> Cohort:
    """Group 5, in an open prospectus, to be asked for until the end of next week."""
    Prospectus.objects.update_or_create(study=group.study, defaults={"is_open": True})
    group.listed, group.apply_until = True, timezone.localdate() + timedelta(days=10)
    group.save()
    return group


@pytest.fixture
def waits(study: Study, group: Cohort) -> Callable[..., Enrolment]:
    """Called with a name, gives the place in line of somebody new, who describes themselves as `kinds`."""

    def add(name: str, *kinds: str, state: str = "waiting", to: Cohort | None = None) -> Enrolment:
        person = add_person(by=None, study=study, name=name, standpoints=kinds)
        asked = timezone.now() - timedelta(hours=100 - Enrolment.objects.count())
        return Enrolment.objects.create(cohort=to or group, person=person, state=state, asked=asked)

    return add


@pytest.fixture
def rowans_feed(rowan: Person, rowan_enrolled: Enrolment) -> str:
    return feed_url(make_my_calendar(by=None, person=rowan))
