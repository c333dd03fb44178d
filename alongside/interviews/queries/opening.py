"""Which transcripts may be used for what: everything downstream asks these."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.accounts.models import Study, User
from alongside.interviews.models import Speaker, Transcript
from alongside.people.models import Participant, Purpose
from alongside.people.queries import barred_participants, permitting, undeclared

PARTICIPANT_PATHS = ("interview__participant", "speakers__participant")


def readable_transcripts(study: Study, user: User | AnonymousUser) -> QuerySet[Transcript]:
    """Transcripts that `user` may read: behind the firewall, of people who agree to their interview's use.

    One of which nobody has said yet whose words it holds opens only to whoever brought it in.
    """
    return _without(study, user, _kept_back(study, user))


def transcripts_open_to(study: Study, user: User | AnonymousUser) -> QuerySet[Transcript]:
    """Readable transcripts whose words `user` may see: they know nobody in them, they said."""
    # Asked in one: two questions one within the other take twice as long, each second for each open page.
    return _without(study, user, _kept_back(study, user) | undeclared(study, user))


def transcripts_unasked(study: Study, user: User | AnonymousUser, **holding: object) -> QuerySet[Transcript]:
    """Readable transcripts that wait for `user` to say whether they know who speaks in them."""
    waiting = readable_transcripts(study, user).filter(_with_any(undeclared(study, user)), **holding)
    return waiting.select_related("interview__participant").order_by("name").distinct()


def speaking_in(transcript: Transcript) -> list[Participant]:
    """Who takes part in the study and speaks in a transcript, or is interviewed in it."""
    theirs = Q(interviews__transcript=transcript) | Q(speakers__transcript=transcript)
    return list(Participant.objects.filter(theirs).distinct().order_by("code"))


def transcripts_permitting(study: Study, purpose: str) -> QuerySet[Transcript]:
    """Transcripts in which every participant agrees to `purpose`, and those that belong to no participant."""
    return _of_the_willing(study, purpose).exclude(_unclaimed(study))


def _kept_back(study: Study, user: User | AnonymousUser) -> QuerySet[Participant]:
    """Participants who don't agree to their interview's use, and those barred to `user`."""
    barred = Participant.objects.filter(pk__in=barred_participants(user))
    return _unwilling(study, Purpose.INTERVIEW) | barred


def _without(study: Study, user: User | AnonymousUser, kept: QuerySet[Participant]) -> QuerySet[Transcript]:
    """Transcripts with none of `kept` in them; unclaimed ones are for whoever brought them in."""
    claimed = Transcript.objects.filter(~_unclaimed(study) | Q(imported_by=user.pk), study=study)
    return claimed.exclude(_with_any(kept))


def _of_the_willing(study: Study, purpose: str) -> QuerySet[Transcript]:
    return Transcript.objects.filter(study=study).exclude(_with_any(_unwilling(study, purpose)))


def _unwilling(study: Study, purpose: str) -> QuerySet[Participant]:
    return Participant.objects.filter(study=study).exclude(pk__in=permitting(purpose))


def _with_any(participants: QuerySet[Participant]) -> Q:
    speaking = _speakers().filter(participant__in=participants)
    return Q(interview__participant__in=participants) | Q(Exists(speaking))


def _unclaimed(study: Study) -> Q:
    """In a study that has participants: a transcript that may hold someone's words, and nobody said whose."""
    return Q(
        Exists(Participant.objects.filter(study=study)),
        interview__participant__isnull=True,
        belongs_to_nobody=False,
    ) & ~Q(Exists(_speakers().filter(participant__isnull=False)))


def _speakers() -> QuerySet[Speaker]:
    """Of one transcript: a question about one transcript isn't to look at all the others' speakers."""
    return Speaker.objects.filter(transcript=OuterRef("pk"))


def is_unclaimed(transcript: Transcript) -> bool:
    return Transcript.objects.filter(_unclaimed(transcript.study), pk=transcript.pk).exists()
