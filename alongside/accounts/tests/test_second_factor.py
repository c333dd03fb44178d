import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import ROLES_WITH_SECOND_FACTOR, Role
from alongside.accounts.queries import needs_second_factor
from alongside.audit.models import Entry
from tests.support.signing_in import code_in_the_mail, code_of_the_app, has_an_app, signed_in

OWN = "/account/signing-in/"
STUDY = "/s/six-months-on/"


def by_mail(user: User) -> tuple[Client, str]:
    """Signed in as far as the code from the mail goes, and where that leads."""
    client = Client()
    client.post("/sign-in/", {"email": user.email})
    answer = client.post("/sign-in/code/", {"code": code_in_the_mail()})
    return client, answer.headers["Location"]


def secret_of(client: Client) -> str:
    page = client.get(f"{OWN}app/").content.decode()
    [secret] = re.findall(r"<code>([A-Z2-7]{32})</code>", page)
    return secret


def test_every_role_that_sees_what_was_said_or_by_whom_needs_one():
    """And those that see neither don't."""
    assert set(Role) - set(ROLES_WITH_SECOND_FACTOR) == {Role.FACILITATOR, Role.READER}


def test_whoever_needs_one_is_led_to_set_it_up(hilary: User):
    """The study stays closed, and one sentence says why."""
    client = signed_in(hilary, second_step=False)
    answer = client.get(STUDY, follow=True)
    assert answer.redirect_chain == [(OWN, 302)]
    assert "One of your roles opens what people said, or who they are" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_and_opens_the_study(hilary: User):
    """The key as a picture and as text; the code that the app shows; recovery codes, once; then the study."""
    client = signed_in(hilary, second_step=False)
    secret = secret_of(client)
    answer = client.post(f"{OWN}app/", {"code": code_of_the_app(secret)})
    assert answer.headers["Location"] == f"{OWN}recovery-codes/"
    shown = client.get(f"{OWN}recovery-codes/").content.decode()
    assert len(set(re.findall(r"<code>(\d{8})</code>", shown))) == 10
    assert 'download="alongside-recovery-codes.txt"' in shown
    again = client.get(f"{OWN}recovery-codes/").content.decode()
    assert re.findall(r"\d{8}", again) == []
    assert client.get(STUDY).status_code == 200
    assert Entry.objects.filter(verb="add_second_factor", actor=hilary.pk).count() == 2


def test_a_wrong_code_sets_nothing_up(hilary: User):
    """The picture stays the same, the sentence says what to type, and nothing is kept."""
    client = signed_in(hilary, second_step=False)
    secret = secret_of(client)
    refused = client.post(f"{OWN}app/", {"code": "000000"}).content.decode()
    assert "That code does not fit" in refused
    assert secret in refused
    assert not Authenticator.objects.exists()


