"""Who would like a place in the invented college's next group. Nobody here exists."""

from uuid import uuid5

from alongside.accounts.models import Study
from alongside.people.models import Person, WorkingRelationship
from alongside.training.actions import (
    add_question,
    apply_for_place,
    ask_for_place,
    ask_half,
    offer_place,
    put_on_list,
    take_up,
)
from alongside.training.models import Application, Cohort, Enrolment, Question
from alongside.training.typed import Asker

THURSDAYS = "Can you come on Thursday mornings?"
STAIRS = "There is one flight of stairs and no lift. Is that all right for you?"
# Taken up already: what they answered to both questions.
TAKEN_UP = (
    (Asker("Beti Rees", email="beti.rees@example.org", standpoints=("uses_services",)), "yes", "yes"),
    (Asker("Gwilym Hart", phone="01632 960141", standpoints=("practitioner",)), "yes", "yes"),
    (Asker("Nia Frost", email="nia.frost@example.org", standpoints=("carer",)), "yes", "yes"),
    (
        Asker(
            "Ivor Pell",
            phone="01632 960143",
            rather="phone",
            needs="A chair near the window",
            standpoints=("uses_services",),
        ),
        "yes",
        "no",
    ),
)
OPEN = Asker(
    "Sioned Vance",
    email="sioned.vance@example.org",
    needs="The words large, and a break after an hour",
    own_words="I look after my brother, and myself",
)
FIRST = Asker("Bryn Oakes", email="bryn.oakes@example.org", standpoints=("uses_services",))
SECOND = Asker("Megan Tull", phone="01632 960145")


def fill_places(study: Study, people: dict[str, Person]) -> str:
    """Of the group that is to come: who asks, who waits, and an offer that nobody has answered yet."""
    cohort = Cohort.objects.filter(study=study, listed=True).order_by("name").first()
    if cohort is None:
        return "none"
    questions = [
        add_question(by=None, cohort=cohort, words=words, kind=Question.Kind.YES_NO, needed="yes")
        for words in (THURSDAYS, STAIRS)
    ]
    places = [_taken_up(cohort, questions, *told) for told in TAKEN_UP]
    for place in places[:3]:
        put_on_list(by=None, enrolment=place)
    offer_place(by=None, cohort=cohort, person=places[0].person)
    _ask(cohort, OPEN, {questions[0].pk: "yes", questions[1].pk: "no"})
    ask_half(by=None, application=_ask(cohort, FIRST, {questions[0].pk: "yes"}, SECOND))
    _ask_on_own_page(cohort, people)
    return f"{Enrolment.objects.filter(cohort=cohort).count()} places asked for"


def _ask(cohort: Cohort, asker: Asker, replies: dict[int, str], half: Asker | None = None) -> Application:
    key = uuid5(cohort.pk, asker.name)
    return apply_for_place(cohort=cohort, id=key, asker=asker, replies=replies, half=half)


def _taken_up(cohort: Cohort, questions: list[Question], asker: Asker, *said: str) -> Enrolment:
    replies = {question.pk: word for question, word in zip(questions, said, strict=True)}
    person = take_up(by=None, application=_ask(cohort, asker, replies)).person
    return Enrolment.objects.get(cohort=cohort, person=person)


def _ask_on_own_page(cohort: Cohort, people: dict[str, Person]) -> None:
    """Someone who was in an earlier group asks again, for herself and the one she works with."""
    wren = people["wren"]
    pair = WorkingRelationship.objects.filter(study=cohort.study, ended=None, first=wren).first()
    pair = pair or WorkingRelationship.objects.filter(study=cohort.study, ended=None, second=wren).first()
    ask_for_place(by=wren, cohort=cohort, person=wren, together=pair)
