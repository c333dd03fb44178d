from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record, register_export
from alongside.people.models import Person
from alongside.training.models import Cohort, Copy, Narrative, Sharing
from alongside.training.printing import WRITERS, digest
from alongside.training.queries import group_it_is_read_in, own_circles

LONGEST = timedelta(days=731)


@transaction.atomic
def tell_story(
    *,
    by: Actor,
    teller: Person,
    title: str,
    words: str,
    purpose: str,
    audience: str,
    expires: date,
    may_download: bool = False,
) -> Narrative:
    """Somebody writes something of their own, in their exact words, for a purpose and a time."""
    _refuse_others(by, teller)
    told = {"title": title, "purpose": purpose, "audience": audience, "words": words}
    narrative = Narrative(teller=teller)
    _write(narrative, told, expires, may_download)
    record(by=by, verb="tell_story", on=narrative, study=teller.study_id)
    return narrative


@transaction.atomic
def change_story(
    *,
    by: Actor,
    narrative: Narrative,
    title: str,
    words: str,
    purpose: str,
    audience: str,
    expires: date,
    may_download: bool = False,
) -> Narrative:
    """The teller puts it differently. Whoever reads it from now on reads the new words."""
    _refuse_others(by, narrative.teller)
    narrative = Narrative.objects.select_for_update().get(pk=narrative.pk)
    _refuse_retired(narrative)
    told = {"title": title, "purpose": purpose, "audience": audience, "words": words}
    _write(narrative, told, expires, may_download)
    record(
        by=by,
        verb="change_story",
        on=narrative,
        study=narrative.teller.study_id,
        fields=[*told, "expires", "may_download"],
    )
    return narrative


def _write(narrative: Narrative, told: dict[str, str], expires: date, may_download: bool) -> None:
    today = timezone.localdate()
    if expires < today:
        raise ValidationError({"expires": _("Choose a day to come until which it may be read.")})
    if expires > today + LONGEST:
        latest = {"day": date_format(today + LONGEST, "j F Y")}
        raise ValidationError(
            {"expires": _("Choose a day no later than %(day)s: two years at most.") % latest}
        )
    for name, said in told.items():
        setattr(narrative, name, said if name == "words" else said.strip())
    narrative.expires, narrative.may_download = expires, may_download
    narrative.full_clean()
    narrative.save()


@transaction.atomic
def share_story(*, by: Actor, narrative: Narrative, cohort: Cohort) -> Sharing:
    """The teller lets a group of theirs read it, and those who lead its sessions."""
    _refuse_others(by, narrative.teller)
    narrative = Narrative.objects.select_for_update().get(pk=narrative.pk)
    _refuse_retired(narrative)
    if not narrative.stands:
        raise ValidationError(_("Its day has passed, so nobody could read it. Choose a later day first."))
    if not own_circles(narrative.teller).filter(pk=cohort.pk).exists():
        raise ValidationError(_("Choose a group in which you have a place, or that you lead."))
    if Sharing.objects.filter(narrative=narrative, cohort=cohort, ended=None).exists():
        raise ValidationError(_("%(group)s can read it already.") % {"group": cohort})
    sharing = Sharing.objects.create(narrative=narrative, cohort=cohort)
    record(by=by, verb="share_story", on=sharing, study=cohort.study_id)
    return sharing


@transaction.atomic
def stop_sharing(*, by: Actor, sharing: Sharing) -> Sharing:
    """The teller takes it back from one group. Others that may read it go on reading it."""
    _refuse_others(by, sharing.narrative.teller)
    if sharing.ended is None:
        sharing.ended = timezone.now()
        sharing.save(update_fields=["ended"])
        record(by=by, verb="stop_sharing", on=sharing, study=sharing.cohort.study_id)
    return sharing


@transaction.atomic
def retire_story(*, by: Actor, narrative: Narrative) -> Narrative:
    """The teller takes it back, everywhere and at once."""
    _refuse_others(by, narrative.teller)
    if narrative.retired is None:
        narrative.retired = timezone.now()
        narrative.save(update_fields=["retired"])
        narrative.sharings.filter(ended=None).update(ended=narrative.retired)
        record(by=by, verb="retire_story", on=narrative, study=narrative.teller.study_id)
    return narrative


@transaction.atomic
def download_story(*, by: Actor, reader: Person, narrative: Narrative, format: str) -> tuple[Copy, bytes]:
    """A file of a story for someone who may read it, if its teller allows files; the copy is noted."""
    narrative = Narrative.objects.select_for_update().get(pk=narrative.pk)
    cohort = group_it_is_read_in(reader, narrative)
    if cohort is None or not narrative.may_download:
        raise ValidationError(_("Its teller lets people read it here, and not take it with them."))
    copy = Copy(narrative=narrative, cohort=cohort, reader=reader, format=format)
    copy.full_clean()
    content = WRITERS[copy.format](narrative)
    copy.save()
    register_export(
        by=by, study=cohort.study_id, what="story", format=copy.format, rows=1, sha256=digest(content)
    )
    record(by=by, verb="download_story", on=copy, study=cohort.study_id, fields=["format"])
    return copy, content


def _refuse_retired(narrative: Narrative) -> None:
    if narrative.retired is not None:
        raise ValidationError(_("You took this story back. To tell it again, write a new one."))


def _refuse_others(by: Actor, teller: Person) -> None:
    if by.pk not in (teller.user_id, teller.pk):
        raise ValidationError(_("A story belongs to its teller: only they can share it or take it back."))
