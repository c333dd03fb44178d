import pytest

from alongside.people.actions import make_link
from alongside.people.models import Person


@pytest.fixture
def my(rowan: Person) -> str:
    """The address of Rowan's own page."""
    return f"/me/{make_link(by=None, person=rowan, purpose='my_page')}/"
