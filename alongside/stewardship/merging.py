"""Two records of one person made one, and told apart again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record
from alongside.people.actions import raise_barriers
from alongside.people.actions.consent import stand
from alongside.people.models import (
    ConsentEvent,
    ContactPoint,
    Identity,
    Participant,
    Person,
    Purpose,
    StandingConsent,
    WorkingRelationship,
)
from alongside.people.queries import decisions, participant_of, works_with_person
from alongside.stewardship.models import ErasureRequest, Merge
from alongside.stewardship.moving import move, plan, plan_key
from alongside.training.actions.places import locked
from alongside.training.queries.places import fits_all, rows_of

# The same for whoever works with one of the two, whatever there is to know of them.
FOR_ANOTHER = gettext_lazy("You work with one of these two people, so another coordinator has to do this.")


def refusal(by: Actor | None, kept: Person, merged: Person) -> str:
    """Why these two can't be made one, in a sentence; nothing if they can."""
    if kept.pk == merged.pk:
        return _("These are one record already.")
    if kept.study_id != merged.study_id:
        return _("These two people are in different studies.")
    if is_for_another(by, kept, merged):
        return str(FOR_ANOTHER)
    return (
        _refusal_on_record(kept, merged)
        or _refusal_in_research(kept, merged)
        or _refusal_in_training(kept, merged)
    )


def _refusal_on_record(kept: Person, merged: Person) -> str:
    if kept.merged_into_id or merged.merged_into_id:
        return _("One of these two was merged already.")
    if kept.is_erased or merged.is_erased:
        return _("What was held of one of these two was erased. Nobody may be joined to it again.")
    if kept.user_id and merged.user_id:
        return _("Both sign in with an account of their own, so they are two people.")
    if _work_together(kept, merged):
        return _("It is on record that these two work together, so they are two people.")
    return ""


def _refusal_in_research(kept: Person, merged: Person) -> str:
    if participant_of(kept) and participant_of(merged):
        return _(
            "Both take part in research, each under a code of their own, and what was said under two codes "
            "can’t be made one. Keep both records, and go on with one of them."
        )
    one, other = decisions(kept), decisions(merged)
    if any(one[purpose].permits != other[purpose].permits for purpose in one.keys() & other.keys()):
        return _(
            "What the two records say about what they share isn’t the same. Ask the person, record what they "
            "say on both pages, and merge then."
        )
    if ErasureRequest.objects.filter(person__in=[kept, merged], state=ErasureRequest.State.OPEN).exists():
        return _("A request to erase waits for an answer. Answer it first.")
    return ""


def _refusal_in_training(kept: Person, merged: Person) -> str:
    """Of two rows in one group the kept record's stands, so that has to be the one that says more."""
    here, there = ({row.cohort_id: row for row in rows_of(each)} for each in (kept, merged))
    for cohort, row in there.items():
        if cohort in here and (row.weight > here[cohort].weight or row.waits_as_pair):
            return _(
                "In “%(group)s” the record that would go says more than the one that stays: a place, an "
                "offer, or a place in line. Keep the other record instead, or settle it in the group first."
            ) % {"group": row.cohort.name}
    return ""


def is_for_another(by: Actor | None, *persons: Person) -> bool:
    return isinstance(by, User) and any(works_with_person(by, person) for person in persons)


def _work_together(one: Person, other: Person) -> bool:
    pair = Q(first=one, second=other) | Q(first=other, second=one)
    return WorkingRelationship.objects.filter(pair).exists()


@transaction.atomic
def merge_people(
    *,
    by: Actor | None,
    kept: Person,
    merged: Person,
    name: str = "",
    preferred: ContactPoint | None = None,
) -> Merge:
    """Make two records of one person one: everything moves to `kept` that it hasn't already."""
    Study.objects.select_for_update().get(pk=kept.study_id)
    kept, merged = (Person.objects.select_related("study", "user").get(pk=each.pk) for each in (kept, merged))
    if why := refusal(by, kept, merged):
        raise ValidationError(why)
    merge = Merge(study=kept.study, kept=kept, merged=merged, by=by if isinstance(by, User) else None)
    merge.values = {"last_event": _last_event()}
    rather = merged.preferred_contact
    participant = participant_of(merged)
    merge.moved = {each.key: move(each) for each in plan(of=merged, to=kept) if each.moves}
    _prefer(merge, preferred or kept.preferred_contact or rather, rather)
    _take_name_and_account(merge, name.strip())
    merged.merged_into = kept
    merged.save(update_fields=["merged_into", "user"])
    if participant:
        _bind(participant, kept)
        merge.values["participant"] = str(participant.pk)
    _stand_anew(kept)
    raise_barriers(kept)
    merge.save()
    record(by=by, verb="merge_people", on=merge, fields=sorted(merge.moved))
    return merge


def _last_event() -> int:
    return ConsentEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _prefer(merge: Merge, chosen: ContactPoint | None, rather: ContactPoint | None) -> None:
    """The way they would rather be reached: the one chosen, else as the kept record had it."""
    points = ContactPoint.objects.filter(person=merge.kept)
    before = points.filter(preferred=True).first()
    merge.values["rather"] = rather.pk if rather else None
    if chosen and points.filter(pk=chosen.pk).exists() and (before is None or before.pk != chosen.pk):
        points.update(preferred=False)
        points.filter(pk=chosen.pk).update(preferred=True)
        merge.values["preferred"] = [before.pk if before else None, chosen.pk]


