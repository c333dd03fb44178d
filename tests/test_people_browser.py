"""The people room and a person's own pages in a real browser."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from alongside.accounts.models import Study, User
from alongside.people.actions import (
    confirm_relationship,
    make_link,
    publish_consent_text,
    record_adjustment,
    record_relationship,
)
from alongside.people.models import ConsentText, Participant, Person, WorkingRelationship
from alongside.people.queries import permits
from alongside.stewardship.withdrawal import stop
from alongside.training.tests.conftest import *  # noqa: F403

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
