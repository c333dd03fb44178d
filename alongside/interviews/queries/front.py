"""For the study's front page."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count

from alongside.accounts.models import Study, User
from alongside.interviews.models import Interview
from alongside.interviews.queries.interviews import interviews, to_arrange
from alongside.interviews.queries.opening import readable_transcripts


def counts(study: Study, user: User | AnonymousUser) -> dict[str, int]:
    by_state = dict(interviews(study, user).order_by().values_list("state").annotate(count=Count("pk")))
    return {
        "held": by_state.get(Interview.State.HELD, 0),
        "booked": by_state.get(Interview.State.BOOKED, 0),
        "to_arrange": to_arrange(study, user).count(),
        "transcripts": readable_transcripts(study, user).count(),
    }