def _take_name_and_account(merge: Merge, name: str) -> None:
    kept, merged = merge.kept, merge.merged
    if name and name != kept.name:
        merge.values["name"] = [kept.name, name]
        kept.name = name
    if merged.user_id:
        merge.values["user"] = str(merged.user_id)
        user, merged.user = merged.user, None
        # One person an account: the one is let go before the other takes it.
        merged.save(update_fields=["user"])
        kept.user = user
    kept.full_clean()
    kept.save(update_fields=["name", "user"])


def _bind(participant: Participant, person: Person) -> None:
    identity = Identity.objects.select_related("participant").get(participant=participant)
    identity.bind(person)
    identity.save(update_fields=["token", "sealed"])


def _stand_anew(person: Person) -> None:
    """What research may use is what the person's decisions now say."""
    participant = participant_of(person)
    if participant is None:
        return
    latest = decisions(person)
    for purpose, event in latest.items():
        stand(participant, purpose, event)
    unsaid = [purpose for purpose in Purpose.values if purpose not in latest]
    StandingConsent.objects.filter(participant=participant, purpose__in=unsaid, kept=False).delete()


@transaction.atomic
def undo_merge(*, by: Actor | None, merge: Merge) -> list[str]:
    """Tell two people apart again. Returns, in sentences, what could not be put back."""
    Study.objects.select_for_update().get(pk=merge.study_id)
    merge = Merge.objects.select_related("kept__study", "merged__study").get(pk=merge.pk)
    kept, merged = merge.kept, merge.merged
    if is_for_another(by, kept, merged):
        raise ValidationError(str(FOR_ANOTHER))
    if merge.undone or merged.merged_into_id != kept.pk or kept.merged_into_id:
        raise ValidationError(
            _("This was undone already, or one of the two was merged again. Undo that first.")
        )
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    left = [sentence for key, ids in merge.moved.items() for sentence in _put_back(key, ids, kept, merged)]
    left += _values_back(merge)
    _refuse_more_than_places(merged)
    _let_later_refusals_count_for_both(merge)
    _participant_back(merge)
    for person in (kept, merged):
        _stand_anew(person)
        raise_barriers(person)
    merge.undone = timezone.now()
    merge.save(update_fields=["undone"])
    record(by=by, verb="undo_merge", on=merge, fields=sorted(merge.moved))
    return left


def _refuse_more_than_places(person: Person) -> None:
    """A place of theirs that counted for nothing while the two were one may have been given away."""
    for place in rows_of(person):
        cohort = locked(place.cohort)
        if place.weight and not fits_all(cohort):
            raise ValidationError(
                _(
                    "“%(group)s” has no room for both: a place was given away since. Make the group larger, "
                    "or let one of the two leave it, and undo this then."
                )
                % {"group": cohort.name}
            )


def _put_back(key: str, ids: list[str], kept: Person, merged: Person) -> list[str]:
    back = plan_key(key, of=kept, to=merged, among=ids)
    move(back)
    missing = len(ids) - len(back.moves)
    if not missing:
        return []
    told = ngettext(
        "%(label)s: %(count)s was changed or taken out since, and is left as it is.",
        "%(label)s: %(count)s were changed or taken out since, and are left as they are.",
        missing,
    )
    return [told % {"label": back.moving.label, "count": missing}]


def _values_back(merge: Merge) -> list[str]:
    """The name, the account and the way to be reached, where nobody has changed them since."""
    kept, merged, left = merge.kept, merge.merged, []
    before, became = merge.values.get("name", [kept.name, kept.name])
    if kept.name == became:
        kept.name = before
    else:
        left.append(_("The name was changed since, and is left as it is."))
    if (user := merge.values.get("user")) and str(kept.user_id) == user:
        merged.user, kept.user = kept.user, None
    kept.save(update_fields=["name", "user"])
    merged.save(update_fields=["user"])
    _prefer_again(merged, merge.values.get("rather"))
    _prefer_again(kept, merge.values.get("preferred", [None])[0])
    return left


def _prefer_again(person: Person, point: int | None) -> None:
    points = ContactPoint.objects.filter(person=person)
    if point and not points.filter(preferred=True).exists():
        points.filter(pk=point).update(preferred=True)


def _let_later_refusals_count_for_both(merge: Merge) -> None:
    """Whose a no was that was said since isn't known, so both said it; a yes stays where it was said."""
    since = ConsentEvent.objects.filter(person=merge.kept, pk__gt=merge.values["last_event"])
    for event in since.exclude(decision=ConsentEvent.Decision.GRANTED).order_by("pk"):
        ConsentEvent.objects.create(
            person=merge.merged, text_id=event.text_id, decision=event.decision, at=event.at
        )


def _participant_back(merge: Merge) -> None:
    participant = participant_of(merge.kept)
    if participant and str(participant.pk) == merge.values.get("participant"):
        _bind(participant, merge.merged)
