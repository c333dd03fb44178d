from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from alongside.exchange.models import Import, PeopleFile

PAGE = "/s/six-months-on/exchange/people/"


class Bringing:
    """Someone at the pages of bringing in a table, step by step."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def upload(self, content: bytes | str, name: str = "people.csv") -> HttpResponse:
        data = content.encode() if isinstance(content, str) else content
        return self.client.post(PAGE, {"file": SimpleUploadedFile(name, data)})

    @property
    def file(self) -> PeopleFile:
        return PeopleFile.objects.latest("at")

    def at(self, step: str) -> str:
        return f"{PAGE}{self.file.pk}/{step}/"

    def match(self, **columns: str) -> HttpResponse:
        """Take the columns as they were matched, except those that are named: `column_2="phone"`."""
        page = self.client.get(self.at("columns"))
        form = page.context["form"]
        data = {name: form[name].value() for name in form.fields}
        data |= {name.replace("_", "-"): field for name, field in columns.items()}
        return self.client.post(self.at("columns"), {**data, "sheet": page.context["sheet"]})

    def look(self) -> HttpResponse:
        return self.client.get(self.at("check"))

    def finish(self, **choices: str) -> HttpResponse:
        """Choose and bring in: `row_2="new"`, after a look at the page as it is."""
        return self.decide(self.look(), finish="yes", **choices)

    def decide(self, page: HttpResponse, **choices: str) -> HttpResponse:
        """Send what is chosen from `page`, which may have been shown a while ago."""
        looked = page.context["form"]["looked"].value()
        said = {name.replace("_", "-"): what for name, what in choices.items()}
        after = page.context["page"]
        said |= {"next": str(after.next_page_number())} if after.has_next() else {}
        return self.client.post(page.request["PATH_INFO"], {"looked": looked, **said})

    def whole_way(self, content: bytes | str, name: str = "people.csv") -> HttpResponse:
        self.upload(content, name)
        self.match()
        return self.finish()

    @property
    def brought(self) -> Import:
        return Import.objects.latest("at")


@pytest.fixture
def bringing() -> Callable[[Client], Bringing]:
    return Bringing


@pytest.fixture
def hannahs(as_hannah: Client) -> Bringing:
    return Bringing(as_hannah)
