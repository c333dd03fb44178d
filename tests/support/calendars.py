"""A calendar as another library reads it."""

from typing import Any

import vobject
from django.test import Client
from django.urls import reverse

from alongside.training.addresses import feed_address
from alongside.training.models import CalendarFeed, Session


def feed_url(feed: CalendarFeed) -> str:
    return reverse("training:calendar-feed", args=[feed_address(feed.pk)])


def events(client: Client, url: str) -> dict[str, Any]:
    """What `vobject` reads, by title of the session, which it finds by the UID."""
    answer = client.get(url)
    assert answer.status_code == 200
    read = vobject.readOne(answer.content.decode())
    titles = {str(session.pk): session.title for session in Session.objects.all()}
    return {titles[event.uid.value]: event for event in getattr(read, "vevent_list", [])}
