"""Once a week, who keeps a study's data is told that something waits: not what, and never about whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Membership, Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.stewardship.models import Notice
from alongside.stewardship.queries import erasures_waiting, identity_requests, retention

# Not in the night of the first day of a week.
FROM_HOUR = 8


@dataclass(frozen=True)
class Noticed:
    notice: Notice
    to: str
    subject: str
    words: str


def notices_due(now: datetime) -> Iterator[Noticed]:
    """One for each steward of a study for whom something waits, no more than once a week.

    Each is taken before it is made, so that of two runs at once one makes it.
    """
    local = timezone.localtime(now)
    if local.hour < FROM_HOUR:
        return
    week = f"{local.isocalendar().year}-W{local.isocalendar().week:02}"
    for user, study in _stewards(week):
        notice, new = Notice.objects.get_or_create(user=user, study=study, week=week, defaults={"at": now})
        waits = what_waits(study, user) if new else []
        if waits and user.email:
            yield Noticed(notice, user.email, _("A letter from Alongside"), _words(study, waits))


def _stewards(week: str) -> Iterator[tuple[User, Study]]:
    done = set(Notice.objects.filter(week=week).values_list("user_id", "study_id"))
    rows = Membership.objects.filter(user__is_active=True).select_related("user", "study")
    for membership in rows.order_by("study", "user", "pk"):
        keeps = Permission.KEEP_DATA in membership.permissions()
        if keeps and (membership.user_id, membership.study_id) not in done:
            done.add((membership.user_id, membership.study_id))
            yield membership.user, study_for(membership.user, membership.study.slug, to=Permission.KEEP_DATA)


def what_waits(study: Study, user: User) -> list[str]:
    """Names of the pages on which something waits for `user`."""
    waits = []
    if any(holding.due_rows for holding in retention(study, user).holdings):
        waits.append("stewardship:retention")
    if erasures_waiting(study, user):
        waits.append("stewardship:erasure-requests")
    if identity_requests(study, user).waiting and Permission.ANSWER_IDENTITY in study.may:
        waits.append("stewardship:identity-requests")
    return waits


def _words(study: Study, waits: list[str]) -> str:
    where = [urljoin(settings.ALONGSIDE_ADDRESS, reverse(name, args=[study.slug])) for name in waits]
    told = _("Something waits for you in “%(study)s”. Please sign in and look:") % {"study": study.name}
    return "\n".join([told, "", *where, "", _("You get this at most once a week."), ""])
