"""What the training room is told of interviews: what is planned for everyone, and nothing of anybody."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.followup.models import Timepoint
from alongside.interviews.models import Guide, Question
from alongside.training.ingredients import Ingredient
from alongside.training.models import Cohort

# About half a year after the last session, in days.
HALF_A_YEAR = range(150, 215)


def six_months_planned(cohort: Cohort, user: User | AnonymousUser) -> Ingredient:
    """Whether the study's plan asks again about six months on, with questions for both halves of a pair."""
    points = Timepoint.objects.filter(
        protocol__study=cohort.study_id, anchor=Timepoint.Anchor.LAST_SESSION
    ).values_list("months", "days")
    planned = any(round(months * 30.4) + days in HALF_A_YEAR for months, days in points)
    guides = Guide.objects.filter(study=cohort.study_id)
    one_sided = Question.objects.filter(mirror="").values("guide")
    mirrored = guides.filter(questions__isnull=False).exclude(pk__in=one_sided).exists()
    if planned and mirrored:
        says = _("The plan asks again about six months on, and a guide has each question for both.")
    elif planned:
        says = _("The plan asks again about six months on. No guide has every question for both halves yet.")
    else:
        says = _("The study’s plan has no time about six months after the last session.")
    return Ingredient(
        title=_("Both halves of a pair interviewed at six months."),
        state="done" if planned and mirrored else "part" if planned or mirrored else "missing",
        says=says,
        mend="interviews:write-guide" if planned else "followup:followup",
        mend_says=_("Write the guide for both") if planned else _("Plan when to ask again"),
        needs=Permission.ARRANGE_INTERVIEWS if planned else Permission.SEE_FOLLOWUP,
        on=None,
    )
