"""Bringing in a long table, on a page that grows while it happens.

The work is done between the pieces of the answer, in one transaction. Whoever leaves the page, or presses
“Stop”, ends the answer; then the transaction is undone, and nobody was added. That takes no script, no second
process and no second connection to a database that lets only one write.
"""

from collections.abc import Generator, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from alongside.accounts.models import Study, User
from alongside.exchange.models import Import, PeopleFile
from alongside.exchange.people import actions
from alongside.exchange.people.bringing import Progress
from alongside.people.own import SignedIn

# Rows. A shorter table is in before anybody would wonder.
LONG = 1000
PAGE, HERE = "exchange/bringing_in.html", "<!-- here -->"


def at_length(request: SignedIn, study: Study, file: PeopleFile) -> StreamingHttpResponse:
    page = {"study": study, "file": file, "rows": len(file.grid.rows)}
    answer = StreamingHttpResponse(_pieces(request, page, request.user, translation.get_language()))
    # A server in front passes each piece on as it comes.
    answer["X-Accel-Buffering"] = "no"
    answer["Cache-Control"] = "no-store"
    return answer


def _pieces(request: HttpRequest, page: dict[str, Any], by: User, language: str | None) -> Iterator[str]:
    with translation.override(language):
        before, after = render_to_string(PAGE, page, request).split(HERE)
        yield before
        try:
            brought = yield from _told(actions.importing(by=by, file=page["file"]), page)
        except ValidationError as refusal:
            yield render_to_string(f"{PAGE}#refused", page | {"refused": refusal.messages}, request)
        else:
            yield render_to_string(f"{PAGE}#done", page | {"brought": brought}, request)
        yield after


def _told(steps: Generator[Progress, None, Import], page: dict[str, Any]) -> Generator[str, None, Import]:
    try:
        while True:
            try:
                far = next(steps)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            yield render_to_string(f"{PAGE}#far", page | {"far": far})
    finally:
        steps.close()
