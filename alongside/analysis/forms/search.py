import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.analysis.forms.fields import CodeChoice
from alongside.analysis.queries import Hit, Wanted
from alongside.core.finding import phrases
from alongside.interviews.models import Speaker

PLACE = re.compile(r"(\d{1,18})\.(\d{1,9})\.(\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9}){0,999})", re.ASCII)
MOST_CHOSEN = 1000
WHOLE, ANYONE = "whole", "anyone"


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Words"),
        max_length=300,
        help_text=_("All of them in one turn. In “quotation marks”, as one phrase."),
    )
    whole = forms.ChoiceField(
        label=_("They may be"),
        choices={"part": _("parts of words"), WHOLE: _("whole words only")},
        widget=forms.RadioSelect,
    )
    speakers = forms.ChoiceField(
        label=_("Said by"),
        choices={
            ANYONE: _("anyone"),
            Speaker.Kind.ANSWERS.value: _("whoever answers"),
            Speaker.Kind.ASKS.value: _("whoever asks"),
        },
        widget=forms.RadioSelect,
    )

    def __init__(self, asked: QueryDict, *, study: Study, user: User) -> None:
        first = {"whole": "part", "speakers": ANYONE}
        super().__init__({**first, **asked.dict()} if "q" in asked else None, initial=first)
        self.fields["without"] = CodeChoice(
            study,
            user,
            label=_("Leave out what I coded with"),
            required=False,
            empty_label=_("Nothing: show all"),
        )

    def clean_q(self) -> str:
        asked: str = self.cleaned_data["q"]
        if not phrases(asked):
            raise ValidationError(_("Type a word to look for."))
        return asked

    @property
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        speakers = "" if given["speakers"] == ANYONE else given["speakers"]
        return Wanted(phrases(given["q"]), whole=given["whole"] == WHOLE, speakers=speakers)


class CodeFoundForm(forms.Form):
    """Places that were ticked, how much around each is coded, and with which code."""

    unit = forms.ChoiceField(
        label=_("Code"),
        choices={
            "sentence": _("the sentence"),
            "turn": _("the whole turn"),
            "words": _("just the words"),
        },
        initial="sentence",
        widget=forms.RadioSelect,
    )

    data: Any

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeChoice(
            study, user, label=_("With the code"), empty_label=_("Choose a code")
        )
        self.order_fields(["code", "unit"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = self.data.getlist("place")
        if not chosen:
            raise ValidationError(_("Tick at least one place."))
        found = [PLACE.fullmatch(each) for each in chosen[: MOST_CHOSEN + 1]]
        if len(found) > MOST_CHOSEN or not all(found):
            raise ValidationError(_("These places can’t be read. Please search again."))
        cleaned["hits"] = [_hit(*each.groups()) for each in found if each]
        return cleaned


def _hit(revision: str, turn: str, spans: str) -> Hit:
    pairs = (each.split("-") for each in spans.split(","))
    return Hit(int(revision), int(turn), tuple((int(start), int(end)) for start, end in pairs))
