from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.analysis.forms.fields import InOrder
from alongside.analysis.models import Memo, Summary
from alongside.analysis.queries import memo_authors, memo_of, memo_things, summary_of
from alongside.interviews.models import Transcript
from alongside.web.forms import Asking

ONLY_MINE = _("Only I can see this")
PARTS = {
    "transcript": _("Transcripts and their passages"),
    "code": _("Codes and their passages"),
    "theme": _("Themes"),
    "pair": _("Pairs"),
}


def long_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MemoForm(InOrder, Editing):
    """A reader's one memo on a transcript, whether or not they have begun it: they may have it open twice."""

    thing: Transcript

    words = forms.CharField(label=_("Memo"), required=False, widget=long_text(7))
    private = forms.BooleanField(label=ONLY_MINE, required=False)

    def __init__(self, data: Any = None, *, thing: Transcript, author: User) -> None:
        self.author = author
        super().__init__(data, thing=thing)

    def audited(self) -> Memo | None:
        return memo_of(self.author, self.thing)

    def as_it_is(self) -> dict[str, Any]:
        memo = self.audited()
        return {"words": memo.words if memo else "", "private": memo.private if memo else False}

    def told(self) -> dict[str, Any]:
        """For the script: the new seal, and what another window wrote in the meantime."""
        about: dict[str, Any] = {"seen": self._seal()}
        if self.clashes:
            now = self.as_it_is()
            why = " ".join(dict.fromkeys(str(error) for errors in self.errors.values() for error in errors))
            return {**about, "clash": why, "now": now["words"], "private": now["private"]}
        return {**about, **(self.as_it_is() if self.meanwhile else {})}


class NewMemoForm(Asking):
    words = forms.CharField(label=_("What do you want to keep?"), widget=long_text(8))
    private = forms.BooleanField(label=ONLY_MINE, required=False)


class EntryForm(Asking):
    """A page of the journal: one's own until one shares it."""

    words = forms.CharField(
        label=_("A new entry"),
        widget=long_text(6),
        help_text=_(
            "What you notice in yourself as you read: what surprises you, what you take for granted."
        ),
    )
    private = forms.BooleanField(label=ONLY_MINE, required=False, initial=True)


class ChangeMemoForm(InOrder, Editing):
    thing: Memo

    words = forms.CharField(label=_("Memo"), widget=long_text(10))
    private = forms.BooleanField(label=ONLY_MINE, required=False)


class SummaryForm(InOrder, Editing):
    """The team's one summary of an interview, whether or not somebody has begun it."""

    thing: Transcript

    words = forms.CharField(
        label=_("What this interview was about"),
        required=False,
        widget=long_text(12),
        help_text=_("A few sentences for whoever hasn’t read it. Everyone who reads it can change them."),
    )

    def audited(self) -> Summary | None:
        return summary_of(self.thing)

    def as_it_is(self) -> dict[str, Any]:
        summary = self.audited()
        return {"words": summary.words if summary else ""}


class FindMemosForm(forms.Form):
    """What is looked for among the memos; every question can stay open."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Memo.About.choices])
    about = forms.ChoiceField(label=_("About"), required=False)
    author = forms.ChoiceField(label=_("Written by"), required=False)

    def __init__(self, data: Any, *, study: Study, user: User) -> None:
        super().__init__(data)
        things = memo_things(study, user)
        about: Any = self.fields["about"]
        about.choices = [
            ("", _("Anything")),
            *((PARTS[kind], named) for kind, named in things.items() if named),
        ]
        author: Any = self.fields["author"]
        author.choices = [("", _("Anyone"))] + [(str(who.pk), who.name) for who in memo_authors(study, user)]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked and can be answered; what can't be is left aside and said beside its box."""
        return {name: said for name, said in self.cleaned_data.items() if said} if self.is_valid() else {}
