from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import open_prospectus, write_prospectus
from alongside.training.models import Prospectus
from tests.support.walking import plain


def test_a_closed_one_is_like_one_that_never_was(as_hannah: Client, client: Client, study: Study):
    """To the byte what the address of a study that isn't there says, on paper too; its words are kept."""
    write_prospectus(by=None, study=study, asking_for_help="Ring us.")
    open_prospectus(by=None, study=study)
    assert as_hannah.post(reverse("training:close-prospectus", args=[study.slug])).status_code == 302
    for name in ("public-prospectus", "printed-prospectus"):
        here, nowhere = (reverse(f"training:{name}", args=[slug]) for slug in (study.slug, "nowhere"))
        closed = client.get(here)
        assert closed.status_code == 404
        assert plain(closed, here) == plain(client.get(nowhere), nowhere)
        assert "X-Robots-Tag" not in closed.headers
    assert Prospectus.objects.get().asking_for_help == "Ring us."


def test_a_facilitator_closes_none(as_carys: Client, study: Study):
    """Planning is not a facilitator's."""
    write_prospectus(by=None, study=study, asking_for_help="Ring us.")
    open_prospectus(by=None, study=study)
    assert as_carys.post(reverse("training:close-prospectus", args=[study.slug])).status_code == 404
    assert Prospectus.objects.get().is_open
