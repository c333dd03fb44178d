"""Which conditions of joint training hold for a group, from its records. Prompts for talk, never a mark."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.people.models import Standpoint
from alongside.people.queries import working_with
from alongside.training.ingredients import Ingredient, added, state_of
from alongside.training.models import (
    Cohort,
    Facilitation,
    LearningAgreement,
    Preparation,
    PreparationDate,
    Revisit,
    Session,
    Sharing,
)
from alongside.training.queries.groups import learns_in
from alongside.training.queries.places import learners, pairs_together
from alongside.training.queries.readiness import co_led

Asker = User | AnonymousUser


def ingredients(cohort: Cohort, user: Asker) -> list[Ingredient]:
    """Each condition of one group. What counts somebody's preparation or stories leaves out the people whom
    `user` works with; of those whom they learn with, preparation isn't counted at all."""
    kept, learns = working_with(user, cohort.study), learns_in(cohort, user)
    return [
        _pairs(cohort, user),
        _two_kinds_of_knowing(cohort),
        _stories(cohort, kept),
        _agreement(cohort),
        *(each(cohort, kept) for each in _PREPARATION if not learns),
        *(asked(cohort, user) for asked in added()),
    ]


def ingredients_of_study(study: Study, user: Asker) -> list[tuple[Cohort, list[Ingredient]]]:
    """Of every group, side by side."""
    groups = Cohort.objects.filter(study=study).select_related("programme", "study").order_by("name", "pk")
    return [(group, ingredients(group, user)) for group in groups]


def _pairs(cohort: Cohort, user: Asker) -> Ingredient:
    together, either = pairs_together(cohort, user)
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
    both_kinds = co_led(led)
    sessions = list(held.order_by("starts").values_list("pk", flat=True))
    one_sided = [session for session in sessions if session not in both_kinds]
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


def _stories(cohort: Cohort, kept: set[UUID]) -> Ingredient:
    """How many stories the group may read. Whose they are isn't asked here."""
    shared = Sharing.objects.filter(
        cohort=cohort, ended=None, narrative__retired=None, narrative__expires__gte=timezone.localdate()
    )
    stories = shared.exclude(narrative__teller__in=kept).values("narrative").distinct().count()
    says = ngettext(
        "%(count)s story is shared with this group, by its teller’s choice.",
        "%(count)s stories are shared with this group, by their tellers’ choice.",
        stories,
    ) % {"count": stories}
    return Ingredient(
        title=_("Stories shared by choice."),
        state="done" if stories else "missing",
        says=says if stories else _("No story is shared with this group. Nobody has to."),
        mend="training:stories",
        mend_says=_("How a story is shared"),
        needs=Permission.SEE_TRAINING,
        on=None,
    )


def _agreement(cohort: Cohort) -> Ingredient:
    newest = LearningAgreement.objects.filter(cohort=cohort).order_by("-version").first()
    revisits = Revisit.objects.filter(agreement__cohort=cohort).count()
    came_back = newest is not None and (newest.version > 1 or revisits > 0)
    if newest is None:
        says = _("The group has not written one yet.")
    elif came_back:
        says = _("Version %(version)s, and the group has come back to it.") % {"version": newest.version}
    else:
        says = _("Version 1. The group has not come back to it yet.")
    return Ingredient(
        title=_("An agreement the group wrote."),
        state="done" if came_back else "part" if newest else "missing",
        says=says,
        mend="training:agreement" if newest else "training:write-agreement",
        mend_says=_("Come back to it with the group") if newest else _("Write it with the group"),
        needs=Permission.RUN_TRAINING,
        on=cohort.pk,
    )


def _practitioners(cohort: Cohort, kept: set[UUID]) -> set[UUID]:
    rows = learners(cohort).filter(standpoints__kind=Standpoint.Kind.PRACTITIONER, standpoints__ended=None)
    return set(rows.exclude(pk__in=kept).values_list("pk", flat=True))


def _practitioners_prepared(cohort: Cohort, kept: set[UUID]) -> Ingredient:
    who = _practitioners(cohort, kept)
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


def _practitioners_supported(cohort: Cohort, kept: set[UUID]) -> Ingredient:
    who = _practitioners(cohort, kept)
    arranged = Preparation.objects.filter(cohort=cohort, person__in=who)
    arranged = arranged.filter(~Q(supervision="") | Q(dates__kind=PreparationDate.Kind.SUPERVISION))
    supported = arranged.values("person").distinct().count()
    says = _("%(held)s of %(count)s have reflective supervision arranged.")
    return Ingredient(
        title=_("Supervision to think it over."),
        state=state_of(supported, len(who)),
        says=says % {"held": supported, "count": len(who)}
        if who
        else _("Nobody who has a place describes themselves as a practitioner yet."),
        mend="training:preparations",
        mend_says=_("Arrange supervision"),
        needs=Permission.RUN_TRAINING,
        on=cohort.pk,
    )


def _way_back_in(cohort: Cohort, kept: set[UUID]) -> Ingredient:
    prepared = Preparation.objects.filter(cohort=cohort, person__in=learners(cohort)).exclude(person__in=kept)
    total = prepared.filter(conversation__isnull=False).count()
    dates = prepared.filter(dates__kind=PreparationDate.Kind.BOOSTER).values("person").distinct().count()
    says = ngettext(
        "%(count)s person has a date to come back to it.",
        "%(count)s people have a date to come back to it.",
        dates,
    ) % {"count": dates}
    return Ingredient(
        title=_("A way back in."),
        state=state_of(dates, total),
        says=says if dates else _("No date is set for coming back to it."),
        mend="training:preparations",
        mend_says=_("Set a date"),
        needs=Permission.RUN_TRAINING,
        on=cohort.pk,
    )


_PREPARATION = (_practitioners_prepared, _practitioners_supported, _way_back_in)
