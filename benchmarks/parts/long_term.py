"""A group with many sessions, every one of them marked, and its calendar; imported once Django is set up."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from alongside.accounts.actions import give_role, invite_user, open_study
from alongside.accounts.permissions import Role
from alongside.people.actions import NewPerson, add_people
from alongside.people.models import Person
from alongside.training.actions import create_programme, make_group_calendar, open_cohort
from alongside.training.addresses import feed_address
from alongside.training.models import AttendanceMark, Cohort, Enrolment, Session
from benchmarks.parts.second_step import give_second_step

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Term:
    cohort: Cohort
    register: str
    feed: str

    def rows(self) -> int:
        """The rows that the register shows, read by one plain statement each."""
        with connection.cursor() as cursor:
            read = 0
            for table, key in (("session", "s.cohort_id"), ("enrolment", "s.cohort_id")):
                cursor.execute(f"SELECT * FROM training_{table} s WHERE {key} = %s", [self._key])
                read += len(cursor.fetchall())
            cursor.execute(
                "SELECT m.* FROM training_attendancemark m JOIN training_session s ON s.id = m.session_id"
                " WHERE s.cohort_id = %s ORDER BY m.at, m.id",
                [self._key],
            )
            return read + len(cursor.fetchall())

    @property
    def _key(self) -> UUID | str:
        return self.cohort.pk.hex if connection.vendor == "sqlite" else self.cohort.pk

    def bare(self) -> int:
        """As many events as `icalendar` alone writes them, with a start and an end and nothing else."""
        calendar, starts = Calendar(), timezone.now()
        for number in range(self.cohort.sessions.count()):
            event = Event()
            event.add("uid", str(number))
            event.add("dtstamp", starts)
            event.add("dtstart", starts)
            event.add("dtend", starts)
            event.add("summary", "Course")
            calendar.add_component(event)
        return len(calendar.to_ical())


def make(client: Client, sessions: int, learners: int) -> Term:
    study = open_study(by=None, name=f"Study of {sessions}", slug=f"study-of-{sessions}")
    user = invite_user(by=None, email="hannah@example.org", name="Hannah Whitlock")
    give_role(by=None, study=study, user=user, role=Role.COORDINATOR)
    add_people(by=None, study=study, people=[NewPerson(f"Learner {n:03}") for n in range(learners)])
    programme = create_programme(by=None, study=study, title="Working alongside")
    cohort = open_cohort(by=None, study=study, programme=programme, name="Group 1", capacity=learners)
    people = list(Person.objects.filter(study=study))
    Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, person=person, state="enrolled") for person in people
    )
    first = timezone.now() - timedelta(days=sessions)
    Session.objects.bulk_create(
        Session(
            study=study,
            cohort=cohort,
            number=n + 1,
            title=f"Session {n + 1}",
            starts=first + timedelta(days=n),
            ends=first + timedelta(days=n, hours=2),
        )
        for n in range(sessions)
    )
    for session in cohort.sessions.all():
        AttendanceMark.objects.bulk_create(
            AttendanceMark(session=session, person=person, status="here") for person in people
        )
    feed = feed_address(make_group_calendar(by=None, cohort=cohort).pk)
    client.force_login(user, backend=BACKEND)
    give_second_step(client)
    register = f"/s/{study.slug}/training/groups/{cohort.pk}/register/"
    return Term(cohort, register, f"/calendar/{feed}.ics")
