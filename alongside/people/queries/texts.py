from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.audit.models import Entry
from alongside.people.models import ConsentText, Purpose
from alongside.people.queries.firewall import working_with


def consent_text_for(study: Study, pk: UUID) -> ConsentText:
    text = ConsentText.objects.filter(study=study, pk=pk).first()
    if text is None:
        raise Http404(NOT_HERE)
    return text


def current_texts(study: Study, language: str = settings.LANGUAGE_CODE) -> list[ConsentText]:
    """The newest version of each purpose's text, in the order in which purposes are asked.

    In `language` where there are words in it, else in the language of the installation.
    """
    newest: dict[tuple[str, str], ConsentText] = {}
    texts = ConsentText.objects.filter(study=study, language__in={language, settings.LANGUAGE_CODE})
    for text in texts.order_by("version"):
        newest[text.purpose, text.language] = text
    found = (
        newest.get((purpose, language)) or newest.get((purpose, settings.LANGUAGE_CODE))
        for purpose in Purpose.values
    )
    return [text for text in found if text is not None]


def current_text(study: Study, purpose: str, language: str = settings.LANGUAGE_CODE) -> ConsentText | None:
    return next((text for text in current_texts(study, language) if text.purpose == purpose), None)


def versions(text: ConsentText) -> QuerySet[ConsentText]:
    """Every version of the words for the same purpose in the same language, newest first."""
    same = ConsentText.objects.filter(study=text.study_id, purpose=text.purpose, language=text.language)
    return same.order_by("-version")


def consent_texts(study: Study, user: User | AnonymousUser) -> list[list[ConsentText]]:
    """Every version, newest first, a list for each purpose and language.

    Each with `deciders`, how many people decided in these words; of those whom `user` works with none is
    counted, whatever they decided.
    """
    order = {purpose: place for place, purpose in enumerate(Purpose.values)}
    others = ~Q(events__person__in=working_with(user, study))
    counted = Count("events__person", filter=others, distinct=True)
    texts = sorted(
        ConsentText.objects.filter(study=study).annotate(deciders=counted),
        key=lambda text: (order[text.purpose], text.language, -text.version),
    )
    return [list(versions) for _key, versions in groupby(texts, key=lambda t: (t.purpose, t.language))]


def altered_texts() -> Iterator[ConsentText]:
    """Consent texts that aren't what was published: against their hash, and against the audit's."""
    entries = Entry.objects.filter(verb="publish_consent_text").values_list("object", "fields")
    published = {object: set(fields) for object, fields in entries}
    for text in ConsentText.objects.order_by("study", "purpose", "language", "version"):
        if not text.has_its_hash or not text.seals() <= published.get(str(text.pk), set()):
            yield text
