import hashlib

from django.db import transaction

from alongside.audit.actions import Actor, register_export
from alongside.training.models import Session
from alongside.training.sheets import as_pdf, sheet_of

SIGN_IN_SHEET = "sign-in sheet"


@transaction.atomic
def take_sign_in_sheet(*, by: Actor | None, session: Session) -> bytes:
    """The sheet to sign on as a PDF: entered in the register before it leaves."""
    sheet = sheet_of(session)
    content = as_pdf(sheet)
    register_export(
        by=by,
        study=session.study_id,
        what=SIGN_IN_SHEET,
        format="pdf",
        rows=len(sheet.names),
        sha256=hashlib.sha256(content).hexdigest(),
        about=str(session),
    )
    return content
