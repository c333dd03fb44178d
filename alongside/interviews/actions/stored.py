from django.db import transaction

from alongside.accounts.models import Study
from alongside.interviews.models import Recording, Transcript
from alongside.vault import files


def erase_file_after(digest: str) -> None:
    """Erase a stored file once the transaction that dropped its row has been kept."""
    transaction.on_commit(lambda: _erase_unless_named(digest))


@transaction.atomic
def _erase_unless_named(digest: str) -> None:
    # Whatever stores a file holds its study; with all of them held, nobody counts on a file that goes.
    list(Study.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    named = (Transcript.objects.filter(source_sha256=digest), Recording.objects.filter(sha256=digest))
    if not any(rows.exists() for rows in named):
        files.erase(digest)
