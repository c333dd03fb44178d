from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.analysis.actions import (
    apply_code,
    ask_to_read,
    choose_passage,
    finish_reading,
    start_theme,
)
from alongside.analysis.models import Code
from alongside.interviews.models import Transcript
from alongside.reporting.actions import draw_theme, start_report
from alongside.reporting.models import Quote, Report
from conftest import words_at

HERS = "I always said not so bad"


def test_a_finding_draws_and_counts_nothing_of_what_is_read_separately(
    as_dot: Client, study: Study, dot: User, hilary: User, waiting: Code, rowan_transcript: Transcript
):
    """For nobody: a finding is the team's, and it isn't the team's yet. When all are done, it is."""
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[hilary, dot], mode="apart")
    revision, start, end = words_at(rowan_transcript, HERS)
    apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end)
    theme = start_theme(by=hilary, study=study, name="Sitting", idea="Where.", codes=[waiting])
    choose_passage(by=hilary, theme=theme, revision=revision, start=start, end=end)
    report = start_report(by=hilary, study=study, title="Chairs", aim="To learn.")
    draw_theme(by=hilary, report=report, theme=theme)
    assert not Quote.objects.exists()
    Report.objects.update(shows_counts=True)
    address = reverse("reporting:finding", args=[study.slug, report.pk])
    shown = as_dot.get(address)
    assert (shown.context["finding"].counts, shown.context["finding"].stats.codings) == ([], 0)
    assert HERS not in shown.content.decode()
    for reader in (hilary, dot):
        finish_reading(by=reader, transcript=rowan_transcript)
    draw_theme(by=hilary, report=report, theme=theme)
    shown = as_dot.get(address)
    assert HERS in shown.content.decode()
    assert shown.context["finding"].stats.codings == 1
