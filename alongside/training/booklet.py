"""The prospectus on paper: a tagged PDF (PDF/UA-1) of what its page says.

The words go in as data, so none of them is taken as markup. It is kept for a while under the hash of what
it says, so that many readers are one compilation.
"""

import hashlib
import json
from importlib.resources import files
from typing import Any

import typst
from django.core.cache import cache
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.training.models import Place
from alongside.training.queries import Listed, Offer, Slot

KEPT_SECONDS = 3600


def address(study: Study) -> str:
    return reverse("training:public-prospectus", args=[study.slug])


def college(study: Study) -> str:
    """Whose courses they are, to somebody who knows of no study."""
    return study.place or study.name


def pdf(offer: Offer, found_at: str) -> bytes:
    """`found_at` is the whole address of the page, for whoever holds the paper."""
    told = json.dumps(content(offer, found_at), ensure_ascii=False)
    key = f"prospectus-{hashlib.sha256(told.encode()).hexdigest()}"
    made: bytes | None = cache.get_or_set(key, lambda: _compiled(told), KEPT_SECONDS)
    return made or _compiled(told)


def _compiled(told: str) -> bytes:
    layout = files("alongside.training").joinpath("prospectus.typ").read_bytes()
    made: bytes = typst.compile(layout, format="pdf", sys_inputs={"prospectus": told}, pdf_standards=["ua-1"])
    return made


def content(offer: Offer, found_at: str) -> dict[str, Any]:
    """What the layout sets: every word of it, in the language of the page."""
    return {
        "language": (get_language() or "en-gb")[:2],
        "title": _("Courses at %(college)s") % {"college": college(offer.study)},
        "notice": offer.study.notice,
        "welcome": offer.prospectus.welcome,
        "terms": [
            {
                "name": str(term.term) if term.term else _("At other times"),
                "when": _term_days(term.term) if term.term else "",
                "courses": [
                    {
                        "title": course.programme.title,
                        "aims": course.programme.aims,
                        "groups": [_group(listed) for listed in course.groups],
                    }
                    for course in term.courses
                ],
            }
            for term in offer.terms
        ],
        "none": _("There is nothing to ask for just now."),
        "places_title": _("Where we meet"),
        "places": [_place(place) for place in offer.places],
        "asking_title": _("How to ask, and help with it"),
        "asking": offer.prospectus.asking_for_help,
        "found_at": _("You can also ask here: %(address)s") % {"address": found_at},
        "who_title": _("Who we are"),
        "who": offer.prospectus.who_we_are,
    }


def _term_days(term: Any) -> str:
    return _("%(starts)s to %(ends)s") % {
        "starts": date_format(term.starts, "j F Y"),
        "ends": date_format(term.ends, "j F Y"),
    }


def _group(listed: Listed) -> dict[str, Any]:
    facts = [{"label": _("Where"), "value": str(listed.cohort.place)}] if listed.cohort.place else []
    facts.append({"label": _("Places"), "value": listed.openness.words})
    if listed.is_open and listed.cohort.apply_until:
        until = date_format(listed.cohort.apply_until, "j F Y")
        facts.append({"label": _("Ask by"), "value": until})
    return {
        "name": listed.cohort.name,
        "when": [_slot(slot) for slot in listed.slots] or [_("The dates will follow.")],
        "zone": _("Times are by the clocks in %(zone)s.") % {"zone": listed.zone} if listed.zone else "",
        "facts": facts,
    }


def _slot(slot: Slot) -> str:
    return _("%(day)s, %(starts)s to %(ends)s: %(days)s") % {
        "day": date_format(slot.days[0], "l"),
        "starts": time_format(slot.starts, "H:i"),
        "ends": time_format(slot.ends, "H:i"),
        "days": ", ".join(_unbroken(date_format(day, "j F Y")) for day in slot.days),
    }


def _unbroken(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _place(place: Place) -> dict[str, Any]:
    told = (
        (_("Address"), place.address),
        (_("Getting there"), place.getting_there),
        (_("What it is like"), place.access),
    )
    facts = [{"label": label, "value": value} for label, value in told if value]
    return {"name": place.name, "facts": facts}
