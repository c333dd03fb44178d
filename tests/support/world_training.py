"""One of everything in the training room."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.models import (
    Person,
    WorkingRelationship,
)
from alongside.training.addresses import feed_address
from alongside.training.models import (
    Acknowledgement,
    Application,
    AttendanceMark,
    CalendarFeed,
    Clause,
    Cohort,
    Completion,
    Copy,
    Decision,
    DisclosurePlan,
    Enrolment,
    Facilitation,
    LearningAgreement,
    Material,
    Measure,
    MeasureItem,
    MissedCall,
    Narrative,
    NextStep,
    OfferBundle,
    PairAsked,
    Place,
    PlanEntry,
    PlanShown,
    Preparation,
    PreparationDate,
    Programme,
    Prospectus,
    Question,
    Reflection,
    Release,
    Reminder,
    Reply,
    ReviewAnswer,
    SelfReview,
    Session,
    Sharing,
    Term,
)
from alongside.training.models.materials import SALT_BYTES
from alongside.training.queries import token_of
from alongside.vault import files

World = dict[str, Any]


def at_noon(days: int) -> datetime:
    """So many days from today. At any hour of the suite's it begins and ends on one day, as forms ask."""
    return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)


def in_training(study: Study, person: Person) -> World:
    course = of_a_course(study, person)
    programme, cohort = course["programme"], course["cohort"]
    agreement = LearningAgreement.objects.create(cohort=cohort, version=1)
    Clause.objects.create(agreement=agreement, number=1, words="Anyone may pass.")
    Acknowledgement.objects.create(agreement=agreement, person=person)
    starts = at_noon(days=3)
    session = Session.objects.create(
        study=study,
        cohort=cohort,
        number=1,
        title="Who decides?",
        starts=starts,
        ends=starts + timedelta(hours=2),
    )
    Enrolment.objects.create(cohort=cohort, person=person, state="enrolled")
    later = Cohort.objects.create(study=study, programme=programme, name=f"Later group of {person}")
    bundle = OfferBundle.objects.create(cohort=later, expires=timezone.now() + timedelta(days=7))
    enrolment = Enrolment.objects.create(cohort=later, person=person, state="offered", bundle=bundle)
    facilitation = Facilitation.objects.create(session=session, person=person, lived=True)
    DisclosurePlan.objects.create(session=session, person=person, share="The first time")
    AttendanceMark.objects.create(session=session, person=person, status="coming")
    MissedCall.objects.create(cohort=cohort, person=person, outcome="no_calls", note="Sends greetings")
    feed = CalendarFeed.objects.create(person=person)
    CalendarFeed.objects.create(cohort=cohort)
    preparation = Preparation.objects.create(person=person, cohort=cohort, hopes_and_fears="Not to be asked")
    day = PreparationDate.objects.create(preparation=preparation, kind="booster", on=date(2027, 3, 1))
    narrative = Narrative.objects.create(
        teller=person,
        title="Mine",
        words="Once",
        purpose="To teach",
        audience="Group",
        expires=timezone.localdate() + timedelta(days=300),
    )
    written = of_ones_own(person, cohort, narrative)
    asked = of_asking(study, person, cohort, later)
    Reminder.objects.create(
        person=person,
        kind="offer",
        cohort=later,
        occasion=f"{enrolment.pk.hex}.{bundle.pk}",
        means="email",
        claim=uuid4(),
        sent=timezone.now(),
    )
    return {
        **course,
        "agreement": agreement,
        "session": session,
        "calendar": feed_address(feed.pk),
        "enrolment": enrolment,
        "facilitation": facilitation,
        "narrative": narrative,
        "day": day,
        **written,
        **asked,
        **of_the_college(study),
    }


