"""Questions, samples, interviews and transcripts of the invented study."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import members
from alongside.demo.merebank import fieldwork
from alongside.demo.merebank.content import Content
from alongside.followup.actions import (
    add_instrument,
    add_timepoint,
    anchor_timepoints,
    create_protocol,
    pick_purposively,
    publish_version,
    record_refusal,
    record_response,
    replace_pick,
    take_frame,
)
from alongside.followup.models import Protocol, Sample, SampleMember, TimepointInstance
from alongside.followup.typed import NewItem
from alongside.interviews.actions import (
    NewQuestion,
    book_interview,
    hold_interview,
    import_transcript,
    write_guide,
)
from alongside.interviews.models import Interview, Transcript
from alongside.interviews.queries import readable_transcripts, speaking_in
from alongside.people.actions import declare
from alongside.people.models import Participant, Person
from alongside.people.queries import participants_of
from alongside.training.models import Cohort


def interview(
    study: Study,
    told: Content,
    people: dict[str, Person],
    team: dict[str, User],
    protocol: Protocol,
    zone: ZoneInfo,
) -> dict[str, Transcript]:
    guide = write_guide(
        by=None,
        study=study,
        title=told.guide.title,
        written_with=told.guide.written_with,
        questions=[
            NewQuestion(question.wording, question.mirror, question.prompt)
            for question in told.guide.questions
        ],
    )
    participants = by_key(people)
    interviewers = {member.name: team[member.key] for member in told.team}
    files = {path.stem: path for path in told.transcripts}
    transcripts = {}
    for booking in sorted(told.bookings, key=lambda booking: booking.number):
        participant = participants[booking.person]
        held = book_interview(
            by=None,
            study=study,
            participant=participant,
            interviewer=team.get(booking.interviewer) or interviewers[booking.interviewer],
            starts=booking.starts.replace(tzinfo=zone),
            ends=booking.ends.replace(tzinfo=zone),
            instance=_instance(participant, protocol),
            guide=guide,
            place=booking.place,
            mode=booking.mode,
        )
        if booking.state == Interview.State.HELD:
            hold_interview(by=None, interview=held)
        if booking.transcript:
            path = files[booking.transcript]
            transcripts[booking.transcript] = import_transcript(
                by=None,
                study=study,
                name=path.name,
                data=path.read_bytes(),
                interview=held,
                speakers={participant.pseudonym: participant},
            )
    _ask_who_codes(study)
    return transcripts


def _ask_who_codes(study: Study) -> None:
    """Whoever codes was asked whom they know. Interviewers and the steward meet the question themselves."""
    for member in members(study):
        if Permission.CODE in member.permissions():
            for transcript in readable_transcripts(study, member.user):
                declare(by=member.user, speaking=speaking_in(transcript), known=None)


def by_key(people: dict[str, Person]) -> dict[str, Participant]:
    known = participants_of(list(people.values()))
    return {key: known[person.pk] for key, person in people.items() if person.pk in known}


def _instance(participant: Participant, protocol: Protocol) -> TimepointInstance | None:
    found = TimepointInstance.objects.filter(participant=participant, timepoint__protocol=protocol)
    return found.filter(timepoint__anchor="last_session").first()


def question(study: Study, told: Content, people: dict[str, Person], cohorts: dict[str, Cohort]) -> Protocol:
    protocol = create_protocol(by=None, study=study, name=told.protocol.name)
    for known in told.protocol.timepoints:
        add_timepoint(
            by=None,
            protocol=protocol,
            name=known.name,
            anchor=known.anchor,
            months=known.months,
            days=known.days,
            opens_days=known.opens_days,
            closes_days=known.closes_days,
        )
    for cohort in cohorts.values():
        anchor_timepoints(by=None, protocol=protocol, cohort=cohort)
    versions = {
        instrument.key: publish_version(
            by=None,
            instrument=add_instrument(by=None, study=study, name=instrument.name, licence=instrument.licence),
            items=[_item(item) for item in instrument.items],
            scoring=instrument.scoring,
        )
        for instrument in told.instruments
    }
    names = {known.key: known.name for known in told.protocol.timepoints}
    participants = by_key(people)
    zone = ZoneInfo(told.study.time_zone)
    for response in told.responses:
        record_response(
            by=None,
            instance=TimepointInstance.objects.get(
                participant=participants[response.person],
                timepoint__protocol=protocol,
                timepoint__name=names[response.timepoint],
            ),
            version=versions[response.instrument],
            answers=list(response.answers),
            mode=response.mode,
            at=datetime.combine(response.submitted, time(12), zone),
        )
    _sample(study, told, participants, zone)
    return protocol


def _item(item: fieldwork.Item) -> NewItem:
    return NewItem(
        wording=item.wording,
        kind=item.kind,
        low_label=item.low_label,
        high_label=item.high_label,
        reverse=item.reverse,
    )


def _sample(study: Study, told: Content, participants: dict[str, Participant], zone: ZoneInfo) -> None:
    frame = take_frame(
        by=None,
        study=study,
        name=told.frame.name,
        criteria=told.frame.criteria,
        taken=told.frame.taken.replace(tzinfo=zone),
        groups={participants[key]: group.group for group in told.frame.members for key in group.people},
    )
    picked: dict[str, SampleMember] = {}
    sample: Sample | None = None
    for pick in told.picks:
        participant = participants[pick.person]
        if pick.replaces:
            member = replace_pick(
                by=None, member=picked[pick.replaces], participant=participant, reason=pick.reason
            )
        else:
            sample, member = pick_purposively(
                by=None, frame=frame, sample=sample, participant=participant, reason=pick.reason
            )
        picked[pick.person] = member
        if pick.state == "declined":
            record_refusal(by=None, member=member)
