"""The invented college's course in its versions, its terms and places, and its open prospectus."""

from zoneinfo import ZoneInfo

from alongside.accounts.models import Study
from alongside.demo.merebank.content import HERE
from alongside.demo.merebank.offering import Coming, Offering
from alongside.demo.merebank.setting import Programme as Told
from alongside.training.actions import (
    add_material,
    add_place,
    add_term,
    change_cohort,
    create_programme,
    make_next_version,
    open_cohort,
    open_prospectus,
    plan_session,
    write_prospectus,
)
from alongside.training.models import Cohort, Part, Programme
from alongside.training.typed import Outlined, Upload


def course(study: Study, told: Told, offering: Offering, zone: ZoneInfo) -> Programme:
    """The version that groups take, the one before it, and what belongs to it."""
    before = offering.course.before
    create_programme(
        by=None,
        study=study,
        title=told.title,
        aims=before.aims,
        licence=offering.course.licence,
        parts=[Outlined(part.title, part.about) for part in before.sessions],
        at=before.made.replace(tzinfo=zone),
    )
    programme = make_next_version(
        by=None,
        programme=Programme.objects.get(study=study, title=told.title),
        aims=told.aims,
        licence=offering.course.licence,
        parts=[Outlined(part.title, part.about) for part in told.sessions],
        note=offering.course.note,
        at=offering.course.made.replace(tzinfo=zone),
    )
    for material in offering.materials:
        add_material(
            by=None,
            programme=programme,
            title=material.title,
            file=Upload(material.file, (HERE / "materials" / material.file).read_bytes()),
            part=Part.objects.get(programme=programme, number=material.session),
            licence=material.licence,
        )
    return programme


def offer_courses(study: Study, offering: Offering, programme: Programme, cohorts: dict[str, Cohort]) -> None:
    """Terms with their groups, a group to come, and the prospectus in which it stands."""
    places = {place.name: place for place in study.places.all()}
    terms = {}
    for known in offering.terms:
        term = terms[known.name] = add_term(
            by=None, study=study, name=known.name, starts=known.starts, ends=known.ends
        )
        for key in known.groups:
            cohort = cohorts[key]
            change_cohort(
                by=None,
                cohort=cohort,
                name=cohort.name,
                capacity=cohort.capacity,
                term=term,
                place=cohort.place,
                sessions_to_complete=4,
            )
    coming = offering.coming
    group = open_cohort(
        by=None,
        study=study,
        programme=programme,
        name=coming.name,
        term=terms[coming.term],
        place=places[coming.place],
        capacity=coming.capacity,
    )
    _announce(group, programme, coming)
    words = offering.prospectus
    write_prospectus(
        by=None,
        study=study,
        welcome=words.welcome,
        who_we_are=words.who_we_are,
        asking_for_help=words.asking_for_help,
    )
    open_prospectus(by=None, study=study)


def places(study: Study, offering: Offering) -> None:
    for place in offering.places:
        add_place(
            by=None,
            study=study,
            name=place.name,
            address=place.address,
            getting_there=place.getting_there,
            access=place.access,
        )


def _announce(group: Cohort, programme: Programme, coming: Coming) -> None:
    parts = programme.parts.order_by("number")
    for part, day in zip(parts, coming.days, strict=True):
        plan_session(
            by=None,
            cohort=group,
            title=part.title,
            on=day,
            starts=coming.starts,
            ends=coming.ends,
            part=part,
            may_be_past=True,
        )
    change_cohort(
        by=None,
        cohort=group,
        name=group.name,
        capacity=group.capacity,
        term=group.term,
        place=group.place,
        listed=True,
        apply_until=coming.apply_until,
        sessions_to_complete=4,
    )
