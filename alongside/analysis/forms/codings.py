from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Study, User
from alongside.analysis.forms.fields import CodeChoice, choose_from
from alongside.analysis.models import Code, Coding, Link, Workshop
from alongside.analysis.queries import Meant, workshops_kept
from alongside.interviews.models import Revision, Transcript


class CodeTurnForm(forms.Form):
    """Coding a whole turn, for whoever has no script."""

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeChoice(study, user, label=_("Code this turn"))


class ActForm(forms.Form):
    """What every act of the workbench says beside itself: its own name, so that it is done once, and the
    last act its page has heard of."""

    key = forms.UUIDField(required=False)
    after = forms.IntegerField(required=False, min_value=0)

    @property
    def asked(self) -> dict[str, Any]:
        """The answers that go to the action."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("after", "revision")}

    @property
    def heard(self) -> int:
        return (self.cleaned_data.get("after") or 0) if self.is_valid() else 0


class TurnForm(ActForm):
    """An undo or a redo, with what its page knew when it was pressed."""

    of = forms.UUIDField(required=False)
    known = forms.IntegerField(required=False, min_value=0)
    prior = forms.UUIDField(required=False)

    @property
    def asked(self) -> dict[str, Any]:
        asked = super().asked
        return {"key": asked.pop("key"), "meant": Meant(**asked)}


class SpanForm(ActForm):
    """A span of the text as it is now, in code points."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)
    revision = forms.IntegerField(min_value=1)

    def __init__(self, *args: Any, current: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = current

    def clean_revision(self) -> int:
        if self.cleaned_data["revision"] != self.current.number:
            raise forms.ValidationError(
                _("This text has been corrected since you opened it. Please open it again.")
            )
        return self.current.number


class ApplyForm(SpanForm):
    """A span with a code that is there, or with the name of a new one; in a workshop perhaps."""

    code = forms.ModelChoiceField(queryset=Code.objects.none(), required=False)
    name = forms.CharField(required=False, max_length=300)
    workshop = forms.ModelChoiceField(queryset=Workshop.objects.none(), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "code", Code.objects.filter(study=self.current.transcript.study_id))
        choose_from(self, "workshop", workshops_kept(self.current.transcript, by))

    @property
    def names_code(self) -> bool:
        return self.is_valid() and not self.cleaned_data["code"]

    @property
    def asked(self) -> dict[str, Any]:
        unasked = "code" if self.names_code else "name"
        return {name: value for name, value in super().asked.items() if name != unasked}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("code") and not (cleaned.get("name") or "").strip():
            raise forms.ValidationError(_("Say which code, or name a new one."))
        return cleaned


class RecodeForm(ActForm):
    code = forms.ModelChoiceField(queryset=Code.objects.none())

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "code", Code.objects.filter(study=study))


class CopyForm(RecodeForm):
    """One more code on the words of a coding; in a workshop perhaps."""

    workshop = forms.ModelChoiceField(queryset=Workshop.objects.none(), required=False)

    def __init__(self, *args: Any, by: User, transcript: Transcript, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "workshop", workshops_kept(transcript, by))


class WeighForm(ActForm):
    important = forms.BooleanField(required=False)


class UnlinkForm(ActForm):
    """A link is taken off from either of its ends: which one lies in the text of the page."""

    transcript = forms.UUIDField(required=False)

    @property
    def asked(self) -> dict[str, Any]:
        return {"key": self.cleaned_data["key"]}

    def end_of(self, link: Link) -> Coding:
        here = self.cleaned_data["transcript"] if self.is_valid() else None
        lies_here = [end for end in (link.one, link.other) if end.revision.transcript_id == here]
        return lies_here[0] if lies_here else link.one


class LinkForm(ActForm):
    other = forms.ModelChoiceField(queryset=Coding.objects.none())
    says = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, codings: QuerySet[Coding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "other", codings)
