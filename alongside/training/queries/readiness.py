from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.training.models import Facilitation, Session
from alongside.training.queries.adjustments import not_arranged


@dataclass(frozen=True)
class Readiness:
    """Who leads a session and what it still needs. Never a mark: a session either has it or not yet."""

    session: Session
    leading: list[Facilitation]
    missing: list[str]
    # Lines of its list of adjustments that nothing was said about. They hold nothing up.
    not_arranged: int = 0

    @property
    def is_ready(self) -> bool:
        return not self.missing


def readiness(session: Session) -> Readiness:
    """How `session` stands now, read afresh."""
    known = Session.objects.select_related("cohort").prefetch_related("facilitations__person")
    return replace(weigh(known.get(pk=session.pk)), not_arranged=not_arranged(session))


def weigh(session: Session) -> Readiness:
    """What `session` still needs before it can be marked ready, each as words to put into a sentence.

    Reads its facilitators, prefetched where there are many sessions.
    """
    leading = sorted(session.facilitations.all(), key=lambda f: (f.person.name, f.pk))
    missing = []
    if not any(f.lived for f in leading):
        missing.append(_("someone with lived experience to lead it"))
    if not any(f.practice for f in leading):
        missing.append(_("someone with practice experience to lead it"))
    if not missing and len(leading) == 1:
        missing.append(_("a second person to lead it beside %(name)s") % {"name": leading[0].person.name})
    missing += _unbooked(_("preparation for %(names)s"), [f for f in leading if not _is_before(f, session)])
    missing += _unbooked(_("a debrief for %(names)s"), [f for f in leading if not _is_after(f, session)])
    missing += _unbooked(_("support for %(names)s"), [f for f in leading if not f.supported_by])
    return Readiness(session, leading, missing)


def co_led(rows: Iterable[tuple[UUID, bool, bool]]) -> set[UUID]:
    """Sessions that two lead, or more, and both kinds of knowing with them. `rows` say of each who leads one:
    the session, and whether they bring lived and practice experience to it."""
    lead: Counter[UUID] = Counter()
    lived, practice = set[UUID](), set[UUID]()
    for session, is_lived, is_practice in rows:
        lead[session] += 1
        lived.update([session] if is_lived else [])
        practice.update([session] if is_practice else [])
    return {session for session, count in lead.items() if count > 1} & lived & practice


def _is_before(leading: Facilitation, session: Session) -> bool:
    """Booked, and still before the session if that was moved since."""
    return leading.preparation is not None and leading.preparation < session.starts


def _is_after(leading: Facilitation, session: Session) -> bool:
    return leading.debrief is not None and leading.debrief >= session.ends


def _unbooked(words: str, who: list[Facilitation]) -> list[str]:
    return [words % {"names": in_words([f.person.name for f in who])}] if who else []


def in_words(names: list[str]) -> str:
    """Names as one says them: “Ada, Bo and Cy”."""
    *first, last = names
    return _("%(names)s and %(last)s") % {"names": ", ".join(first), "last": last} if first else last
