import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.training.actions.courses import refuse_once_opened
from alongside.training.kinds import content_type_of, plain_name
from alongside.training.models import Material, Part, Programme
from alongside.training.models.materials import SALT_BYTES
from alongside.training.typed import Upload
from alongside.vault import files


@transaction.atomic
def add_material(
    *,
    by: Actor | None,
    programme: Programme,
    title: str,
    file: Upload | None = None,
    link: str = "",
    part: Part | None = None,
    licence: str = "",
    for_learners: bool = True,
) -> Material:
    """A file or a link for a version that no group has opened on. The file is on disk before its row is."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    refuse_once_opened(programme)
    if bool(file) == bool(link.strip()):
        raise ValidationError(_("Choose a file, or give a link: one of the two."))
    if part is not None and part.programme_id != programme.pk:
        raise ValidationError(_("This session belongs to another course, or to another version."))
    title = title.strip()
    if Material.objects.filter(programme=programme, title=title).exists():
        raise ValidationError({"title": _("There is something called “%(title)s” here.") % {"title": title}})
    material = Material(
        programme=programme,
        part=part,
        title=title,
        link=link.strip(),
        licence=licence.strip(),
        for_learners=for_learners,
    )
    if file:
        material.content_type, material.size = content_type_of(file), len(file.data)
        material.file_name = plain_name(file.name)
        material.stored = files.store(secrets.token_bytes(SALT_BYTES) + file.data)
    material.full_clean()
    material.save()
    record(by=by, verb="add_material", on=material, study=programme.study_id, fields=["title"])
    return material


@transaction.atomic
def remove_material(*, by: Actor | None, material: Material, named: str) -> None:
    """Take it off its version, for its groups as well. The file goes when no other version holds it."""
    programme = Programme.objects.select_for_update().get(pk=material.programme_id)
    if named.strip().casefold() != material.title.casefold():
        raise ValidationError(
            {
                "named": _("“%(named)s” is not its name. Write “%(title)s” to remove it.")
                % {"named": named.strip(), "title": material.title}
            }
        )
    stored = material.stored
    record(by=by, verb="remove_material", on=material, study=programme.study_id, fields=["title"])
    material.delete()
    if stored:
        transaction.on_commit(lambda: _erase_unless_held(stored))


def _erase_unless_held(stored: str) -> None:
    if not Material.objects.filter(stored=stored).exists():
        files.erase(stored)
