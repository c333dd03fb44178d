from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from alongside.stewardship.held.kinds import Kind, Value, Whose
from alongside.training.models import Application, PairAsked, Reply

Rows = Iterator[tuple[Value, ...]]


def _asked(of: Whose) -> Rows:
    """What they wrote. Of who was to come along, the name they gave, and not what came of it."""
    rows = Application.objects.filter(person__in=of.everybody).select_related("cohort__programme", "half")
    for each in rows.order_by("at"):
        yield (
            str(each.cohort.programme),
            each.cohort.name,
            each.at,
            each.name,
            "; ".join(value for value in (each.email, each.phone) if value),
            each.needs,
            "; ".join(each.described),
            each.half.name if each.half else "",
        )


def _answered(of: Whose) -> Rows:
    rows = Reply.objects.filter(person__in=of.everybody).select_related("cohort")
    for each in rows.order_by("at", "number"):
        yield each.cohort.name, each.asked, each.in_words, each.at


def _along(of: Whose) -> Rows:
    """Whom they asked along, without the other's answer."""
    rows = PairAsked.objects.filter(by__in=of.everybody).select_related("cohort", "other")
    for each in rows.order_by("at"):
        yield each.cohort.name, each.other.name, each.at


def _asked_along(of: Whose) -> Rows:
    rows = PairAsked.objects.filter(other__in=of.everybody).select_related("cohort", "by")
    for each in rows.order_by("at"):
        yield each.cohort.name, each.by.name, each.at, each.get_answer_display()


PLACES = (
    Kind(
        "applications",
        _("Places I asked for on the public page"),
        (Application,),
        {
            "course": _("Course"),
            "group": _("Group"),
            "at": _("On"),
            "name": _("Name"),
            "reached": _("Reached by"),
            "needs": _("What I need"),
            "described": _("How I describe myself"),
            "with": _("With whom I wanted to come"),
        },
        _asked,
    ),
    Kind(
        "replies",
        _("What I answered to a group’s questions"),
        (Reply,),
        {"group": _("Group"), "asked": _("Question"), "said": _("What I said"), "at": _("On")},
        _answered,
    ),
    Kind(
        "asked_along",
        _("Whom I asked to come with me"),
        (PairAsked,),
        {"group": _("Group"), "name": _("Name"), "at": _("On")},
        _along,
    ),
    Kind(
        "asked_by",
        _("Who asked me to come with them"),
        (PairAsked,),
        {"group": _("Group"), "name": _("Name"), "at": _("On"), "answer": _("What I said")},
        _asked_along,
    ),
)
