"""What a coder does to their own codings. Each is an act, done once however often the page asks."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions.acts import BATCH, begin, keep_codes, keep_codings, keep_links, refuse_twins
from alongside.analysis.actions.codebook import make_code
from alongside.analysis.actions.workshops import check_together
from alongside.analysis.models import Act, Code, Coding, Link, Workshop
from alongside.analysis.queries.apart import is_read_apart
from alongside.analysis.queries.coined import unnamed, unseen_codes
from alongside.audit.actions import record, record_all
from alongside.interviews.models import Revision, Transcript


@transaction.atomic
def apply_code(
    *,
    by: User,
    revision: Revision,
    code: Code,
    start: int,
    end: int,
    key: UUID | None = None,
    workshop: Workshop | None = None,
) -> Coding:
    """Put `code` on `revision.text[start:end]` in the coder's own name. Doing it twice makes one coding.

    What is done in a workshop is the team's at once: those in the room decided it.
    """
    check_span(revision, start, end)
    _check_usable(code, revision)
    known = _standing(by, revision, code, start, end)
    if known and not workshop:
        return known
    act = _begin(by, revision, Act.Kind.APPLY, key)
    return _make(by, act, revision, code, start, end, workshop)


@transaction.atomic
def apply_new_code(
    *,
    by: User,
    revision: Revision,
    name: str,
    start: int,
    end: int,
    key: UUID | None = None,
    workshop: Workshop | None = None,
) -> Coding:
    """Apply a code named while reading. One of that name on top of the codebook is taken as meant."""
    study = revision.transcript.study
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    named = Code.objects.filter(study=study, parent=None, name=name.strip())
    known = named.first()
    is_free = known and known.retired and (known.pk in unseen_codes(study, by) or unnamed(named).exists())
    if known and not is_free:
        span = {"start": start, "end": end}
        return apply_code(by=by, revision=revision, code=known, **span, key=key, workshop=workshop)
    check_span(revision, start, end)
    act = _begin(by, revision, Act.Kind.APPLY, key)
    code = make_code(by=by, study=study, name=name)
    keep_codes(act, [(code, None)])
    record(by=by, verb="add_code", on=code, fields=["name"])
    return _make(by, act, revision, code, start, end, workshop)


@transaction.atomic
def remove_coding(*, by: User, coding: Coding, key: UUID | None = None) -> Coding:
    """Take a coding off. The row stays, so that it can be put back."""

    def removes(own: Coding) -> None:
        own.removed = timezone.now()

    if coding.removed is not None:
        return coding
    return _change_own(by, coding, Act.Kind.REMOVE, removes, "removed", key)


@transaction.atomic
def resize_coding(*, by: User, coding: Coding, start: int, end: int, key: UUID | None = None) -> Coding:
    """Let a passage begin or end elsewhere."""
    check_span(coding.revision, start, end)

    def resizes(own: Coding) -> None:
        own.start, own.end = start, end

    return _change_own(by, coding, Act.Kind.RESIZE, resizes, "start", key)


@transaction.atomic
def recode(*, by: User, coding: Coding, code: Code, key: UUID | None = None) -> Coding:
    """Move a passage to another code."""
    _check_usable(code, coding.revision)

    def moves(own: Coding) -> None:
        own.code = code

    return _change_own(by, coding, Act.Kind.RECODE, moves, "code", key)


@transaction.atomic
def weigh_coding(*, by: User, coding: Coding, important: bool, key: UUID | None = None) -> Coding:
    """Mark a coding as important, or no longer."""

    def weighs(own: Coding) -> None:
        own.important = important

    return _change_own(by, coding, Act.Kind.WEIGH, weighs, "important", key)


@transaction.atomic
def copy_coding(
    *, by: User, coding: Coding, code: Code, key: UUID | None = None, workshop: Workshop | None = None
) -> Coding:
    """Put another code on the words of a coding, anybody's: the copy is one's own."""
    revision = coding.revision
    check_span(revision, coding.start, coding.end)
    _check_usable(code, revision)
    act = _begin(by, revision, Act.Kind.COPY, key)
    return _make(by, act, revision, code, coding.start, coding.end, workshop)


@transaction.atomic
def link_codings(*, by: User, one: Coding, other: Coding, says: str = "", key: UUID | None = None) -> Link:
    """Say what stands between two coded passages."""
    if one.study_id != other.study_id:
        raise ValidationError(_("Two passages of one study can be linked; these are of two."))
    act = _begin(by, one.revision, Act.Kind.LINK, key)
    link = Link.objects.filter(one=one, other=other, by=by, removed=None).first()
    if link:
        act.delete()
        return link
    ends = {one.pk, other.pk}
    if Coding.objects.filter(pk__in=ends, removed=None).count() < len(ends):
        raise ValidationError(_("This coding was taken off meanwhile."))
    link = Link(study=one.study, one=one, other=other, says=says.strip(), by=by)
    link.full_clean()
    link.save()
    keep_links(act, link, was=False)
    record(by=by, verb="link_codings", on=link, fields=["says"])
    return link


@transaction.atomic
def unlink_codings(*, by: User, link: Link, end: Coding | None = None, key: UUID | None = None) -> Link:
    """Take one's own link off. The act belongs to the text it is done in, where `end` lies."""
    if link.by_id != by.pk:
        raise ValidationError(_("Only the person who linked two passages can take the link off."))
    act = _begin(by, (end or link.one).revision, Act.Kind.UNLINK, key)
    link = Link.objects.select_for_update().get(pk=link.pk)
    if link.removed is not None:
        act.delete()
        return link
    link.removed = timezone.now()
    link.save(update_fields=["removed"])
    keep_links(act, link, was=True)
    record(by=by, verb="unlink_codings", on=link, fields=["removed"])
    return link


