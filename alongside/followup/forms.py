from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.followup.models import (
    Answer,
    Instrument,
    InstrumentVersion,
    Item,
    Response,
    SamplingFrame,
    Timepoint,
    TimepointInstance,
)
from alongside.followup.queries import eligible, newest_version, pickable, timepoints
from alongside.followup.typed import NewItem
from alongside.people.models import Participant
from alongside.training.forms import Making, chosen, long_text, offer
from alongside.training.queries import cohorts


class ProtocolForm(Making):
    name = forms.CharField(
        label=_("What is the plan called?"),
        max_length=120,
        help_text=_("Such as “Before, and six months on”."),
    )


class TimepointForm(Making):
    name = forms.CharField(label=_("What is this time called?"), max_length=120)
    anchor = forms.ChoiceField(
        label=_("Counted from"), choices=Timepoint.Anchor.choices, widget=forms.RadioSelect
    )
    months = forms.IntegerField(
        label=_("Months after it"),
        min_value=-24,
        max_value=120,
        initial=6,
        help_text=_("Below zero: before it."),
    )
    days = forms.IntegerField(label=_("And days"), min_value=-365, max_value=365, initial=0)
    opens_days = forms.IntegerField(
        label=_("Opens how many days earlier?"), min_value=0, max_value=365, initial=14
    )
    closes_days = forms.IntegerField(
        label=_("Closes how many days later?"), min_value=0, max_value=365, initial=28
    )

    def clean_opens_days(self) -> int:
        return -int(self.cleaned_data["opens_days"])


class AnchorForm(Making):
    cohort = chosen(label=_("Which group?"), empty_label=_("Choose a group"))

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "cohort", cohorts(study))


