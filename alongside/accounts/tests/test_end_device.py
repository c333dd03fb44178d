from django.test import Client

from alongside.accounts.models import Device, User
from alongside.audit.models import Entry
from tests.support.signing_in import BACKEND, signed_in

OWN = "/account/signing-in/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0"


def on(agent: str, user: User) -> Client:
    browser = Client(headers={"user-agent": agent})
    browser.force_login(user, backend=BACKEND)
    browser.get(OWN)
    return browser


def test_devices_are_listed_in_words(fern: User):
    """Browser and system, and which one this is; nothing of the network."""
    here = on(LAPTOP, fern)
    on(PHONE, fern)
    page = here.get(OWN).content.decode()
    assert "Edge on Windows" in page
    assert "Safari on iPhone" in page
    assert page.count("this one") == 1
    assert "127.0.0.1" not in page


def test_another_device_is_signed_out(fern: User):
    """The session ends there, stays here, and is on the record."""
    here, phone = on(LAPTOP, fern), on(PHONE, fern)
    lost = Device.objects.get(browser="Safari")
    answer = here.post(f"/account/devices/{lost.pk}/end/", follow=True)
    assert "Signed out: Safari on iPhone." in answer.content.decode()
    assert phone.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert Entry.objects.filter(verb="end_device", actor=fern.pk).count() == 1


def test_nobody_elses_device_is_there(as_hilary: Client, fern: User):
    """One signs out one's own devices alone."""
    phone = on(PHONE, fern)
    theirs = Device.objects.get(user=fern)
    assert as_hilary.post(f"/account/devices/{theirs.pk}/end/").status_code == 404
    assert phone.get("/account/").status_code == 200


def test_signing_out_everywhere_leaves_one(fern: User):
    """The list then holds this device alone."""
    here = on(LAPTOP, fern)
    on(PHONE, fern)
    here.post("/account/everywhere/")
    here.get(OWN)
    assert [device.browser for device in Device.objects.filter(user=fern)] == ["Edge"]


def test_a_signed_out_device_is_not_listed(fern: User):
    """What was signed out by itself is gone from the list."""
    here, phone = on(LAPTOP, fern), on(PHONE, fern)
    phone.post("/sign-out/")
    assert "iPhone" not in here.get(OWN).content.decode()


def test_being_seen_is_noted_now_and_then(fern: User, django_assert_num_queries):
    """A page within ten minutes of the last costs no write: session, user, need of a second step."""
    here = on(LAPTOP, fern)
    with django_assert_num_queries(3):
        here.get("/account/")


def test_it_takes_a_press(fern: User):
    """Following the address ends nothing."""
    here = on(LAPTOP, fern)
    assert here.get(f"/account/devices/{Device.objects.get().pk}/end/").status_code == 405


def test_a_browser_that_says_nothing_is_a_browser(fern: User):
    """Nothing is guessed."""
    assert "A browser" in on("", fern).get(OWN).content.decode()
    assert signed_in(fern).get(OWN).status_code == 200
