"""A practitioner and a person who uses services get the same pages, to the byte."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.people.actions import add_person, describe_standpoint, make_link
from alongside.training.actions import complete_course, enrol_person, write_agreement
from alongside.training.models import Cohort, Session
from tests.support.walking import plain

PAGES = (
    "my-sessions",
    "my-stories",
    "my-new-story",
    "my-plan",
    "my-reflections",
    "my-preparation",
    "my-certificates",
    "my-next-steps",
    "my-leading",
)
# Ids, which are drawn and tell nothing; `plain` leaves out what else differs with every visit.
IDS = re.compile(r"/me/[\w-]+/|[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_same(client: Client, group: Cohort, looked_after: Session, name: str):
    """Two people of one name and different standpoints, each with a place and a certificate."""
    write_agreement(by=None, cohort=group, clauses=["Phones off."])
    seen = []
    for kind in ("uses_services", "practitioner"):
        person = add_person(by=None, study=group.study, name="Robin")
        describe_standpoint(by=None, person=person, kind=kind)
        enrol_person(by=None, cohort=group, person=person)
        complete_course(by=None, cohort=group, people=[person])
        keys = {"token": make_link(by=None, person=person, purpose="my_page")}
        if name == "my-preparation":
            keys["cohort"] = group.pk
        url = reverse(f"training:{name}", kwargs=keys)
        seen.append(IDS.sub("", plain(client.get(url), url)))
    assert seen[0] == seen[1]
