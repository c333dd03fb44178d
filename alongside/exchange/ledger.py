"""The ledger of involvement on its way out. It holds no research material, and names people gave."""

from alongside.accounts.models import Study
from alongside.exchange.exporting import Material
from alongside.exchange.formats.tables import DecisionRow
from alongside.training.models import Decision
from alongside.training.queries import decisions


def ledger(study: Study) -> Material:
    """Every decision, oldest first."""
    rows = [_row(decision) for decision in decisions(study).reverse()]
    return Material("decisions", rows, len(rows), kept_back=0)


def _row(decision: Decision) -> DecisionRow:
    programme, cohort = decision.programme, decision.cohort
    return DecisionRow(
        on=decision.on.isoformat(),
        decision=decision.about,
        course=programme.title if programme else "",
        version=programme.version if programme else None,
        group=cohort.name if cohort else "",
        proposed_by=decision.proposed_by,
        lived_experience="yes" if decision.lived_experience_present else "no",
        changed=decision.changed,
        hours=float(decision.hours),
        paid=float(decision.paid),
    )
