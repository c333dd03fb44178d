"""Acts: what one person did in one stroke, numbered in the order in which the others hear of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions.following import turn_following, turn_suggestions
from alongside.analysis.models import (
    CODE_WORDS,
    Act,
    Code,
    CodeChange,
    Coding,
    CodingChange,
    Feed,
    Link,
    LinkChange,
    State,
)
from alongside.analysis.queries.apart import is_read_apart
from alongside.analysis.queries.turns import Meant, is_meant, last_done, last_undone
from alongside.audit.actions import hold, record
from alongside.interviews.models import Transcript

BATCH = 2000
# More keys than this are no question that a database takes.
FEW = 500
# Where a trait of a coding is kept, if not under its own name.
COLUMNS = {"code": "code_id"}
# Which traits name another code.
NAMES_CODE = ("code", "parent")
CODE_FIELDS = (*CODE_WORDS, "parent", "position", "retired", "merged")


class DoneBefore(Exception):
    """The page asked again because it missed the answer: `act` is what it did then."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.number)
        self.act = act


def begin(
    by: User | None,
    study: Study,
    kind: str,
    *,
    transcript: Transcript | None = None,
    key: UUID | None = None,
    of: Act | None = None,
) -> Act:
    """The study's next act. Its number is held till the transaction ends, so that none is seen before an
    earlier one."""
    hold(study.pk)
    if not Feed.objects.filter(study=study).update(last=F("last") + 1):
        Feed.objects.get_or_create(study=study)
        Feed.objects.filter(study=study).update(last=F("last") + 1)
    if key and by:
        known = Act.objects.filter(by=by, key=key).first()
        if known:
            raise DoneBefore(known)
    number = Feed.objects.values_list("last", flat=True).get(study=study)
    return Act.objects.create(
        study=study, number=number, by=by, transcript=transcript, kind=kind, key=key, of=of
    )


def keep_codings(act: Act, changed: Iterable[tuple[Coding, State | None]]) -> None:
    """Keep with `act` each coding as it was and as it is now."""
    CodingChange.objects.bulk_create(
        (
            CodingChange(act=act, coding=coding, before=before, after=coding.state)
            for coding, before in changed
        ),
        batch_size=BATCH,
    )


def keep_codes(act: Act, changed: Iterable[tuple[Code, State | None]]) -> None:
    """Keep with `act` each code as it was and as it is now."""
    CodeChange.objects.bulk_create(
        [CodeChange(act=act, code=now, before=before, after=now.state) for now, before in changed],
        batch_size=BATCH,
    )


def keep_links(act: Act, link: Link, *, was: bool) -> None:
    LinkChange.objects.create(act=act, link=link, was=was, now=link.removed is None)


def tell(study: Study, transcript: Transcript) -> None:
    """Let pages on `transcript` know that something beside its codings changed."""
    begin(None, study, Act.Kind.TELL, transcript=transcript)


# Undoing ----------------------------------------------------------------------------------------------


def undo(
    *,
    by: User,
    study: Study,
    transcript: Transcript | None,
    key: UUID | None = None,
    meant: Meant | None = None,
) -> Act:
    """Turn back the last thing `by` did here that isn't undone yet, if that is what was meant.

    What can't be turned back any more is passed over for good and that is said, so that whoever asks again
    goes on to what they did before it.
    """
    with transaction.atomic():
        act, stays = _turned(by, study, transcript, key, meant, back=True)
    if stays:
        raise stays
    return act


def redo(
    *,
    by: User,
    study: Study,
    transcript: Transcript | None,
    key: UUID | None = None,
    meant: Meant | None = None,
) -> Act:
    """Do again what was undone last, unless something new was done since. What can't be is passed over."""
    with transaction.atomic():
        act, stays = _turned(by, study, transcript, key, meant, back=False)
    if stays:
        raise stays
    return act


