from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()


@dataclass(frozen=True)
class Room:
    """One of the six places of a study, in the order in which its work goes."""

    name: str
    page: str
    needs: str
    label: Promise


ROOMS = (
    Room("people", "people:people", "see_people", _("People")),
    Room("training", "training:training", "see_training", _("Training")),
    Room("followup", "followup:followup", "see_followup", _("Follow-up")),
    Room("interviews", "interviews:interviews", "see_interviews", _("Interviews")),
    Room("analysis", "analysis:analysis", "read_transcripts", _("Analysis")),
    Room("reporting", "reporting:reports", "see_reports", _("Reporting")),
)


@dataclass(frozen=True)
class Place:
    """A room as one person sees it in one study."""

    label: Promise
    url: str
    summary: str
    todo: str
    here: bool


def address(name: str, slug: str) -> str:
    """The address, or nothing where a room has no such page: its link is then left out."""
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def places(context: Context, study: Any) -> list[Place]:
    """The rooms of `study` that whoever asks may enter."""
    if not study:
        return []
    match = getattr(context.get("request"), "resolver_match", None)
    here = getattr(match, "app_name", "")
    found = [
        Place(
            label=room.label,
            url=address(room.page, study.slug),
            summary=address(f"{room.name}:summary", study.slug),
            todo=address(f"{room.name}:todo", study.slug),
            here=room.name == here,
        )
        for room in ROOMS
        if room.needs in study.may
    ]
    return [place for place in found if place.url]
