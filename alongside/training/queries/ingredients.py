"""Which conditions of joint training hold for a group, from its records. Prompts for talk, never a mark."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.accounts.permissions import Permission
from alongside.people.models import Standpoint
from alongside.training.models import (
    Cohort,
    Facilitation,
    LearningAgreement,
    Narrative,
    Preparation,
    Session,
)
from alongside.training.queries.places import learners, pairs_together


@dataclass(frozen=True)
class Ingredient:
    """One condition: `state` is done, part or missing; `mend` names the page that mends it."""

    title: str
    state: str
    says: str
    mend: str
    mend_says: str
    needs: Permission
    on: UUID | None


def ingredients(cohort: Cohort) -> list[Ingredient]:
    return [
        _pairs(cohort),
        _two_kinds_of_knowing(cohort),
        _trainers_go_first(cohort),
        _agreement(cohort),
        _practitioners_prepared(cohort),
        _way_back_in(cohort),
    ]


def state_of(holds: int, of: int) -> str:
    if holds and holds >= of:
        return "done"
    return "part" if holds else "missing"


def _pairs(cohort: Cohort) -> Ingredient:
    together, either = pairs_together(cohort)
    says = ngettext(
        "%(together)s of %(count)s working pair is here with each other.",
        "%(together)s of %(count)s working pairs are here with each other.",
        either,
    ) % {"together": together, "count": either}
    return Ingredient(
        title=_("Pairs who will go on working together."),
        state=state_of(together, either),
        says=says if either else _("Nobody here has a place together with someone they work with."),
        mend="training:enrol",
        mend_says=_("Offer a pair two places"),
        needs=Permission.PLAN_TRAINING,
        on=cohort.pk,
    )


def _two_kinds_of_knowing(cohort: Cohort) -> Ingredient:
    held = Session.objects.filter(cohort=cohort).exclude(state=Session.State.CANCELLED)
    led = Facilitation.objects.filter(session__in=held).values_list("session_id", "lived", "practice")
    lived = {session for session, is_lived, _practice in led if is_lived}
    practice = {session for session, _lived, is_practice in led if is_practice}
    sessions = list(held.order_by("starts").values_list("pk", flat=True))
    one_sided = [session for session in sessions if session not in lived & practice]
    both, total = len(sessions) - len(one_sided), len(sessions)
    says = _("%(both)s of %(total)s sessions are led with lived experience and with practice experience.")
    return Ingredient(
        title=_("Two trainers, two kinds of knowing."),
        state=state_of(both, total),
        says=says % {"both": both, "total": total} if total else _("No session is planned yet."),
        mend="training:appoint-facilitator" if one_sided else "training:plan-session",
        mend_says=_("Say who leads the next of them") if one_sided else _("Plan a session"),
        needs=Permission.PLAN_TRAINING,
        on=one_sided[0] if one_sided else cohort.pk,
    )


def _trainers_go_first(cohort: Cohort) -> Ingredient:
    leading = Facilitation.objects.filter(session__cohort=cohort).exclude(
        session__state=Session.State.CANCELLED
    )
    trainers = set(leading.values_list("person_id", flat=True))
    shared = Narrative.objects.filter(teller__in=trainers, retired=None, expires__gte=timezone.localdate())
    telling = shared.values("teller").distinct().count()
    says = ngettext(
        "%(telling)s of %(count)s trainer shares something of their own, by choice.",
        "%(telling)s of %(count)s trainers share something of their own, by choice.",
        len(trainers),
    ) % {"telling": telling, "count": len(trainers)}
    return Ingredient(
        title=_("Trainers go first."),
        state=state_of(telling, len(trainers)),
        says=says if trainers else _("Nobody leads a session yet."),
        mend="training:stories",
        mend_says=_("How a trainer shares a story"),
        needs=Permission.SEE_TRAINING,
        on=None,
    )


def _agreement(cohort: Cohort) -> Ingredient:
    newest = LearningAgreement.objects.filter(cohort=cohort).order_by("-version").first()
    if newest is None:
        says = _("The group has not written one yet.")
    elif newest.version == 1:
        says = _("Version 1. The group has not come back to it yet.")
    else:
        says = _("Version %(version)s, so the group has come back to it.") % {"version": newest.version}
    return Ingredient(
        title=_("An agreement the group wrote."),
        state=state_of(newest.version, 2) if newest else "missing",
        says=says,
        mend="training:write-agreement",
        mend_says=_("Write it with the group"),
        needs=Permission.RUN_TRAINING,
        on=cohort.pk,
    )


def _practitioners_prepared(cohort: Cohort) -> Ingredient:
    practitioners = learners(cohort).filter(
        standpoints__kind=Standpoint.Kind.PRACTITIONER, standpoints__ended=None
    )
    who = set(practitioners.values_list("pk", flat=True))
    held = Preparation.objects.filter(cohort=cohort, person__in=who, conversation__isnull=False).count()
    says = _("%(held)s of %(count)s have had the first conversation.") % {"held": held, "count": len(who)}
    return Ingredient(
        title=_("Practitioners prepared."),
        state=state_of(held, len(who)),
        says=says if who else _("Nobody who has a place describes themselves as a practitioner yet."),
        mend="training:preparations",
        mend_says=_("Write down a conversation"),
        needs=Permission.RUN_TRAINING,
        on=cohort.pk,
    )


def _way_back_in(cohort: Cohort) -> Ingredient:
    prepared = Preparation.objects.filter(cohort=cohort).filter(
        Q(conversation__isnull=False) | Q(booster__isnull=False)
    )
    total, boosters = prepared.count(), prepared.filter(booster__isnull=False).count()
    says = ngettext(
        "%(count)s person has a date to come back to it.",
        "%(count)s people have a date to come back to it.",
        boosters,
    ) % {"count": boosters}
    return Ingredient(
        title=_("A way back in."),
        state=state_of(boosters, total),
        says=says if boosters else _("No date is set for coming back to it."),
        mend="training:preparations",
        mend_says=_("Set a date"),
        needs=Permission.RUN_TRAINING,
        on=cohort.pk,
    )