def _turned(
    by: User,
    study: Study,
    transcript: Transcript | None,
    key: UUID | None,
    meant: Meant | None,
    *,
    back: bool,
) -> tuple[Act, ValidationError | None]:
    """What was done and, where it came to nothing but passing something over, why."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    try:
        act = begin(by, study, Act.Kind.UNDO if back else Act.Kind.REDO, transcript=transcript, key=key)
    except DoneBefore as before:
        if before.act.kind == Act.Kind.PASS:
            raise _changed_since() from before
        raise
    done = last_done(by, study, transcript) if back else last_undone(by, study, transcript)
    if done is None:
        raise ValidationError(_("Nothing to undo.") if back else _("Nothing to redo."))
    if meant and not is_meant(act, done, meant):
        raise ValidationError(
            _(
                "Nothing was turned: you did something else here meanwhile, perhaps in another window or on "
                "another machine. Press again to go on from there."
            )
        )
    act.of = done
    try:
        with transaction.atomic():
            _turn(by, act, done, back=back)
    except ValidationError as refusal:
        return act, _pass_over(by, act, refusal)
    return act, None


def _pass_over(by: User, act: Act, refusal: ValidationError) -> ValidationError:
    """Mark what `act` was about as nothing to be turned, and say why and how to go on."""
    act.kind = Act.Kind.PASS
    act.save(update_fields=["kind", "of"])
    record(by=by, verb="pass_over", on=act, fields=["of"])
    return ValidationError([*refusal.messages, _("It stays as it is; the next press goes on from there.")])


def _turn(by: User, act: Act, done: Act, *, back: bool) -> None:
    if done.kind == Act.Kind.ADOPT and done.transcript and is_read_apart(done.transcript):
        raise ValidationError(_("The team chooses once everyone who reads this separately has finished."))
    _turn_codes(act, done, back=back)
    _turn_codings(by, act, done, back=back)
    turn_following(done, back=back)
    turn_suggestions(by, done, back=back)
    for change in done.links.select_related("link"):
        standing = change.was if back else change.now
        link = change.link
        was = link.removed is None
        link.removed = None if standing else timezone.now()
        link.save(update_fields=["removed"])
        keep_links(act, link, was=was)
    done.is_undone = back
    done.save(update_fields=["is_undone"])
    act.save(update_fields=["of"])
    record(by=by, verb="undo" if back else "redo", on=act, fields=["codings", "codes"])


def _turn_codings(by: User, act: Act, done: Act, *, back: bool) -> None:
    """Turn those that stand as the act left them. What a coder has changed since stays as they want it."""
    changes = list(done.codings.select_related("coding"))
    now, into = timezone.now(), _merged_into(act.study)
    turned: list[tuple[Coding, State]] = []
    for change in changes:
        coding, was = change.coding, change.coding.state
        wanted = _wanted(change, was, into, back=back, absent={"removed": True})
        if wanted is None:
            continue
        if "code" in wanted:
            coding.code_id = UUID(wanted["code"])
        coding.start, coding.end = wanted.get("start", coding.start), wanted.get("end", coding.end)
        coding.important = wanted.get("important", coding.important)
        if "removed" in wanted:
            coding.removed = now if wanted["removed"] else None
        if "adopted" in wanted:
            coding.adopted, coding.adopted_by = (now, by) if wanted["adopted"] else (None, None)
        turned.append((coding, was))
    if changes and not turned and not act.codes.exists():
        raise _changed_since()
    refuse_twins([coding for coding, _was in turned])
    # What stands under its own key is taken off before what comes in its place.
    _save(sorted(turned, key=lambda each: each[0].removed is None))
    keep_codings(act, turned)


def _save(turned: list[tuple[Coding, State]]) -> None:
    """Codings that changed in the same way are written together: after a merge they are thousands."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for coding, was in turned:
        changed = {name for name, value in coding.state.items() if value != was[name]}
        names = [COLUMNS.get(name, name) for name in sorted(changed)]
        names += ["adopted_by_id"] if "adopted" in changed else []
        alike.setdefault(tuple((name, getattr(coding, name)) for name in names), []).append(coding.pk)
    for values, codings in alike.items():
        for at in range(0, len(codings) if values else 0, FEW):
            Coding.objects.filter(pk__in=codings[at : at + FEW]).update(**dict(values))


def _merged_into(study: Study, but: Act | None = None) -> dict[UUID, UUID | None]:
    """Codes that stand for others by now; without those that `but` itself merged or parted."""
    merged = Code.objects.filter(study=study, merged__isnull=False, retired__isnull=False)
    into: dict[UUID, UUID | None] = dict(merged.values_list("pk", "merged_id"))
    if but is not None and into:
        for code, before, after in but.codes.values_list("code_id", "before", "after"):
            if (before or {}).get("merged") != (after or {}).get("merged"):
                into.pop(code, None)
    return into


