"""Two people where one alone could do harm: two who have both been in the team for a while, and still are."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import may_still, newly_given
from alongside.stewardship.models.requests import TwoPersonRequest


def refuse_newcomer(by: User, study: Study, to: Permission) -> None:
    """One person with two accounts lets the second one in; the week gives others the time to notice."""
    day = newly_given(study, by, to)
    if day is not None:
        raise ValidationError(
            _(
                "Your role was given to you less than a week ago. From %(day)s on you can be one of the two "
                "people that this needs. Until then somebody else can."
            )
            % {"day": date_format(timezone.localtime(day), "j F Y, H:i")}
        )


def refuse_for_the_gone(request: TwoPersonRequest, to: Permission) -> None:
    if not may_still(request.study, request.asked_by, to):
        raise ValidationError(
            _("Whoever asked for this has left the team, or that role. It can be asked again.")
        )
