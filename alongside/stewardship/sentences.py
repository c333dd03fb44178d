"""What stopping does, in plain sentences that are true both before it (“this happens”) and after it."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.models import ConsentText, Purpose

Promises = dict[tuple[str, str], Promise | str]

ERASE, ANONYMISE, KEEP = (
    ConsentText.OnStopping.ERASE,
    ConsentText.OnStopping.ANONYMISE,
    ConsentText.OnStopping.KEEP,
)

# Where something was given, what becomes of it depends on what the words promised.
GIVEN: Promises = {
    (Purpose.QUESTIONNAIRES, ERASE): _("We ask you no more questions. Your answers are erased."),
    (Purpose.QUESTIONNAIRES, ANONYMISE): _(
        "We ask you no more questions. Your answers stay, and nothing joins them to you."
    ),
    (Purpose.QUESTIONNAIRES, KEEP): _("We ask you no more questions. The answers you gave stay as they are."),
    (Purpose.INTERVIEW, ERASE): _(
        "You have no more interviews. What was written down from yours is erased, with all the notes on it."
    ),
    (Purpose.INTERVIEW, ANONYMISE): _(
        "You have no more interviews. What was written down from yours stays, and nothing joins it to you."
    ),
    (Purpose.INTERVIEW, KEEP): _(
        "You have no more interviews. What was written down from yours stays as it is."
    ),
    (Purpose.RECORDING, ERASE): _("Your voice is not recorded any more. Recordings of it are erased."),
    (Purpose.RECORDING, ANONYMISE): _(
        "Your voice is not recorded any more. Recordings of it are erased: a voice can be known again."
    ),
    (Purpose.RECORDING, KEEP): _("Your voice is not recorded any more. Recordings that there are stay."),
    (Purpose.QUOTATION_REPORT, ERASE): _(
        "Your words are taken out of the study’s reports. A gap shows where they stood."
    ),
    (Purpose.QUOTATION_REPORT, ANONYMISE): _(
        "Your words are not used in the study’s reports any more, and nothing in them leads to you."
    ),
    (Purpose.QUOTATION_REPORT, KEEP): _(
        "Your words are not shown in the study’s reports any more. The place where they stood is kept."
    ),
    (Purpose.QUOTATION_PUBLIC, ERASE): _(
        "Your words are taken out of what anyone can read here. A gap shows where they stood."
    ),
    (Purpose.QUOTATION_PUBLIC, ANONYMISE): _(
        "Your words are not used where anyone can read them any more, and nothing there leads to you."
    ),
    (Purpose.QUOTATION_PUBLIC, KEEP): _(
        "Your words are not shown where anyone can read them any more. The place where they stood is kept."
    ),
}

# Where nothing is given, stopping is all there is to do.
NOTHING_GIVEN: dict[str, Promise | str] = {
    Purpose.INTERVIEW_CONTACT: _("Nobody asks you about an interview."),
    Purpose.PAIR_LINK: _("Your interview is not read beside anybody else’s."),
    Purpose.MACHINE_HELP: _("No software suggests what your words are about."),
    Purpose.ARCHIVE: _("What you said is not kept for other researchers."),
    Purpose.RECONTACT: _("Nobody asks you about later studies."),
}

# Once a study's identity key is destroyed, a stop finds nothing of what was given.
FOUND_NO_MORE: dict[str, Promise | str] = {
    Purpose.QUESTIONNAIRES: _(
        "We ask you no more questions. Your answers can no longer be found as yours, so they stay."
    ),
    Purpose.INTERVIEW: _(
        "You have no more interviews. What was written down from yours can no longer be found as yours, "
        "so it stays."
    ),
    Purpose.RECORDING: _("Your voice is not recorded any more. No recording that was made of it is left."),
    Purpose.QUOTATION_REPORT: _("Your words in the study’s reports can no longer be found as yours."),
    Purpose.QUOTATION_PUBLIC: _("Your words where anyone can read them can no longer be found as yours."),
    Purpose.PAIR_LINK: _("Your interview can no longer be found as yours."),
    Purpose.MACHINE_HELP: _("What you said can no longer be found as yours."),
    Purpose.ARCHIVE: _("What you said can no longer be found as yours."),
}

TRAINING_GOES_ON = _("Your place in the training stays yours. Nothing changes there.")
NOBODY_IS_TOLD = _("Nobody you work with is told.")
BEYOND_RECALL = _("What was printed or published before today cannot be called back.")


def sentence(purpose: str, on_stop: str, *, anonymised: bool = False) -> str:
    if anonymised and purpose in FOUND_NO_MORE:
        return str(FOUND_NO_MORE[purpose])
    return str(NOTHING_GIVEN.get(purpose) or GIVEN[purpose, on_stop])


def closing(purposes: Collection[str]) -> list[str]:
    """What holds of every stop; of words quoted, also what no stop can do."""
    quoted = {Purpose.QUOTATION_REPORT, Purpose.QUOTATION_PUBLIC, Purpose.INTERVIEW} & set(purposes)
    lines = [TRAINING_GOES_ON, NOBODY_IS_TOLD]
    return [str(line) for line in ([BEYOND_RECALL, *lines] if quoted else lines)]
