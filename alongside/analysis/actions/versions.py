from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.models import Codebook, CodebookVersion
from alongside.analysis.queries import kept_form
from alongside.audit.actions import record


@transaction.atomic
def keep_version(*, by: User, study: Study, why: str = "") -> CodebookVersion:
    """Keep the whole codebook as it stands now, and why."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    codes = kept_form(study)
    if not codes:
        raise ValidationError(_("There is no code to keep yet."))
    codebook = Codebook.objects.get(study=study)
    last = codebook.versions.first()
    if last is not None and last.codes == codes:
        raise ValidationError(_("Nothing has changed since version %(number)s.") % {"number": last.number})
    number = last.number + 1 if last else 1
    version = CodebookVersion(codebook=codebook, number=number, by=by, why=why.strip(), codes=codes)
    version.full_clean()
    version.save()
    codebook.version = number
    codebook.save(update_fields=["version"])
    record(by=by, verb="keep_version", on=version, study=study.pk, fields=["number", "why"])
    return version
