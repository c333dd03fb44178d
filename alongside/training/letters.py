"""The words of what is sent. The heading tells a passer-by nothing: no course, and nothing about anybody."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alongside.people.own import spoken
from alongside.training.models import Application, Enrolment, PairAsked, Session
from alongside.training.queries import answer_address
from alongside.training.queries.reminders import MOVED, Due
from alongside.training.reaching import Reach

PAGES = {"session": "training:my-sessions", "offer": "people:my-page", "pair": "people:my-page"}


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    words: str


def letter(due: Due, reach: Reach, token: str = "", *, was_told: bool = False) -> Letter:
    """What `reach.person` reads, in their language, with times by the group's clocks.

    `was_told`: they know another time of the session. `token` is that of a link made for this letter.
    """
    study = reach.person.study
    with translation.override(spoken(reach.person.language)), timezone.override(due.cohort.zone):
        context = {
            "person": reach.person,
            "college": study.place or study.name,
            "session": due.about if isinstance(due.about, Session) else None,
            "moved": was_told or due.ordinal == MOVED,
            "offer": due.about if isinstance(due.about, Enrolment) else None,
            "last": due.ordinal > 1,
            "asked": due.about if isinstance(due.about, PairAsked) else None,
            "link": _address(PAGES[due.kind], reach, token),
            "stop_link": _address("people:my-contact", reach, token),
        }
        template = "text" if reach.means == "text" else "letter"
        words = render_to_string(f"training/email/{due.kind}_{template}.txt", context)
        subject = (
            _("A reminder from %(college)s") if due.kind == "session" else _("A letter from %(college)s")
        )
        return Letter(reach.to, subject % {"college": context["college"]}, words.strip() + "\n")


def letter_to_applicant(application: Application) -> Letter:
    """What somebody reads who is to say whether they come along, or that two places could not be made."""
    study = application.cohort.study
    with timezone.override(application.cohort.zone):
        context = {
            "application": application,
            "college": study.place or study.name,
            "link": urljoin(settings.ALONGSIDE_ADDRESS, answer_address(application)),
        }
        words = render_to_string(f"training/email/applicant_{application.state}.txt", context)
        subject = _("A letter from %(college)s") % {"college": context["college"]}
        return Letter(application.email, subject, words.strip() + "\n")


def _address(name: str, reach: Reach, token: str) -> str:
    """The whole address of a page of theirs; nothing where nobody said what the site is called."""
    if not settings.ALONGSIDE_ADDRESS:
        return ""
    if token:
        where = {"token": token}
    elif reach.person.user_id is not None:
        where = {"study": reach.person.study.slug}
    else:
        return ""
    return str(urljoin(settings.ALONGSIDE_ADDRESS, reverse(name, kwargs=where)))
