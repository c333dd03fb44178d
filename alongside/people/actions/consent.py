from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study
from alongside.audit.actions import Actor, record
from alongside.people.actions.gate import hold_gate
from alongside.people.models import (
    GIVES_MATERIAL,
    ConsentEvent,
    ConsentText,
    Pair,
    Participant,
    Person,
    Purpose,
    StandingConsent,
)
from alongside.people.queries import decisions, participant_of


@transaction.atomic
def publish_consent_text(
    *, by: Actor | None, study: Study, purpose: str, wording: str, on_stop: str, language: str = "en-gb"
) -> ConsentText:
    """A new version of the words for one purpose. Earlier versions stand as they were."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    earlier = ConsentText.objects.filter(study=study, purpose=purpose, language=language).order_by("-version")
    latest = earlier.first()
    text = ConsentText(
        study=study,
        purpose=purpose,
        language=language,
        version=latest.version + 1 if latest else 1,
        wording=wording.strip(),
        on_stop=on_stop,
        sha256=ConsentText.hash_of(wording.strip()),
    )
    text.full_clean()
    text.save()
    record(by=by, verb="publish_consent_text", on=text, fields=["wording", *text.seals()])
    return text


@transaction.atomic
def record_consent(
    *, by: Actor | None, person: Person, text: ConsentText, decision: str, at: datetime | None = None
) -> ConsentEvent:
    """What a person decided about one purpose, in the words they were shown."""
    hold_gate(person.study_id)
    if text.study_id != person.study_id:
        raise ValidationError(_("This text belongs to another study."))
    if at is not None and at > timezone.now():
        raise ValidationError(_("A decision can’t be dated in the future."))
    newer = ConsentText.objects.filter(
        study=text.study, purpose=text.purpose, language=text.language, version__gt=text.version
    )
    if decision == ConsentEvent.Decision.GRANTED and at is None and newer.exists():
        raise ValidationError(_("These words have been replaced by newer ones. Please read those first."))
    event = ConsentEvent(person=person, text=text, decision=decision, at=at or timezone.now())
    event.full_clean()
    event.save()
    participant = participant_of(person)
    if participant:
        stand(participant, text.purpose, decisions(person)[text.purpose])
    record(by=by, verb="record_consent", on=event, study=person.study_id, fields=["decision"])
    return event


def stand(participant: Participant, purpose: str, event: ConsentEvent) -> None:
    standing = StandingConsent.objects.filter(participant=participant, purpose=purpose)
    promised = event.text.on_stop == ConsentText.OnStopping.KEEP and purpose in GIVES_MATERIAL
    if event.permits:
        StandingConsent.objects.update_or_create(
            participant=participant, purpose=purpose, defaults={"since": event.at, "kept": False}
        )
    elif event.decision == ConsentEvent.Decision.STOPPED and promised:
        standing.update(kept=True)
    else:
        # Saying no again takes nothing from what a text promised to let stay after a stop.
        standing.filter(kept=False).delete()
        if purpose == Purpose.PAIR_LINK:
            Pair.objects.filter(Q(one=participant) | Q(two=participant)).delete()