def of_a_course(study: Study, person: Person) -> World:
    """A course in the prospectus, with what is given out in it, where and when."""
    programme = Programme.objects.create(study=study, title=f"Course of {person}")
    term = Term.objects.create(
        study=study, name=f"Term of {person}", starts=date(2026, 9, 1), ends=date(2026, 12, 18)
    )
    place = Place.objects.create(study=study, name=f"Hall of {person}", access="No steps.")
    Prospectus.objects.update_or_create(study=study, defaults={"is_open": True, "asking_for_help": "Ring."})
    material = Material.objects.create(
        programme=programme,
        title="Cards",
        stored=files.store(b"\0" * SALT_BYTES + b"Who decides?"),
        file_name="cards.txt",
        content_type="text/plain",
    )
    cohort = Cohort.objects.create(
        study=study,
        programme=programme,
        name=f"Group of {person}",
        term=term,
        place=place,
        listed=True,
    )
    return {"programme": programme, "material": material, "term": term, "place": place, "cohort": cohort}


def of_the_college(study: Study) -> World:
    """What is about nobody: a decision, a look at itself, figures."""
    decision = Decision.objects.create(study=study, on=date(2026, 11, 1), about="The room", proposed_by="All")
    measure, _new = Measure.objects.get_or_create(study=study, name="Ours", licence="Our own")
    item, _new = MeasureItem.objects.get_or_create(
        measure=measure, number=1, defaults={"words": "We plan together.", "anchors": ["No", "Yes"]}
    )
    review = SelfReview.objects.create(study=study, measure=measure, on=date(2026, 11, 1))
    ReviewAnswer.objects.create(review=review, item=item, value=1)
    number = Release.objects.filter(study=study).count()
    begun = date(2026, 1, 1) + timedelta(days=90 * number)
    release = Release.objects.create(
        study=study, name="Spring", starts=begun, ends=begun + timedelta(days=80), told={}, rule="–"
    )
    return {"decision": decision, "measure": measure, "review": review, "release": release}


def of_asking(study: Study, person: Person, cohort: Cohort, later: Cohort) -> World:
    """What someone sent from the public page, and who asked them along."""
    application = Application.objects.create(
        cohort=cohort, name=person.name, email=f"{person.pk}@example.org", needs="The chair with the arms"
    )
    question = Question.objects.create(cohort=cohort, number=1, words="Can you come on Thursdays?")
    Reply.objects.create(
        cohort=cohort, application=application, number=1, asked=question.words, kind="yes_no", said="yes"
    )
    pair = pair_of(study, person)
    companion = pair.other_half(person)
    Application.objects.create(
        cohort=later, name=person.name, email=f"{person.pk}@example.org", state="taken_up", person=person
    )
    Reply.objects.create(cohort=later, person=person, number=1, asked="Why?", kind="words", said="Company")
    week = timezone.now() + timedelta(days=7)
    PairAsked.objects.create(
        cohort=later, by=person, other=companion, pair=pair, answer_until=week, answer="yes"
    )
    along = PairAsked.objects.create(cohort=later, by=companion, other=person, pair=pair, answer_until=week)
    return {
        "application": application,
        "letter": token_of(application),
        "question": question,
        "asked_along": along,
        "later": later,
    }


def pair_of(study: Study, person: Person) -> WorkingRelationship:
    """Someone whom `person` works with: as it is on record, or somebody new."""
    known = WorkingRelationship.objects.filter(Q(first=person) | Q(second=person)).first()
    if known is not None:
        return known
    companion = Person.objects.create(study=study, name="A companion")
    first, second = sorted((companion, person), key=lambda each: each.pk)
    return WorkingRelationship.objects.create(
        study=study, first=first, second=second, started=date(2026, 9, 1)
    )


def of_ones_own(person: Person, cohort: Cohort, narrative: Narrative) -> World:
    """What someone writes for themselves in a course, and what they have of it afterwards."""
    completion = Completion.objects.create(cohort=cohort, person=person)
    Copy.objects.create(narrative=narrative, cohort=cohort, reader=person, format="txt")
    return {
        "sharing": Sharing.objects.create(narrative=narrative, cohort=cohort),
        "entry": PlanEntry.objects.create(person=person, kind="try", words="Ask for the chair"),
        "shown": PlanShown.objects.create(person=person, cohort=cohort),
        "reflection": Reflection.objects.create(person=person, words="It went quiet", shown_to=cohort),
        "completion": completion,
        "certificate": completion.number,
        "step": NextStep.objects.create(person=person, cohort=cohort, kind="group", words="The choir"),
    }
