from django.core.management.sql import emit_post_migrate_signal

from alongside.accounts.models import Study
from alongside.people.models import Participant
from alongside.stewardship.anonymising import anonymise
from alongside.stewardship.models import FileToErase
from alongside.vault import files
from alongside.vault.sealing import is_able


def test_the_next_command_finishes_what_a_crash_left(study: Study, rowan_as_participant: Participant):
    """The transaction was kept, and the machine died before the file and the key were off the disk."""
    digest = files.store(b"sound")
    FileToErase.objects.create(sha256=digest)
    anonymise(by=None, study=study)
    assert files._path(digest).exists()
    assert is_able(study.pk)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert not files._path(digest).exists()
    assert not is_able(study.pk)
    assert not FileToErase.objects.exists()
