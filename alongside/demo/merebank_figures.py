"""Figures that the invented college has released, and what it says of itself by a measure of its own."""

from datetime import date

from alongside.accounts.models import Study, User
from alongside.training.actions import load_measure, release_figures, review_ourselves
from alongside.training.measuring import NewItem
from alongside.training.queries import releasable
from alongside.training.typed import Said

# Invented with the college. No real measure is shipped.
MEASURE = (
    NewItem("We plan courses together.", ["Staff plan them", "Some together", "All together"]),
    NewItem("Everyone in the room learns.", ["Some teach, some learn", "Mostly", "Everyone"]),
    NewItem("Anyone can ask for a place by themselves.", ["No", "With help", "Yes"]),
)
ANSWERS = {
    1: Said(1, "The second version was planned together, and the prospectus was not."),
    2: Said(2, "Trainers said what they had learned, too."),
    3: Said(None, "We did not agree: the form is open, the bus is not."),
}


def show_what_happened(study: Study, by: User) -> str:
    """Every term that is over is released; one review, which left an item open."""
    told = sorted(period.starts for period in releasable(study))
    for starts in told:
        release_figures(by=by, study=study, starts=starts)
    measure = load_measure(
        by=by,
        study=study,
        name="How we mean to be (invented)",
        licence="Written for this demonstration, CC0",
        attests=True,
        items=MEASURE,
        scoring="none",
    )
    review_ourselves(
        by=by,
        measure=measure,
        on=date(2026, 11, 10),
        answers=ANSWERS,
        together="Hannah, Carys, Martin and four learners of Group 4",
        comments="The bus came up again.",
    )
    return f"{len(told)} terms released"
