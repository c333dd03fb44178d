import csv
import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import StringIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import register_export
from alongside.exchange.formats.rows import guard
from alongside.people.models import Purpose
from alongside.stewardship.queries import Standing, everyone_at


@transaction.atomic
def take_consents(*, by: User, study: Study, at: datetime, purposes: Sequence[Purpose]) -> bytes:
    """Who had agreed to what at a moment, as a CSV table that is in the register.

    Whoever `by` works with stands in it with nothing said of them, as on the page.
    """
    rows = list(everyone_at(by, study, at, purposes))
    content = _table(rows).encode("utf-8-sig")
    register_export(
        by=by,
        study=study.pk,
        what="consents",
        about=timezone.localtime(at).isoformat(timespec="minutes"),
        format="csv",
        rows=len(rows),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return content


def _table(rows: list[Standing]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_("person"), _("purpose"), _("decision"), _("decided on"), _("words"), "sha256"])
    for row in rows:
        writer.writerows(_lines(row))
    return out.getvalue()


def _lines(row: Standing) -> Iterator[list[str]]:
    name = guard(row.person.name)
    if row.withheld:
        yield [name, "", _("kept from you"), "", "", ""]
        return
    for purpose, event in row.decided:
        if event is None:
            yield [name, str(Purpose(purpose).label), _("nothing decided"), "", "", ""]
        else:
            day = timezone.localtime(event.at).isoformat(timespec="minutes")
            words = f"{event.text.language} {event.text.version}"
            decision = str(event.get_decision_display())
            yield [name, str(Purpose(purpose).label), decision, day, words, event.text.sha256]