@transaction.atomic
def adopt_codings(
    *, by: User, transcript: Transcript, codings: Iterable[Coding], adopted: bool = True
) -> int:
    """Make codings the team's own, or no longer: they stay their coders'. How many changed."""
    act = begin(by, transcript.study, Act.Kind.ADOPT, transcript=transcript)
    if is_read_apart(transcript):
        raise ValidationError(_("The team chooses once everyone who reads this separately has finished."))
    wanted = [coding.pk for coding in codings]
    changed = list(
        Coding.objects.select_for_update(of=("self",)).filter(
            pk__in=wanted, revision__transcript=transcript, removed=None, adopted__isnull=adopted
        )
    )
    if not changed:
        act.delete()
        return 0
    before = [(coding, coding.state) for coding in changed]
    for coding in changed:
        coding.adopted, coding.adopted_by = (timezone.now(), by) if adopted else (None, None)
    Coding.objects.bulk_update(changed, ["adopted", "adopted_by"], batch_size=BATCH // 10)
    keep_codings(act, before)
    verb = "adopt_coding" if adopted else "give_back_coding"
    record_all(by=by, verb=verb, on=changed, study=transcript.study_id, fields=["adopted"])
    return len(changed)


# What they share --------------------------------------------------------------------------------------


def check_span(revision: Revision, start: int, end: int) -> None:
    if not revision.is_current:
        raise ValidationError(_("This text has been corrected since you opened it. Please open it again."))
    if not 0 <= start < end <= revision.length:
        raise ValidationError(
            _(
                "A passage lies between 0 and %(length)s and has words in it; "
                "this one goes from %(start)s to %(end)s."
            )
            % {"length": revision.length, "start": start, "end": end}
        )


def _check_usable(code: Code, revision: Revision) -> None:
    if code.study_id != revision.transcript.study_id:
        raise ValidationError(_("This code belongs to another study."))
    if code.retired:
        raise ValidationError(_("“%(name)s” has been taken out of use.") % {"name": code.name})


def _begin(by: User, revision: Revision, kind: str, key: UUID | None) -> Act:
    transcript = revision.transcript
    return begin(by, transcript.study, kind, transcript=transcript, key=key)


def _standing(by: User, revision: Revision, code: Code, start: int, end: int) -> Coding | None:
    return Coding.objects.filter(
        revision=revision, code=code, coder=by, start=start, end=end, removed=None
    ).first()


def _make(
    by: User, act: Act, revision: Revision, code: Code, start: int, end: int, workshop: Workshop | None = None
) -> Coding:
    if workshop:
        check_together(by, revision.transcript, workshop)
    known = _standing(by, revision, code, start, end)
    if known and (known.adopted or not workshop):
        # Done already, in another tab perhaps: there would be nothing to undo.
        act.delete()
        return known
    coding = known or Coding(
        study_id=code.study_id, revision=revision, code=code, coder=by, start=start, end=end
    )
    was = known.state if known else None
    if workshop:
        coding.workshop, coding.adopted, coding.adopted_by = workshop, timezone.now(), by
    coding.save()
    keep_codings(act, [(coding, was)])
    fields = ["adopted"] if known else ["code", "start", "end"]
    record(by=by, verb="adopt_coding" if known else "apply_code", on=coding, fields=fields)
    return coding


def _change_own(
    by: User,
    coding: Coding,
    kind: str,
    change: Callable[[Coding], None],
    field: str,
    key: UUID | None,
) -> Coding:
    """One's own coding, changed by `change`; its other traits are as they stand in the store now."""
    if coding.coder_id != by.pk:
        raise ValidationError(_("Only the person who made a coding can change it or take it off."))
    act = _begin(by, coding.revision, kind, key)
    own = Coding.objects.select_related("revision__transcript__study", "code").get(pk=coding.pk)
    if own.removed is not None:
        raise ValidationError(_("This coding was taken off meanwhile."))
    was = own.state
    change(own)
    if own.state == was:
        act.delete()
        return own
    refuse_twins([own])
    own.save(update_fields=["code", "start", "end", "important", "removed"])
    keep_codings(act, [(own, was)])
    record(by=by, verb=f"{kind}_coding", on=own, fields=[field])
    return own
