from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from alongside.stewardship.held.kinds import Kind, Value, Whose
from alongside.training.models import ApplicantLetter, Reminder

Rows = Iterator[tuple[Value, ...]]


def _letters(of: Whose) -> Rows:
    rows = Reminder.objects.filter(person__in=of.everybody).select_related("cohort")
    for each in rows.order_by("claimed", "pk"):
        yield each.get_kind_display(), each.cohort.name, each.get_means_display(), each.sent
    written = ApplicantLetter.objects.filter(application__person__in=of.everybody)
    for letter in written.select_related("application__cohort").order_by("claimed", "pk"):
        by_mail = str(Reminder.By.EMAIL.label)
        yield letter.get_kind_display(), letter.application.cohort.name, by_mail, letter.sent


LETTERS = (
    Kind(
        "letters",
        _("Reminders and letters sent to me"),
        (Reminder, ApplicantLetter),
        {"what": _("What"), "group": _("Group"), "by": _("By"), "sent": _("On")},
        _letters,
    ),
)