class InstrumentForm(Making):
    name = forms.CharField(label=_("What is the set of questions called?"), max_length=200)
    licence = forms.CharField(
        label=_("Under which licence may it be used here?"),
        max_length=200,
        help_text=_(
            "Such as “our own”, “CC0”, or the number of the permission. Easily found is not a licence."
        ),
    )
    attests = forms.BooleanField(label=_("I have checked that this licence allows its use here"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        typed.pop("attests", None)
        return typed


class ItemForm(forms.Form):
    """One question; a row left empty is none."""

    wording = forms.CharField(label=_("Question"), required=False, widget=long_text(2))
    kind = forms.ChoiceField(label=_("Answered with"), choices=Item.Kind.choices)
    lowest = forms.IntegerField(label=_("From"), initial=0, min_value=-100, max_value=100)
    highest = forms.IntegerField(label=_("To"), initial=4, min_value=-100, max_value=100)
    low_label = forms.CharField(label=_("Lowest means"), max_length=80, required=False)
    high_label = forms.CharField(label=_("Highest means"), max_length=80, required=False)
    reverse = forms.BooleanField(label=_("Counts the other way round"), required=False)

    all_optional = True


Items = forms.formset_factory(ItemForm, extra=8)


class VersionForm(Editing, Making):
    thing: Instrument

    scoring = forms.ChoiceField(
        label=_("Score"),
        choices=[("none", _("No score")), ("sum", _("Sum")), ("mean", _("Mean"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, thing: Instrument, known: InstrumentVersion | None) -> None:
        super().__init__(data, thing=thing)
        self.initial = {"scoring": known.scoring if known else "none"}
        names = ItemForm.base_fields
        rows = [{name: getattr(item, name) for name in names} for item in known.items.all()] if known else []
        self.items = Items(data, initial=rows, prefix="items")

    def as_it_is(self) -> dict[str, Any]:
        """Nothing: rows move, so a version is compared as a whole."""
        return {}

    def audited(self) -> InstrumentVersion | None:
        return newest_version(self.thing)

    def newest(self) -> str:
        version = self.audited()
        return in_words(version.items.all(), version.get_scoring_display()) if version else ""

    def written(self) -> str:
        scored = InstrumentVersion(scoring=self.cleaned_data["scoring"])
        return in_words(self.cleaned_data["items"], scored.get_scoring_display())

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.items.is_valid():
            raise ValidationError(_("One of the questions needs another look."))
        rows = [row for row in self.items.cleaned_data if row.get("wording", "").strip()]
        return {**typed, "items": [NewItem(**row) for row in rows]}


def in_words(items: Iterable[Item | NewItem], scoring: Any) -> str:
    """Questions and their answers, a line each, to be read beside those of another version."""
    asked = [" / ".join(str(getattr(item, part)) for part in ItemForm.base_fields) for item in items]
    return "\n".join([str(scoring), *asked])


class Line(NamedTuple):
    item: Item
    field: forms.BoundField


class ResponseForm(Making):
    """One field a question. What is left open counts as passed over."""

    mode = forms.ChoiceField(
        label=_("How did the answers come?"), choices=Response.Mode.choices, initial=Response.Mode.PAPER
    )
    override = forms.CharField(
        label=_("Why outside the window?"),
        max_length=300,
        required=False,
        help_text=_("It stays beside the answers."),
    )

    def __init__(
        self,
        *args: Any,
        version: InstrumentVersion,
        instance: TimepointInstance,
        known: dict[int, Answer] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(version.items.all())
        for item in self.items:
            self.fields[f"item-{item.number}"] = self._field(item, (known or {}).get(item.number))
        if known is not None:
            del self.fields["mode"]
        if instance.is_open:
            del self.fields["override"]

    @staticmethod
    def _field(item: Item, answer: Answer | None) -> forms.Field:
        label = f"{item.number}. {item.wording}"
        if item.kind == Item.Kind.WORDS:
            words = answer.words if answer else ""
            return forms.CharField(label=label, widget=long_text(3), required=False, initial=words)
        numbers = [(str(value), str(value)) for value in range(item.lowest, item.highest + 1)]
        now = "" if answer is None else answer.missing or str(answer.value)
        return forms.ChoiceField(
            label=label,
            choices=[*numbers, *Answer.Missing.choices],
            widget=forms.RadioSelect,
            required=False,
            initial=now,
            help_text=_scale_in_words(item),
        )

    def lines(self) -> list[Line]:
        return [Line(item, self[f"item-{item.number}"]) for item in self.items]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        given = [_given(item, typed.pop(f"item-{item.number}", "")) for item in self.items]
        return {**typed, "answers": given}


def _scale_in_words(item: Item) -> str:
    ends = ((item.lowest, item.low_label), (item.highest, item.high_label))
    return ", ".join(f"{value}: {label}" for value, label in ends if label)


def _given(item: Item, typed: str) -> int | str | Answer.Missing:
    if item.kind == Item.Kind.WORDS:
        return typed
    if typed == "":
        return Answer.Missing.SKIPPED
    return Answer.Missing(typed) if typed in Answer.Missing.values else int(typed)


class FrameForm(Making):
    name = forms.CharField(label=_("What is the frame called?"), max_length=120)
    criteria = forms.CharField(label=_("Who is eligible, and why?"), widget=long_text(3))
    timepoint = chosen(label=_("Of whom?"), required=False, empty_label=_("Everyone in the study"))

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.study = study
        offer(self, "timepoint", timepoints(study))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        timepoint = typed.pop("timepoint", None)
        return {**typed, "groups": eligible(self.study, timepoint)}


class _Named(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Participant) -> str:
        return ", ".join(part for part in (obj.code, obj.pseudonym, obj.described_as) if part)


class PickForm(Making):
    participant = _Named(
        label=_("Who?"), queryset=Participant.objects.none(), empty_label=_("Choose someone")
    )
    reason = forms.CharField(
        label=_("Why this person?"),
        max_length=300,
        help_text=_("What they bring that others in the sample do not."),
    )

    def __init__(self, *args: Any, frame: SamplingFrame, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "participant", pickable(frame, user))


class DrawForm(Making):
    size = forms.IntegerField(label=_("How many?"), min_value=1)
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=2**63 - 1,
        help_text=_("Only to draw again what was drawn before. Left open, one is made and kept."),
    )
