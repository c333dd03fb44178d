"""How the invented college's people are looked after, and what they write for themselves."""

from zoneinfo import ZoneInfo

from alongside.demo.merebank import setting
from alongside.demo.merebank.learners import Learners, Plan, Story
from alongside.people.models import Person
from alongside.training.actions import (
    add_preparation_date,
    add_to_plan,
    complete_course,
    download_story,
    mark_plan_entry,
    plan_disclosure,
    prepare_person,
    share_story,
    show_plan,
    show_reflection,
    take_next_step,
    tell_story,
    write_hopes,
    write_reflection,
)
from alongside.training.models import Cohort, Facilitation
from alongside.training.queries import came_to, learners


def prepare(known: setting.Cohort, cohort: Cohort, people: dict[str, Person]) -> None:
    """A conversation beforehand; hopes and fears in the words of whose they are."""
    for prepared in known.preparation:
        person = people[prepared.person]
        prepare_person(
            by=None,
            person=person,
            cohort=cohort,
            conversation=prepared.conversation,
            conversation_with=prepared.conversation_with,
            narrative_read=prepared.narrative_read,
            protected_time=prepared.protected_time,
            supervision=prepared.supervision,
        )
        if prepared.hopes_and_fears:
            write_hopes(
                by=None,
                person=person,
                cohort=cohort,
                hopes_and_fears=prepared.hopes_and_fears,
                hopes_shown=prepared.hopes_shown,
            )
        days = [("supervision", on) for on in prepared.supervised]
        days += [("booster", prepared.booster)] if prepared.booster else []
        for kind, on in days:
            add_preparation_date(by=None, person=person, cohort=cohort, kind=kind, on=on, held=True)


def learn(told: Learners, cohorts: dict[str, Cohort], people: dict[str, Person], zone: ZoneInfo) -> None:
    for story in told.stories:
        _tell(story, cohorts, people, zone)
    for plan in told.plans:
        _plan(plan, cohorts, people, zone)
    for completed in told.completions:
        cohort = cohorts[completed.cohort]
        cohort.sessions_to_complete = completed.sessions_to_complete
        cohort.save(update_fields=["sessions_to_complete"])
        came = came_to(cohort)
        enough = [p for p in learners(cohort) if came[p.pk] >= completed.sessions_to_complete]
        complete_course(by=None, cohort=cohort, people=enough, on=completed.on)
    for step in told.next_steps:
        person, cohort = people[step.person], cohorts[step.cohort]
        take_next_step(by=person, person=person, cohort=cohort, kind=step.kind, words=step.words, on=step.on)
    for known in told.disclosures:
        person = people[known.person]
        leading = Facilitation.objects.get(
            person=person, session__cohort=cohorts[known.cohort], session__number=known.session
        )
        plan_disclosure(
            by=person,
            person=person,
            session=leading.session,
            purpose=known.purpose,
            share=known.share,
            keep_back=known.keep_back,
            exit_line=known.exit_line,
            aftercare=known.aftercare,
            rehearsed_with=known.rehearsed_with,
            rehearsed_on=known.rehearsed_on,
        )


def _tell(story: Story, cohorts: dict[str, Cohort], people: dict[str, Person], zone: ZoneInfo) -> None:
    teller = people[story.teller]
    written = tell_story(
        by=teller,
        teller=teller,
        title=story.title,
        words=story.words,
        purpose=story.purpose,
        audience=story.audience,
        expires=story.expires,
        may_download=story.may_download,
    )
    for group in story.groups:
        share_story(by=teller, narrative=written, cohort=cohorts[group])
    for taken in story.copies:
        reader = people[taken.person]
        copy, _content = download_story(by=reader, reader=reader, narrative=written, format=taken.format)
        copy.at = taken.at.replace(tzinfo=zone)
        copy.save(update_fields=["at"])


def _plan(plan: Plan, cohorts: dict[str, Cohort], people: dict[str, Person], zone: ZoneInfo) -> None:
    person = people[plan.person]
    for line in plan.lines:
        entry = add_to_plan(by=person, person=person, kind=line.kind, words=line.words, written=line.written)
        if line.done:
            mark_plan_entry(by=person, entry=entry, done=True)
    for note in plan.notes:
        written = note.written.replace(tzinfo=zone)
        kept = write_reflection(by=person, person=person, words=note.words, written=written)
        if note.shown_to:
            show_reflection(by=person, reflection=kept, cohort=cohorts[note.shown_to])
    if plan.shown_to:
        show_plan(by=person, person=person, cohort=cohorts[plan.shown_to])