def _in_use(state: State | None, into: dict[UUID, UUID | None]) -> State:
    """The state with the codes that stand by now for those it names: they may have been merged meanwhile."""
    state = dict(state or {})
    for field in NAMES_CODE if into else ():
        code = UUID(state[field]) if state.get(field) else None
        passed = {code}
        while code and (further := into.get(code)) and further not in passed:
            code = further
            passed.add(code)
            state[field] = str(code)
    return state


def _turn_codes(act: Act, done: Act, *, back: bool) -> None:
    turned: list[tuple[Code, State]] = []
    used, into = _used_beside(done) if back else set(), _merged_into(act.study, but=done)
    for change in done.codes.select_related("code"):
        code, was = change.code, change.code.state
        if back and change.before is None and code.pk in used:
            continue
        wanted = _wanted(change, was, into, back=back, absent={"retired": True})
        if wanted is None:
            raise _changed_since()
        for field in (*CODE_WORDS, "position"):
            setattr(code, field, wanted.get(field, getattr(code, field)))
        if "parent" in wanted:
            code.parent_id = UUID(wanted["parent"]) if wanted["parent"] else None
        if "retired" in wanted:
            code.retired = timezone.now() if wanted["retired"] else None
        if "merged" in wanted:
            code.merged_id = UUID(wanted["merged"]) if wanted["merged"] else None
        if wanted.keys() & {"name", "parent"}:
            code.full_clean()
        turned.append((code, was))
    Code.objects.bulk_update([code for code, _was in turned], CODE_FIELDS, batch_size=BATCH // 20)
    if any(code.state["parent"] != was["parent"] for code, was in turned):
        _refuse_circles(act.study)
    keep_codes(act, turned)


def _used_beside(done: Act) -> set[UUID]:
    """Codes that `done` made and that have been used or named since by more than it."""
    made = done.codes.filter(before__isnull=True).values("code_id")
    used = Coding.objects.filter(code__in=made, removed=None)
    used = used.exclude(pk__in=done.codings.values("coding_id"))
    named = CodeChange.objects.filter(code__in=made, before__isnull=True, act__is_undone=False)
    named = named.exclude(act=done)
    return {code for rows in (used, named) for code in rows.order_by().values_list("code_id", flat=True)}


def _refuse_circles(study: Study) -> None:
    """What stood above a code may stand below it by now."""
    above = dict(Code.objects.filter(study=study).values_list("pk", "parent_id"))
    on_top: set[UUID] = set()
    for code in above:
        here, passed = code, set[UUID]()
        while here not in on_top:
            if here in passed:
                raise _changed_since()
            passed.add(here)
            over = above[here]
            if over is None:
                break
            here = over
        on_top |= passed


def _changed_since() -> ValidationError:
    return ValidationError(_("This was changed again since, so it can’t be turned back by itself."))


def _wanted(
    change: CodingChange | CodeChange,
    now: State,
    into: dict[UUID, UUID | None],
    *,
    back: bool,
    absent: State,
) -> State | None:
    """What the act changed, as it is to be; None where somebody made something else of that since.

    What an act made, undoing takes off by `absent`; its other traits may have changed meanwhile.
    """
    if change.before is None:
        return absent if back else {field: not value for field, value in absent.items()}
    before, after = change.before, change.after or {}
    fields = [field for field in before if before[field] != after.get(field)]
    stands, wanted = (after, before) if back else (before, after)
    stands, wanted, now = (_in_use(state, into) for state in (stands, wanted, now))
    if any(now[field] not in (stands.get(field), wanted[field]) for field in fields):
        return None
    return {field: wanted[field] for field in fields}


def refuse_twins(codings: list[Coding]) -> None:
    """One coder codes the same words with the same code once."""
    standing = [coding for coding in codings if coding.removed is None]
    if not standing:
        return
    ours = {coding.pk for coding in codings}
    there = Coding.objects.filter(
        revision__in={coding.revision_id for coding in standing},
        code__in={coding.code_id for coding in standing},
        removed=None,
    )
    if len(standing) < FEW:
        there = there.filter(start__in={coding.start for coding in standing})
    rows = there.values_list("pk", "revision_id", "code_id", "coder_id", "start", "end")
    taken = {tuple(place) for pk, *place in rows if pk not in ours}
    if any((c.revision_id, c.code_id, c.coder_id, c.start, c.end) in taken for c in standing):
        raise ValidationError(_("The same words are coded with this code already."))
