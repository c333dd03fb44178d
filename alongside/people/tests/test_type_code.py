import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.models import User
from alongside.audit.models import Entry
from alongside.people.actions import make_link, revoke_links
from alongside.people.models import AccessGrant, Person
from alongside.people.tokens import ALPHABET, PASS_LASTS, code_digest, fresh_code, pass_for
from tests.permission_table import TABLE, Access
from tests.support.walking import ADDRESSES
from tests.support.world import World, one_of_everything, stored

CODE = "B7KM-42XW"
REFUSED = "This code does not open a page. Look at it once more, or ask for a new one."


@pytest.fixture
def coded(rowan: Person) -> AccessGrant:
    make_link(by=None, person=rowan, purpose=AccessGrant.MY_PAGE, code=CODE)
    return AccessGrant.objects.get()


def typed(code: str, client: Client | None = None):
    return (client or Client()).post("/me/", {"code": code})


def sentence(answer) -> tuple[int, str]:
    page = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return answer.status_code, page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("code", [CODE, "b7km42xw", " B7 KM-42 XW ", "b7km–42xw", "Ｂ７ＫＭ４２ＸＷ"])
def test_a_code_leads_to_the_page(code: str, coded: AccessGrant):
    """However it is written: big or small letters, with spaces, any dash or none, wide signs too."""
    answer = typed(code)
    assert answer.status_code == 302
    page = Client().get(answer.headers["Location"])
    assert "Hello Rowan" in page.content.decode()


def test_every_own_page_opens_from_there(coded: AccessGrant):
    """The address of whoever typed a code leads on as a link's own does."""
    my = typed(CODE).headers["Location"]
    assert f"{my}choices/" in Client().get(my).content.decode()
    assert Client().get(f"{my}choices/").status_code == 200


def test_only_a_keyed_hash_is_kept(coded: AccessGrant):
    """Neither the code nor a plain hash of it is stored."""
    assert coded.code_hash == code_digest(CODE)
    assert not [row for rows in stored().values() for row in rows if "B7KM" in row]


def test_wrong_unknown_ended_and_run_out_are_answered_alike(coded: AccessGrant, rowan: Person):
    """Nobody learns from the answer whether a code was ever good."""
    answers = {sentence(typed("BBBB-BBBB")), sentence(typed("so wrong")), sentence(typed("💙"))}
    AccessGrant.objects.update(expires=timezone.now() - timedelta(seconds=1))
    answers.add(sentence(typed(CODE)))
    AccessGrant.objects.update(expires=timezone.now() + timedelta(days=1))
    revoke_links(by=None, person=rowan)
    answers.add(sentence(typed(CODE)))
    assert len(answers) == 1
    [(status, words)] = answers
    assert status == 422
    assert REFUSED in words


def test_a_code_for_something_else_opens_no_page(rowan: Person):
    """A code to fetch a copy with is no way to the page."""
    make_link(by=None, person=rowan, purpose=AccessGrant.COPY, code=CODE)
    assert typed(CODE).status_code == 422


def test_nothing_typed_is_asked_for_again(db: None):
    """An empty field gets its own sentence."""
    assert "Type the code that you were given." in typed("").content.decode()


def test_what_was_typed_lasts_for_a_while(coded: AccessGrant, monkeypatch: pytest.MonkeyPatch):
    """The address in a shared computer's history leads nowhere two hours later; nor does an altered one."""
    my = typed(CODE).headers["Location"]
    assert Client().get(my.replace("/me/", "/me/9")).status_code == 404
    monkeypatch.setattr("alongside.people.tokens.PASS_LASTS", -PASS_LASTS)
    assert Client().get(my).status_code == 404


def test_what_was_typed_ends_with_its_link(coded: AccessGrant, rowan: Person):
    """A link that is taken back ends the addresses its code gave."""
    my = typed(CODE).headers["Location"]
    revoke_links(by=None, person=rowan)
    assert Client().get(my).status_code == 404
    assert Client().get(f"/me/{pass_for(987654)}/").status_code == 404


def test_guessing_is_slowed_down(coded: AccessGrant):
    """After ten wrong codes from one place in a minute, none is looked at there, right or wrong."""
    for _time in range(10):
        assert typed("BBBB-BBBB").status_code == 422
    assert typed("BBBB-BBBB").status_code == 429
    assert typed(CODE).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert typed(CODE, elsewhere).status_code == 302


def test_guessing_from_everywhere_is_slowed_down_too(coded: AccessGrant):
    """Sixty wrong codes in a minute from wherever are as many as are looked at."""
    for place in range(60):
        assert typed("BBBB-BBBB", Client(REMOTE_ADDR=f"192.0.2.{place}")).status_code == 422
    assert typed("BBBB-BBBB", Client(REMOTE_ADDR="192.0.2.99")).status_code == 429


def test_right_codes_are_not_counted(coded: AccessGrant):
    """A room full of people who open their pages from one address is no attack."""
    assert {typed(CODE).status_code for _time in range(12)} == {302}


def test_fresh_codes_are_easy_to_read(db: None):
    """Two halves of four from an alphabet without look-alikes, and no two the same."""
    codes = {fresh_code() for _time in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code) for code in codes)
    assert not set("01ILOU") & set(ALPHABET)
    assert len(ALPHABET) == 28


def test_the_letter_has_the_code_and_the_address(as_hannah: Client, rowan: Person):
    """What staff print says what the page is for, where to type what, and whom to ask."""
    page = as_hannah.post(f"/s/six-months-on/people/{rowan.pk}/link/").content.decode()
    letter = page.split("<article")[1].split("</article")[0]
    code = re.search(r'class="big code">([^<]+)<', letter)
    assert code
    assert "http://testserver/me/" in letter
    assert "You do not have to say why." in letter
    assert "Hannah Whitlock" in letter
    assert typed(code[1]).status_code == 302


def own_addresses(world: World) -> list[str]:
    own = [a for a in ADDRESSES if a.name in TABLE and TABLE[a.name].to is Access.OWN and a.is_by_link]
    return [address.of(world) for address in own]


@pytest.mark.parametrize(
    "agent", ["Slackbot-LinkExpanding 1.0", "Mozilla/5.0 (Microsoft Office SafeLinks)", "WhatsApp/2.24"]
)
def test_scanners_and_previews_change_nothing(
    agent: str,
    rowan: Person,
    rowan_as_participant,
    rowan_and_alison,
    alison_as_participant,
    hilary: User,
    study,
):
    """HEAD and GET of each of a person's own addresses, twice: no row is other than before, no entry is
    written, and the link opens as it did."""
    things = one_of_everything(study, rowan, rowan_as_participant, by=hilary, other=alison_as_participant)
    things["relationship"] = rowan_and_alison
    before, entries = stored(), Entry.objects.count()
    for address in [*own_addresses(things), "/me/"]:
        for _time in range(2):
            Client(HTTP_USER_AGENT=agent).head(address)
            Client(HTTP_USER_AGENT=agent).get(address)
    assert stored() == before
    assert Entry.objects.count() == entries
    assert Client().get(f"/me/{things['token']}/").status_code == 200


def test_own_pages_are_listed_and_kept_nowhere(rowan: Person, coded: AccessGrant):
    """No search engine, cache or other site's log gets hold of them."""
    my = typed(CODE)
    for answer in (my, Client().get(my.headers["Location"]), Client().get("/me/"), Client().get("/me/x/")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "same-origin"
