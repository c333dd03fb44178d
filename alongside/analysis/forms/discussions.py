from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.analysis.forms.codings import ActForm, SpanForm

MISSING = {"required": _("Write what you want to say.")}


class RemarkForm(ActForm):
    words = forms.CharField(
        label=_("Say something"), widget=forms.Textarea(attrs={"rows": 3}), error_messages=MISSING
    )


class StartForm(SpanForm):
    """A span of the text, and the first remark on it."""

    words = forms.CharField(error_messages=MISSING)


class SettleForm(ActForm):
    """What somebody had begun to write goes with it."""

    words = forms.CharField(required=False)
