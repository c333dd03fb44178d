from collections.abc import Iterator
from http import HTTPStatus
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from tests.support.identity_provider import Provider
from tests.support.signing_in import code_of_the_app, has_an_app

STUDY, SIGN_IN = "/s/six-months-on/", "/sign-in/"
REFUSED = "That did not sign you in."


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    """A provider that runs on this machine, and the installation set up for it."""
    made = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = made.settings
    yield made
    made.stop()


class NoFollowing(HTTPRedirectHandler):
    def http_error_302(self, _request, answer, *_given):
        return answer


def sign_in(provider: Provider, client: Client | None = None, **claims: object) -> tuple[Client, str]:
    """To the provider and back; where that leads."""
    provider.claims = {"sub": "u-1", "email_verified": True} | claims
    client = client or Client()
    sent = client.get("/sign-in/with/oidc/")
    assert sent.status_code == HTTPStatus.FOUND
    assert sent.headers["Location"].startswith(f"{provider.address}/authorize?")
    back = build_opener(NoFollowing).open(sent.headers["Location"]).headers["Location"]
    answer = client.get(back.removeprefix("http://testserver"))
    return client, answer.headers["Location"]


def test_an_invited_address_signs_in(provider: Provider, carys: User, study: Study):
    """By the address that the provider has verified, in whatever letters."""
    client, _led_to = sign_in(provider, email="Carys@Example.org")
    assert client.session["_auth_user_id"] == str(carys.pk)
    assert client.get(STUDY).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org"},
        {"email": "carys@example.org", "email_verified": False},
        {"email": "carys@example.org", "email_verified": "false"},
        {},
    ],
    ids=["unknown", "unverified", "said in words", "no address"],
)
def test_nobody_else_gets_in(provider: Provider, carys: User, study: Study, claims: dict):
    """One and the same sentence; no account is made."""
    before = User.objects.count()
    client, led_to = sign_in(provider, **claims)
    assert led_to == SIGN_IN
    assert REFUSED in client.get(led_to).content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == before


def test_whoever_was_taken_out_of_every_study_does_not_get_in(provider: Provider, carys: User, study: Study):
    """An account alone is no invitation."""
    carys.memberships.all().delete()
    client, led_to = sign_in(provider, email=carys.email)
    assert led_to == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_the_second_step_stays(provider: Provider, hilary: User, study: Study):
    """Whoever has one gives it; whoever needs one sets it up."""
    client, led_to = sign_in(provider, email=hilary.email)
    assert client.get(STUDY).headers["Location"] == "/account/signing-in/"
    has_an_app(hilary)
    client, led_to = sign_in(provider, email=hilary.email)
    assert led_to == "/sign-in/second/"
    assert "_auth_user_id" not in client.session
    client.post(led_to, {"code": code_of_the_app()})
    assert client.get(STUDY).status_code == 200


def test_a_provider_that_insists_on_one_stands_for_ours(
    provider: Provider, hilary: User, study: Study, settings
):
    """If the deployer says so."""
    settings.SSO_SECOND_FACTOR = True
    client, _led_to = sign_in(provider, email=hilary.email)
    assert client.get(STUDY).status_code == 200


def test_an_answer_that_nobody_asked_for_is_refused(provider: Provider, carys: User, study: Study):
    """Made-up answers of a provider lead back to signing in."""
    client = Client()
    for back in ("?code=a-code&state=made-up", "?error=access_denied", ""):
        assert client.get(f"/sign-in/with/oidc/back/{back}").headers["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_an_account_of_the_provider_is_joined_to_nobody(provider: Provider, as_carys: Client, study: Study):
    """Asking to connect instead of to sign in does nothing."""
    provider.claims = {"sub": "u-2", "email": "else@example.org", "email_verified": True}
    sent = as_carys.get("/sign-in/with/oidc/?process=connect")
    back = build_opener(NoFollowing).open(sent.headers["Location"]).headers["Location"]
    assert as_carys.get(back.removeprefix("http://testserver")).headers["Location"] == SIGN_IN


def test_it_is_offered_only_where_it_is_set_up(db: None, provider: Provider, settings):
    """By the name that the deployer gave it; elsewhere its addresses do not exist."""
    assert "Sign in with Merebank" in Client().get(SIGN_IN).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "organisation" not in Client().get(SIGN_IN).content.decode()
    assert Client().get("/sign-in/with/oidc/").status_code == 404
