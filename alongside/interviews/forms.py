from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.followup.models import TimepointInstance
from alongside.interviews.models import Guide, Interview, Speaker
from alongside.interviews.queries import (
    interviewers,
    newest_guides,
    timepoints,
    versions,
    without_transcript,
)
from alongside.people.actions import hold_gate
from alongside.people.models import Participant, Purpose
from alongside.people.queries import participants, permitting
from alongside.web.fields import DateInput
from alongside.web.forms import Asking

ENDINGS = ".vtt,.srt,.txt,.docx,.odt,.rtf"
QUESTIONS, SPARE, MOST_QUESTIONS = 6, 3, 60
PARTS = ("wording", "mirror", "prompt")


class Making(Asking):
    """Questions whose answers make something, which is then in `made`."""

    made: Any = None

    def do(self, action: Callable[..., Any], **given: Any) -> bool:
        def keep(**typed: Any) -> None:
            self.made = action(**typed)

        return super().do(keep, **given)


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Several files as (name, content), as the import takes them."""

    widget = ManyFiles(attrs={"accept": ENDINGS})

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads: Sequence[UploadedFile | None] = data if isinstance(data, list | tuple) else [data]
        checked: list[UploadedFile] = [
            super(UploadsField, self).clean(upload, initial) for upload in uploads or [None]
        ]
        return [(str(upload.name), upload.read()) for upload in checked]


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class _Interviews(forms.ModelChoiceField):
    def label_from_instance(self, obj: Interview) -> str:
        return f"{obj}, {obj.participant}" if obj.participant else str(obj)


class ImportForm(Making):
    uploads = UploadsField(
        label=_("Transcript files"),
        help_text=_("WebVTT, SRT, Word, OpenDocument, RTF or plain text; one or several."),
        # An empty file is refused by the reader, which names it.
        allow_empty_file=True,
        error_messages={"required": _("Choose one or more files, together at most 50 MB.")},
    )
    interview = _Interviews(
        label=_("Of which interview?"),
        queryset=Interview.objects.none(),
        required=False,
        empty_label=_("None that is arranged here"),
    )
    join_cues = forms.BooleanField(
        label=_("Join subtitles of one speaker into one turn"),
        help_text=_("For subtitle files which cut what one person says into short pieces."),
        required=False,
    )

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "interview", without_transcript(study, user))


class RecordingForm(Asking):
    file = forms.FileField(
        label=_("Sound file"),
        help_text=_(
            "WAV, MP3, OGG, M4A or WebM, at most 50 MB: as MP3 with 64 kbit/s an hour and 40 minutes."
        ),
        widget=forms.FileInput(attrs={"accept": "audio/*,.wav,.mp3,.ogg,.m4a,.webm"}),
        error_messages={
            "required": _("Choose a sound file of at most 50 MB."),
            "empty": _("This file is empty. Choose the one that has the sound."),
        },
    )
    minutes = forms.IntegerField(
        label=_("How many minutes long is it?"),
        help_text=_("Roughly. It is shown to those who look whether it is there."),
        min_value=1,
        max_value=24 * 60,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        file, minutes = typed.get("file"), typed.get("minutes")
        if file and minutes:
            return {"name": str(file.name), "data": file.read(), "seconds": minutes * 60}
        return typed


class DeclareForm(Asking):
    """Whether one knows anybody who speaks. `about` holds whom the page named, should it change meanwhile."""

    known = forms.ChoiceField(
        label=_("Do you know the person who speaks here, or have you worked with them?"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose one of the answers.")},
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, speaking: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speaking = {str(each.pk): each for each in speaking}
        known, several = self.fields["known"], len(speaking) > 1
        assert isinstance(known, forms.ChoiceField)
        self.initial["about"] = " ".join(self.speaking)
        if several:
            known.label = _("Do you know anybody who speaks here, or have you worked with them?")
        yes = _("Yes, %(name)s") if several else _("Yes, I know them or worked with them")
        known.choices = [
            ("nobody", _("No")),
            *((pk, str(yes) % {"name": each}) for pk, each in self.speaking.items()),
        ]

    def clean_known(self) -> Participant | None:
        return self.speaking.get(self.cleaned_data["known"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.pop("about", "") != " ".join(self.speaking):
            self.data = {"about": " ".join(self.speaking)}
            raise forms.ValidationError(
                _("Somebody has changed meanwhile who speaks in this transcript. Please answer again.")
            )
        return typed


class InTurn(Editing):
    """A form that holds the gate before what it changes, as a stop does: neither waits for the other."""

    def study_id(self) -> UUID:
        raise NotImplementedError

    def _settle(self, by: Any) -> bool:
        hold_gate(self.study_id())
        return super()._settle(by)


class SpeakerForm(InTurn):
    thing: Speaker

    kind = forms.ChoiceField(
        label=_("Asks or answers?"), choices=Speaker.Kind.choices, widget=forms.RadioSelect()
    )
    participant = forms.ModelChoiceField(
        label=_("Which participant is it?"),
        queryset=Participant.objects.none(),
        required=False,
        empty_label=_("Nobody taking part"),
    )

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreeing = participants(study, user).filter(pk__in=permitting(Purpose.INTERVIEW))
        _offer(self, "participant", agreeing)

    def as_it_is(self) -> dict[str, Any]:
        return {"kind": self.thing.kind, "participant": self.thing.participant_id}

    def study_id(self) -> UUID:
        return self.thing.transcript.study_id


class _Window(forms.ModelChoiceField):
    def label_from_instance(self, obj: TimepointInstance) -> str:
        return f"{obj.participant}: {obj.timepoint}"


class BookForm(Making):
    participant = forms.ModelChoiceField(
        label=_("With whom?"), queryset=Participant.objects.none(), empty_label=_("Choose a person")
    )
    instance = _Window(
        label=_("For which timepoint?"),
        queryset=TimepointInstance.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    interviewer = forms.ModelChoiceField(
        label=_("Who holds it?"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        help_text=_("Not someone who works with them, or trained them."),
    )
    on = forms.DateField(label=_("Day"), widget=DateInput())
    begins = forms.TimeField(label=_("From"), widget=Clock())
    finishes = forms.TimeField(label=_("To"), widget=Clock())
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    mode = forms.ChoiceField(label=_("How?"), choices=Interview.Mode.choices)
    guide = forms.ModelChoiceField(
        label=_("Guide"), queryset=Guide.objects.none(), required=False, empty_label=_("None yet")
    )
    override = forms.CharField(
        label=_("If it is outside the window: why then?"),
        max_length=300,
        required=False,
        help_text=_("The interview stays marked as held outside its window."),
    )

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreeing = participants(study, user).filter(pk__in=permitting(Purpose.INTERVIEW_CONTACT))
        _offer(self, "participant", agreeing)
        _offer(self, "instance", timepoints(study, user))
        _offer(self, "interviewer", interviewers(study))
        _offer(self, "guide", newest_guides(study))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        on, begins, finishes = (typed.pop(name, None) for name in ("on", "begins", "finishes"))
        if on and begins and finishes:
            typed["starts"] = timezone.make_aware(datetime.combine(on, begins))
            typed["ends"] = timezone.make_aware(datetime.combine(on, finishes))
        return typed


class ArrangeForm(InTurn):
    thing: Interview

    all_optional = True
    if_hard = forms.CharField(
        label=_("What helps if it becomes hard?"),
        help_text=_("In the person’s own words, as they want the interviewer to read them."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    support = forms.CharField(label=_("Who is with them, or near?"), max_length=200, required=False)
    adjustments = forms.CharField(
        label=_("What makes this meeting easier?"),
        help_text=_(
            "Only what you agreed on for it. What they share of their needs stands beside it by itself."
        ),
        max_length=300,
        required=False,
    )
    thanks = forms.CharField(
        label=_("Thank-you"), help_text=_("What, how and when."), max_length=200, required=False
    )
    ring = forms.CharField(
        label=_("Whom to ring if someone may come to serious harm"), max_length=200, required=False
    )
    debrief = forms.DateTimeField(label=_("The interviewer’s debrief"), widget=Moment(), required=False)

    def study_id(self) -> UUID:
        return self.thing.study_id


class GuideForm(Editing, Making):
    """A guide with a row for each question and a few to spare; rows left empty don't count."""

    all_optional = True
    title = forms.CharField(
        label=_("What is the guide called?"),
        max_length=200,
        help_text=_("A title that is there already makes its next version."),
    )
    written_with = forms.CharField(label=_("Written with whom, if anyone?"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, thing: Study, earlier: Guide | None = None) -> None:
        self.earlier = earlier
        known = list(earlier.questions.all()) if earlier else []
        sent = sum(name.startswith("wording_") for name in data) if data is not None else 0
        self.count = min(sent or max(QUESTIONS, len(known) + SPARE), MOST_QUESTIONS)
        super().__init__(data, thing=thing)
        self.initial = {"title": earlier.title, "written_with": earlier.written_with} if earlier else {}
        for place, question in enumerate(known, start=1):
            self.initial |= {f"{part}_{place}": getattr(question, part) for part in PARTS}
        for place in range(1, self.count + 1):
            self.fields[f"wording_{place}"] = _words(_("Question"))
            self.fields[f"mirror_{place}"] = _words(_("The same to the other half of a pair"))
            self.fields[f"prompt_{place}"] = _words(_("Prompt for the interviewer"))

    def as_it_is(self) -> dict[str, Any]:
        """Nothing: rows move, so a version is compared as a whole."""
        return {}

    def audited(self) -> Guide | None:
        return versions(self.earlier).first() if self.earlier else None

    def newest(self) -> str:
        guide = self.audited()
        return in_words([(q.wording, q.mirror, q.prompt) for q in guide.questions.all()]) if guide else ""

    def written(self) -> str:
        return in_words(self.cleaned_data["questions"])

    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{part}_{place}"] for part in PARTS] for place in range(1, self.count + 1)]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        questions = [
            tuple(typed.get(f"{part}_{place}", "") for part in PARTS) for place in range(1, self.count + 1)
        ]
        kept: dict[str, Any] = {name: typed[name] for name in ("title", "written_with") if name in typed}
        return {**kept, "questions": questions}


def in_words(questions: Sequence[Sequence[str]]) -> str:
    """The questions of a guide, a line each, to be read beside those of another version."""
    asked = [[words.replace("\r\n", "\n").strip() for words in question] for question in questions]
    return "\n".join(" / ".join(filter(None, question)) for question in asked if any(question))


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}))
