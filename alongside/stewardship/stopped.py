from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from alongside.people.actions import leave_anonymous
from alongside.people.models import GIVES_MATERIAL, ConsentText, Participant, Purpose

ERASE, ANONYMISE = ConsentText.OnStopping.ERASE, ConsentText.OnStopping.ANONYMISE
LETS_STAY = {*GIVES_MATERIAL, Purpose.QUOTATION_REPORT, Purpose.QUOTATION_PUBLIC}


@dataclass(frozen=True)
class Stopped:
    """Someone who stopped, as research knows them, and what each text promised for that case.

    Who asked for it isn't known here, so no entry of a research room can name a person: that would lead from
    them to their words when the identity key is long destroyed.
    """

    participant: Participant
    promised: dict[str, str]

    def erases(self, *purposes: str) -> bool:
        return self._promised(purposes, ERASE)

    def anonymises(self, *purposes: str) -> bool:
        return self._promised(purposes, ANONYMISE)

    def _promised(self, purposes: Collection[str], deed: str) -> bool:
        return any(self.promised.get(purpose) == deed for purpose in purposes)

    @cached_property
    def anonymous(self) -> Participant:
        """Whom what stays without a link belongs to from now on. Made when first needed."""
        staying = [p for p, deed in self.promised.items() if deed == ANONYMISE and p in LETS_STAY]
        return leave_anonymous(by=None, participant=self.participant, purposes=staying)

    @cached_property
    def silent(self) -> Participant:
        """Who stands for a voice that was taken out: nothing of it is left to agree to, only barriers."""
        return leave_anonymous(by=None, participant=self.participant, purposes=Purpose.values)
