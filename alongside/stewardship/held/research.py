from collections.abc import Iterator

from django.utils.text import get_text_list
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from alongside.followup.models import (
    Answer,
    FrameMember,
    Message,
    Response,
    SampleMember,
    Score,
    TimepointInstance,
)
from alongside.interviews.models import Interview, Recording
from alongside.stewardship.held.kinds import Kind, Value, Whose
from alongside.stewardship.held.sound import recordings_of
from alongside.stewardship.queries.retention import recordings_kept_until
from alongside.stewardship.queries.uses import exports_with, who_by_role

Rows = Iterator[tuple[Value, ...]]


def _timepoints(of: Whose) -> Rows:
    rows = TimepointInstance.objects.filter(participant=of.participant).select_related("timepoint")
    for each in rows.order_by("due"):
        yield str(each.timepoint), each.opens, each.due, each.closes


def _answers(of: Whose) -> Rows:
    rows = Answer.objects.filter(response__instance__participant=of.participant)
    rows = rows.select_related("item", "response__version__instrument", "response__instance__timepoint")
    for answer in rows.order_by("response__submitted", "response_id", "item__number"):
        response = answer.response
        yield (
            str(response.instance.timepoint),
            str(response.version.instrument),
            response.submitted,
            response.get_mode_display(),
            answer.item.wording,
            answer.value if answer.value is not None else answer.words or answer.get_missing_display(),
        )


def _scores(of: Whose) -> Rows:
    rows = Score.objects.filter(response__instance__participant=of.participant)
    for score in rows.select_related("response__version__instrument").order_by("pk"):
        yield str(score.response.version.instrument), score.response.submitted, score.value, score.answered


def _messages(of: Whose) -> Rows:
    for message in Message.objects.filter(person__in=of.everybody).order_by("at"):
        yield message.template.replace("_", " "), message.at, message.get_state_display()


def _frames(of: Whose) -> Rows:
    rows = FrameMember.objects.filter(participant=of.participant).select_related("frame")
    for each in rows.order_by("frame__taken"):
        yield each.frame.name, each.frame.criteria, each.frame.taken, each.group


def _samples(of: Whose) -> Rows:
    rows = SampleMember.objects.filter(participant=of.participant).select_related("sample__frame")
    for each in rows.order_by("pk"):
        yield each.sample.frame.name, each.sample.get_kind_display(), each.get_state_display()


def _interviews(of: Whose) -> Rows:
    for each in Interview.objects.filter(participant=of.participant).order_by("starts", "number"):
        yield (
            each.starts,
            each.get_state_display(),
            each.get_mode_display(),
            each.place,
            each.if_hard,
            each.support,
            each.adjustments,
            each.thanks,
            each.ring,
        )


def _recordings(of: Whose) -> Rows:
    given = {sound.recording.pk: sound.name for sound in of.sounds}
    recordings = recordings_of(of.participant)
    days = recordings_kept_until(of.person.study, recordings)
    for each, until in zip(recordings, days, strict=True):
        yield each.interview.starts, each.kind, each.seconds, until, given.get(each.pk)


def _files(of: Whose) -> Rows:
    if of.participant is None:
        return
    for export in exports_with(of.person, of.participant):
        yield export.at, export.what, export.format, get_text_list(who_by_role(export.roles), now("and"))


RESEARCH = (
    Kind(
        "timepoints",
        _("When I am asked"),
        (TimepointInstance,),
        {"what": _("What"), "opens": _("From"), "due": _("Best on"), "closes": _("Until")},
        _timepoints,
    ),
    Kind(
        "answers",
        _("My answers to questions"),
        (Response, Answer),
        {
            "when": _("When"),
            "questions": _("Questions"),
            "given": _("Given on"),
            "how": _("How"),
            "question": _("Question"),
            "answer": _("My answer"),
        },
        _answers,
    ),
    Kind(
        "scores",
        _("What was worked out from my answers"),
        (Score,),
        {"questions": _("Questions"), "given": _("Given on"), "value": _("Score"), "answered": _("From")},
        _scores,
    ),
    Kind(
        "messages",
        _("What was sent to me"),
        (Message,),
        {"what": _("What"), "at": _("On"), "state": _("State")},
        _messages,
    ),
    Kind(
        "lists",
        _("Lists of people who could be asked"),
        (FrameMember,),
        {"list": _("List"), "criteria": _("Who is on it"), "at": _("Made on"), "group": _("Group")},
        _frames,
    ),
    Kind(
        "choosing",
        _("When my code was chosen from a list"),
        (SampleMember,),
        {"list": _("List"), "how": _("How"), "state": _("State")},
        _samples,
    ),
    Kind(
        "interviews",
        _("My interviews"),
        (Interview,),
        {
            "at": _("On"),
            "state": _("State"),
            "how": _("How"),
            "place": _("Where"),
            "if_hard": _("What helps if it becomes hard"),
            "support": _("Who supports me"),
            "adjustments": _("What makes it easier"),
            "thanks": _("Thanks"),
            "ring": _("Whom to ring"),
        },
        _interviews,
    ),
    Kind(
        "recordings",
        _("Recordings of my voice. They are in the ZIP; ask us to hear one that has no file there"),
        (Recording,),
        {
            "at": _("Interview on"),
            "kind": _("Kind"),
            "seconds": _("Seconds"),
            "kept_until": _("Kept until"),
            "file": _("File in the ZIP"),
        },
        _recordings,
    ),
    Kind(
        "files",
        _("Files with words of mine that were taken out"),
        (),
        {"at": _("On"), "what": _("What"), "format": _("Format"), "by": _("By, as a role")},
        _files,
    ),
)
