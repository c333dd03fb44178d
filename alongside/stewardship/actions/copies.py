import hashlib
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.posting import post
from alongside.audit.actions import Actor, record, register_export
from alongside.people.actions import make_link
from alongside.people.models import AccessGrant, ContactPoint, Person
from alongside.people.tokens import fresh_code
from alongside.stewardship.held import KINDS, WRITERS, copy_for

DAYS_OF_A_CODE = 1
OWN_COPY = "own copy"


def take_copy(*, by: Person, person: Person, format: str) -> IO[bytes]:
    """Everything held about a person as a file for themselves: entered in the register before it leaves.

    It is written before the transaction, which on SQLite lets nobody else write meanwhile.
    """
    _kind, write = WRITERS[format]
    copy = copy_for(person, KINDS)
    with ExitStack() as unless_given:
        file = unless_given.enter_context(TemporaryFile())
        write(copy, file)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        with transaction.atomic():
            record(by=by, verb="download_own", on=person, fields=[format])
            register_export(
                by=by, study=person.study_id, what=OWN_COPY, format=format, rows=copy.rows, sha256=digest
            )
        unless_given.pop_all()
    return file


@transaction.atomic
def make_copy_code(*, by: Actor | None, person: Person) -> str:
    """A code for fetching the copy, good for a day. It is shown or sent now and kept nowhere."""
    code = fresh_code()
    make_link(by=by, person=person, purpose=AccessGrant.COPY, days=DAYS_OF_A_CODE, code=code)
    return code


def send_copy_code(*, by: Person, person: Person, to: ContactPoint) -> None:
    """The code by e-mail. The message names neither the study nor what may be in the copy."""
    words = _(
        "Your code is %(code)s\n\nType it on your own page. It works for a day.\n\n"
        "Did you not ask for it? Then somebody else has your link. Tell the person who gave it to you."
    )
    code = make_copy_code(by=by, person=person)
    post(EmailMessage(_("Your code"), words % {"code": code}, to=[to.value]))
