import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.web.templatetags.web import ROOMS


@pytest.mark.parametrize("part", ["summary", "todo"])
def test_each_room_is_asked_for_its_part(as_founder: Client, study: Study, part: str):
    """What is on the front page of each room's comes from the room, once the page is there."""
    page = as_founder.get(f"/s/{study.slug}/").content.decode()
    for room in ROOMS:
        assert f'hx-get="{reverse(f"{room.name}:{part}", args=[study.slug])}"' in page


@pytest.mark.parametrize("part", ["summary", "todo"])
@pytest.mark.parametrize("room", [room.name for room in ROOMS])
def test_each_part_answers(as_founder: Client, study: Study, room: str, part: str):
    """Every room gives a sentence about an empty study, and a list that may be empty."""
    answer = as_founder.get(reverse(f"{room}:{part}", args=[study.slug]))
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert part == "todo" or answer.content.strip()


def test_the_room_one_is_in_is_marked(as_founder: Client, study: Study):
    """The navigation says by aria-current where one is, in every room."""
    for room in ROOMS:
        address = reverse(room.page, args=[study.slug])
        page = as_founder.get(address).content.decode()
        rooms = page[page.index('id="chain"') : page.index("</nav>", page.index('id="chain"'))]
        assert rooms.count('aria-current="page"') == 1
        assert f'href="{address}" aria-current="page"' in rooms
