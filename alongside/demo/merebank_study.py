"""The invented study, through the same actions that a college's own would go through."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from alongside.accounts.actions import give_role, invite_user, open_study
from alongside.accounts.models import Study, User
from alongside.demo.merebank.content import Content, load
from alongside.demo.merebank_analysis import analyse
from alongside.demo.merebank_fieldwork import interview, question
from alongside.demo.merebank_figures import show_what_happened
from alongside.demo.merebank_places import fill_places
from alongside.demo.merebank_training import train
from alongside.demo.steps import Steps
from alongside.people.actions import (
    add_person,
    confirm_relationship,
    describe_standpoint,
    end_relationship,
    link_user,
    make_participant,
    publish_consent_text,
    record_adjustment,
    record_consent,
    record_relationship,
)
from alongside.people.models import ConsentEvent, ConsentText, Person
from alongside.stewardship.withdrawal import stop


@transaction.atomic
def load_merebank(steps: Steps) -> Study:
    """All of the study, or none of it: an interrupted loading leaves nothing behind."""
    told = load()
    study = open_study(
        by=None,
        name=told.study.name,
        slug=told.study.slug,
        place=told.study.place,
        method=told.study.method,
        notice=told.study.notice,
    )
    zone = ZoneInfo(told.study.time_zone)
    with steps.step("People, pairs and what they agree to"):
        team = _team(study, told)
        people = _people(study, told, team)
        _pairs(told, people)
        _consents(study, told, people, zone)
        steps.result = f"{len(people)} people, {len(told.relationships)} working relationships"
    with steps.step("Two groups: sessions, places, register, agreement"):
        cohorts = train(study, told, people, zone)
    with steps.step("The group to come: who asks, who waits, an open offer"):
        steps.result = fill_places(study, people)
    with steps.step("Figures for those who pay, and a review of the college by itself"):
        steps.result = show_what_happened(study, team["hannah"])
    with steps.step("Before and six months after: questions and answers"):
        protocol = question(study, told, people, cohorts)
        steps.result = f"{len(told.responses)} responses"
    with steps.step("Interviews: guide, bookings, transcripts"):
        transcripts = interview(study, told, people, team, protocol, zone)
        steps.result = f"{len(transcripts)} transcripts"
    with steps.step("Codebook, codings, themes and the finding"):
        analyse(study, told, people, team, transcripts, zone)
        steps.result = f"{len(told.codings)} codings by {len({c.coder for c in told.codings})} readers"
    with steps.step("Two people change what they share"):
        _changes(told, people)
    return study


def _team(study: Study, told: Content) -> dict[str, User]:
    team = {}
    for member in told.team:
        user = team[member.key] = invite_user(by=None, email=member.email, name=member.name)
        for role in member.roles:
            give_role(by=None, study=study, user=user, role=role)
    return team


def _people(study: Study, told: Content, team: dict[str, User]) -> dict[str, Person]:
    people = {}
    for known in told.people:
        person = people[known.key] = add_person(
            by=None,
            study=study,
            name=known.name,
            time_zone=told.study.time_zone,
            email=known.email,
            phone=known.phone,
        )
        for standpoint in known.standpoints:
            describe_standpoint(
                by=None,
                person=person,
                kind=standpoint.kind,
                words=standpoint.words,
                since=standpoint.since,
            )
        for need in known.adjustments:
            record_adjustment(by=None, person=person, need=need, share_with="interviews")
        if known.user:
            link_user(by=None, person=person, user=team[known.user])
        if known.code:
            make_participant(
                by=None,
                person=person,
                code=known.code,
                pseudonym=known.pseudonym,
                described_as=known.described_as,
            )
    return people


def _pairs(told: Content, people: dict[str, Person]) -> None:
    for known in told.relationships:
        halves = people[known.first], people[known.second]
        relationship = record_relationship(by=None, one=halves[0], other=halves[1], started=known.started)
        for person in halves:
            confirm_relationship(by=None, relationship=relationship, person=person)
        if known.ended:
            end_relationship(by=None, relationship=relationship, ended=known.ended)


def _consents(study: Study, told: Content, people: dict[str, Person], zone: ZoneInfo) -> None:
    texts: dict[str, ConsentText] = {}
    for known in told.consent_texts:
        texts[known.purpose] = publish_consent_text(
            by=None,
            study=study,
            purpose=known.purpose,
            wording=known.wording,
            on_stop=known.on_stop,
        )
    for event in told.consents:
        record_consent(
            by=None,
            person=people[event.person],
            text=texts[event.purpose],
            decision=event.decision,
            at=_local(event.at, zone),
        )


def _changes(told: Content, people: dict[str, Person]) -> None:
    for event in told.changes:
        if event.decision == ConsentEvent.Decision.STOPPED:
            stop(by=people[event.person], person=people[event.person], purposes=[event.purpose])


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone)
