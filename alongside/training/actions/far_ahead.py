"""How far ahead anything is planned: beyond that, a year was mistyped, and calendars run out of days."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

YEARS_AHEAD = 10


def refuse_far_ahead(**days: date) -> None:
    """Refuse the first of `days` that lies too far ahead, beside the question it answers."""
    last = timezone.localdate().year + YEARS_AHEAD
    for field, day in days.items():
        if day.year > last:
            told = {"day": date_format(day, "j F Y"), "year": last}
            raise ValidationError(
                {field: _("%(day)s is too far ahead. Choose a day up to the end of %(year)s.") % told}
            )
