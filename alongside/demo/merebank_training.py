"""The invented college's two groups."""

from datetime import datetime, time
from decimal import Decimal
from uuid import uuid5
from zoneinfo import ZoneInfo

from alongside.accounts.models import Study
from alongside.demo.merebank import setting
from alongside.demo.merebank.content import Content
from alongside.demo.merebank_learners import learn, prepare
from alongside.demo.merebank_prospectus import course, offer_courses, places
from alongside.demo.merebank_sessions import ask_after
from alongside.people.models import Person
from alongside.training.actions import (
    appoint_facilitator,
    book_preparation_and_debrief,
    enrol_person,
    leave_cohort,
    log_decision,
    mark_attendance,
    open_cohort,
    plan_session,
    publish_session,
    write_agreement,
)
from alongside.training.models import Cohort, Programme, Session
from alongside.training.queries import readiness
from alongside.training.typed import Mark


def train(study: Study, told: Content, people: dict[str, Person], zone: ZoneInfo) -> dict[str, Cohort]:
    places(study, told.offering)
    programme = course(study, told.programme, told.offering, zone)
    titles = {session.number: session.title for session in told.programme.sessions}
    cohorts = {}
    for known in told.cohorts:
        cohorts[known.key] = _cohort(study, known, programme, titles, people)
    learn(told.learners, cohorts, people, zone)
    for decision in told.decisions:
        log_decision(
            by=None,
            study=study,
            on=decision.on,
            about=decision.about,
            proposed_by=decision.proposed_by,
            lived_experience_present=decision.lived_experience_present,
            changed=decision.changed,
            hours=Decimal(str(decision.hours)),
            paid=Decimal(str(decision.paid)),
            cohort=cohorts.get(decision.cohort),
        )
    offer_courses(study, told.offering, programme, cohorts)
    return cohorts


def _cohort(
    study: Study,
    known: setting.Cohort,
    programme: Programme,
    titles: dict[int, str],
    people: dict[str, Person],
) -> Cohort:
    cohort = open_cohort(
        by=None,
        study=study,
        programme=programme,
        name=known.name,
        place=known.place,
        time_zone=known.time_zone,
        capacity=known.capacity,
    )
    zone = ZoneInfo(known.time_zone)
    parts = {part.number: part for part in programme.parts.all()}
    enrolments = {key: enrol_person(by=None, cohort=cohort, person=people[key]) for key in known.learners}
    sessions = {
        planned.number: plan_session(
            by=None,
            cohort=cohort,
            title=titles[planned.number],
            part=parts.get(planned.number),
            on=planned.starts.date(),
            starts=planned.starts.time(),
            ends=planned.ends.time(),
            place=known.place,
            may_be_past=True,
        )
        for planned in known.sessions
    }
    for agreement in known.agreements:
        write_agreement(
            by=None,
            cohort=cohort,
            clauses=agreement.clauses,
            note=agreement.note,
            written=datetime.combine(agreement.written, time(12), zone),
        )
    _lead(known, sessions, people, zone)
    _mark(known, sessions, people)
    prepare(known, cohort, people)
    ask_after(known, cohort, people)
    for left in known.left:
        leave_cohort(by=None, enrolment=enrolments[left.person])
    return cohort


def _lead(
    known: setting.Cohort, sessions: dict[int, Session], people: dict[str, Person], zone: ZoneInfo
) -> None:
    for leading in known.facilitation:
        facilitation = appoint_facilitator(
            by=None,
            session=sessions[leading.session],
            person=people[leading.person],
            lived=leading.lived,
            practice=leading.practice,
            tells=leading.tells,
        )
        book_preparation_and_debrief(
            by=None,
            facilitation=facilitation,
            preparation=leading.preparation and leading.preparation.replace(tzinfo=zone),
            debrief=leading.debrief and leading.debrief.replace(tzinfo=zone),
            supported_by=leading.supported_by,
        )
    for session in sessions.values():
        if readiness(session).is_ready:
            publish_session(by=None, session=session)


def _mark(known: setting.Cohort, sessions: dict[int, Session], people: dict[str, Person]) -> None:
    marks: dict[int, list[Mark]] = {}
    for key, number, status in known.marks():
        person = people[key]
        marks.setdefault(number, []).append(Mark(uuid5(person.pk, str(number)), person, status))
    for number, made in marks.items():
        mark_attendance(by=None, session=sessions[number], marks=made, at=sessions[number].ends)
