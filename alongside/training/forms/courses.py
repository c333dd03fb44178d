import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.training.forms.common import Making, long_text, offer
from alongside.training.models import Part, Programme
from alongside.training.queries import newest_version, programmes
from alongside.training.typed import Outlined

LONGEST_TITLE = Part._meta.get_field("title").max_length or 0


def read_outline(text: str) -> list[Outlined]:
    """Sessions of a course as they are typed: an empty line between two, the title on each one's first."""
    blocks = re.split(r"\n[ \t]*\n\s*", text.replace("\r\n", "\n").strip())
    parts = [Outlined(*_title_and_rest(block)) for block in blocks if block.strip()]
    seen: set[str] = set()
    for number, part in enumerate(parts, start=1):
        if len(part.title) > LONGEST_TITLE:
            told = {"number": number, "limit": LONGEST_TITLE, "count": len(part.title)}
            raise ValidationError(
                now("The title of session %(number)s has %(count)s letters: at most %(limit)s were expected.")
                % told
            )
        if part.title in seen:
            raise ValidationError(now("Two sessions are called “%(title)s”.") % {"title": part.title})
        seen.add(part.title)
    return parts


def _title_and_rest(block: str) -> tuple[str, str]:
    title, _line, rest = block.strip().partition("\n")
    return title.strip(), "\n".join(line.strip() for line in rest.splitlines()).strip()


def write_outline(programme: Programme) -> str:
    """The outline as it is typed."""
    parts = programme.parts.order_by("number")
    return "\n\n".join(f"{part.title}\n{part.about}".strip() for part in parts)


def offer_versions(form: forms.Form, name: str, study: Study) -> None:
    """Every version of every course, told apart by its number."""
    offer(form, name, programmes(study))
    form.fields[name].label_from_instance = _with_version  # type: ignore[attr-defined]


def _with_version(programme: Programme) -> str:
    told = {"title": programme.title, "version": programme.version}
    return now("%(title)s, version %(version)s") % told


class Outline(forms.CharField):
    """The sessions of a course, in their order."""

    def __init__(self) -> None:
        super().__init__(
            label=_("What happens in each session?"),
            help_text=_(
                "For each session its title on a line, and below it what it is about. "
                "Leave an empty line before the next."
            ),
            widget=long_text(12),
            required=False,
        )

    def clean(self, value: Any) -> Any:
        return read_outline(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n\n".join(f"{part.title}\n{part.about}".strip() for part in value)
        return value


def aims() -> forms.CharField:
    return forms.CharField(label=_("What is it for?"), widget=long_text(), required=False)


def licence() -> forms.CharField:
    return forms.CharField(
        label=_("Who else may use it, and how?"),
        help_text=_("The licence, in words. Such as “CC BY 4.0: use it, and say who wrote it.”"),
        max_length=200,
        required=False,
    )


class ProgrammeForm(Making):
    title = forms.CharField(label=_("What is the course called?"), max_length=200)
    aims = aims()
    parts = Outline()
    licence = licence()


class ChangeProgrammeForm(Editing, Making):
    """A version that no group has opened on."""

    thing: Programme

    title = forms.CharField(
        label=_("What is the course called?"),
        help_text=_("All its versions are called so."),
        max_length=200,
    )
    aims = aims()
    parts = Outline()
    licence = licence()

    def as_it_is(self) -> dict[str, Any]:
        return {
            "title": self.thing.title,
            "aims": self.thing.aims,
            "parts": write_outline(self.thing),
            "licence": self.thing.licence,
        }


class NextVersionForm(Editing, Making):
    """The next version, from the newest; one that came in between is not written over."""

    thing: Programme

    aims = aims()
    parts = Outline()
    licence = licence()
    note = forms.CharField(label=_("What changed, and who proposed it?"), max_length=300, required=False)

    def audited(self) -> Programme:
        return newest_version(self.thing)

    def as_it_is(self) -> dict[str, Any]:
        newest = self.audited()
        return {"aims": newest.aims, "parts": write_outline(newest), "licence": newest.licence}