def test_secrets_are_encrypted_in_the_database(hilary: User):
    """Whoever reads the database alone can make no codes."""
    client = signed_in(hilary, second_step=False)
    secret = secret_of(client)
    client.post(f"{OWN}app/", {"code": code_of_the_app(secret)})
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_signing_in_asks_for_it_after_the_code(hilary: User):
    """The code from the mail alone signs nobody in who has a second step."""
    has_an_app(hilary)
    client, led_to = by_mail(hilary)
    assert led_to == "/sign-in/second/"
    assert "_auth_user_id" not in client.session
    assert client.get(STUDY).headers["Location"].startswith("/sign-in/?next=")
    assert client.post(led_to, {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(led_to, {"code": code_of_the_app()})
    assert client.get(STUDY).status_code == 200


def test_a_code_of_the_app_works_once(hilary: User):
    """Whoever looked over a shoulder can't type it again."""
    has_an_app(hilary)
    code = code_of_the_app()
    for signs_in in (True, False):
        client, led_to = by_mail(hilary)
        client.post(led_to, {"code": code})
        assert ("_auth_user_id" in client.session) == signs_in


def test_guesses_are_limited(hilary: User):
    """After five wrong ones within five minutes the right one is refused too."""
    has_an_app(hilary)
    client, led_to = by_mail(hilary)
    for _guess in range(5):
        client.post(led_to, {"code": "000000"})
    assert "Too many" in client.post(led_to, {"code": code_of_the_app()}).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_stands_in_once(hilary: User):
    """For the day on which the phone is lost."""
    client = signed_in(hilary)
    client.post(f"{OWN}recovery-codes/new/")
    code = re.findall(r"<code>(\d{8})</code>", client.get(f"{OWN}recovery-codes/").content.decode())[0]
    for signs_in in (True, False):
        other, led_to = by_mail(hilary)
        other.post(led_to, {"code": code})
        assert ("_auth_user_id" in other.session) == signs_in


def test_a_session_from_before_is_asked_for_it(hilary: User):
    """Whoever has one, in a session that never gave it, gives it and comes back to where they were going."""
    has_an_app(hilary)
    client = signed_in(hilary, second_step=False)
    asked = client.get(f"{STUDY}interviews/").headers["Location"]
    assert asked == f"{OWN}confirm/?next=%2Fs%2Fsix-months-on%2Finterviews%2F"
    there = {"code": code_of_the_app(), "next": f"{STUDY}interviews/"}
    assert client.post(f"{OWN}confirm/", there).headers["Location"] == f"{STUDY}interviews/"
    assert client.get(f"{STUDY}interviews/").status_code == 200


def test_a_fragment_sends_the_whole_page(hilary: User):
    """What htmx asks for would otherwise put one page inside another."""
    client = signed_in(hilary, second_step=False)
    answer = client.get(f"{STUDY}analysis/summary", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == OWN


def test_who_needs_none_is_not_asked(as_carys: Client, carys: User, fern: User):
    """A facilitator's and a reader's code from the mail is enough."""
    for user in (carys, fern):
        assert not needs_second_factor(user)
        assert signed_in(user, second_step=False).get(STUDY).status_code == 200


def test_the_demonstration_asks_nobody(hilary: User, settings):
    """What it shows is public or invented."""
    settings.DEMONSTRATION = True
    assert signed_in(hilary, second_step=False).get(STUDY).status_code == 200


def test_the_last_one_stays_while_a_role_needs_it(hilary: User):
    """One sentence says why; whoever needs none may take it away."""
    client = signed_in(hilary)
    refused = client.post(f"{OWN}app/remove/").content.decode()
    assert "this is the only one" in refused
    assert Authenticator.objects.filter(user=hilary, type="totp").exists()
    hilary.memberships.all().delete()
    client.post(f"{OWN}app/remove/")
    assert not Authenticator.objects.filter(user=hilary).exists()
    assert Entry.objects.filter(verb="remove_second_factor", actor=hilary.pk).exists()


def test_the_last_passkey_stays_too(hilary: User):
    """By its own address as well."""
    client = signed_in(hilary)
    Authenticator.objects.filter(user=hilary).delete()
    passkey = Authenticator.objects.create(user=hilary, type="webauthn", data={"name": "My phone"})
    answer = client.post(f"{OWN}passkeys/{passkey.pk}/remove/", follow=True)
    assert "this is the only one" in answer.content.decode()
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_nobody_elses_passkey_is_there(as_hilary: Client, dot: User):
    """To anyone but its owner the address does not exist."""
    passkey = Authenticator.objects.create(user=dot, type="webauthn", data={"name": "My phone"})
    assert as_hilary.get(f"{OWN}passkeys/{passkey.pk}/remove/").status_code == 404


@pytest.mark.usefixtures("study")
def test_another_one_is_added_only_after_confirming(hilary: User, settings):
    """Whoever sits down at an open browser can't add a key of their own."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    client = signed_in(hilary)
    for address in (f"{OWN}passkeys/add/", f"{OWN}recovery-codes/new/", f"{OWN}app/remove/"):
        assert client.get(address).headers["Location"].startswith(f"{OWN}confirm/")


def test_visitors_are_asked_to_sign_in_first(study: Study):
    """The page and what it leads to are nobody's without an account."""
    for address in (OWN, f"{OWN}app/", f"{OWN}confirm/", f"{OWN}recovery-codes/"):
        assert Client().get(address).headers["Location"].startswith("/sign-in/")
