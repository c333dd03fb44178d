from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.analysis.models import Taste
from alongside.analysis.queries import last_turn
from alongside.interviews.models import Transcript
from alongside.web.forms import Asking

FACES = [(Taste.Face.SERIF, _("With serifs")), (Taste.Face.SANS, _("Without"))]
SIZES = [(1, _("Small")), (2, _("Usual")), (3, _("Large")), (4, _("Twice"))]
WIDTHS = [(1, _("Narrow")), (2, _("Usual")), (3, _("Wide"))]
PARTS = ("face", "size", "width", "scheme")


def _one_of(label: Any, choices: Any, *, number: bool = False) -> forms.TypedChoiceField:
    coerce = int if number else str
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=coerce,
        required=not any(not value for value, _name in choices),
        empty_value="",
        widget=forms.RadioSelect(),
        error_messages={
            "invalid_choice": _("“%(value)s” can’t be chosen here."),
            "required": _("Choose one."),
        },
    )


class TasteForm(Asking):
    """How one likes a transcript to look: a few segments and two ticks."""

    prefix = "taste"
    face = _one_of(_("Letters"), FACES)
    size = _one_of(_("Size"), SIZES, number=True)
    width = _one_of(_("Width"), WIDTHS, number=True)
    scheme = _one_of(_("Light or dark"), Taste.Scheme.choices)
    lines = forms.BooleanField(label=_("Line numbers"), required=False)
    plain = forms.BooleanField(
        label=_("Plain mode"), help_text=_("Larger, with fewer things to press."), required=False
    )

    @property
    def parts(self) -> list[forms.BoundField]:
        return [self[name] for name in PARTS]


class PlaceForm(Asking):
    """The turn that a reader is at, and the last one that they see."""

    turn = forms.IntegerField(min_value=1)
    to = forms.IntegerField(min_value=1, required=False)

    def __init__(self, *args: Any, transcript: Transcript, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.transcript = transcript

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        last = last_turn(self.transcript)
        for name in ("turn", "to"):
            if (typed.get(name) or 0) > last:
                self.add_error(
                    name,
                    _("This transcript has %(last)s turns; there is no turn %(turn)s.")
                    % {"last": last, "turn": typed[name]},
                )
        return typed
