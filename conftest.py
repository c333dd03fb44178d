"""The cast, by name, and a signed-in client for each. The same people stand in every test."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import hypothesis
import pytest
from django.test import Client

from alongside.accounts.actions import give_role, invite_user, open_study
from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Role
from alongside.accounts.posting import wait_until_posted
from alongside.analysis.actions import add_code, apply_code, choose_passage, start_theme
from alongside.analysis.models import Code, Coding, Theme
from alongside.audit.actions import record, record_all
from alongside.interviews.actions import book_interview, hold_interview, import_transcript
from alongside.interviews.models import Revision, Transcript
from alongside.people.actions import (
    add_person,
    describe_standpoint,
    link_user,
    make_participant,
    record_relationship,
)
from alongside.people.models import (
    ConsentEvent,
    ConsentText,
    Participant,
    Person,
    Purpose,
    WorkingRelationship,
)
from alongside.reporting.actions import draw_theme, start_report
from alongside.reporting.models import Report
from tests.support.asked import known_to_nobody, knows_nobody
from tests.support.signing_in import signed_in

# A busy machine is no fault of what is tested.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture
def study(db: None) -> Study:
    return open_study(by=None, name="Six months on", slug="six-months-on", place="Merebank Recovery College")


@pytest.fixture
def other_study(db: None) -> Study:
    return open_study(by=None, name="Elsewhere", slug="elsewhere")


def member(study: Study, name: str, *roles: Role) -> User:
    user = invite_user(by=None, email=f"{name.split(maxsplit=1)[0].lower()}@example.org", name=name)
    for role in roles:
        give_role(by=None, study=study, user=user, role=role)
    knows_nobody(user, study)
    return user


@pytest.fixture
def hannah(study: Study) -> User:
    """Coordinates the study."""
    return member(study, "Hannah Whitlock", Role.COORDINATOR)


@pytest.fixture
def carys(study: Study) -> User:
    """Facilitates sessions; a peer trainer."""
    return member(study, "Carys Bowen", Role.FACILITATOR)


@pytest.fixture
def josef(study: Study) -> User:
    """Interviews."""
    return member(study, "Josef Novak", Role.INTERVIEWER)


@pytest.fixture
def hilary(study: Study) -> User:
    """Researcher who codes."""
    return member(study, "Hilary Banks", Role.ANALYST)


@pytest.fixture
def dot(study: Study) -> User:
    """Co-researcher with lived experience who codes."""
    return member(study, "Dot Ellison", Role.CO_RESEARCHER)


@pytest.fixture
def sunita(study: Study) -> User:
    """Keeps the study's data."""
    return member(study, "Sunita Rao", Role.DATA_STEWARD)


@pytest.fixture
def fern(study: Study) -> User:
    """Reads what the study finds."""
    return member(study, "Fern Adeyemi", Role.READER)


@pytest.fixture
def founder(study: Study) -> User:
    """Runs a study alone, in every role."""
    return member(study, "Nell Archer", *Role)


@pytest.fixture
def stranger(other_study: Study) -> User:
    """Has every role, in another study."""
    return member(other_study, "Stan Grey", *Role)


@pytest.fixture
def consent_texts(study: Study) -> dict[str, ConsentText]:
    """Words for every purpose, as publishing them leaves them; nearly every test begins with them."""
    words = {purpose: f"I agree: {purpose.label}." for purpose in Purpose}
    texts: dict[str, ConsentText] = {
        purpose: ConsentText(
            study=study,
            purpose=purpose,
            version=1,
            wording=wording,
            on_stop="erase",
            sha256=ConsentText.hash_of(wording),
        )
        for purpose, wording in words.items()
    }
    ConsentText.objects.bulk_create(texts.values())
    for text in texts.values():
        record(by=None, verb="publish_consent_text", on=text, fields=["wording", *text.seals()])
    return texts


def agree_to_all(person: Person, texts: dict[str, ConsentText]) -> None:
    """What saying yes to each leaves, of someone who is no participant yet."""
    at = datetime(2026, 4, 2, 12, tzinfo=UTC)
    said = [ConsentEvent(person=person, text=text, decision="granted", at=at) for text in texts.values()]
    ConsentEvent.objects.bulk_create(said)
    record_all(by=None, verb="record_consent", on=said, study=person.study_id, fields=["decision"])


def learner(study: Study, name: str, standpoint: str) -> Person:
    person = add_person(by=None, study=study, name=name, email=f"{name.lower()}@example.org")
    describe_standpoint(by=None, person=person, kind=standpoint, since=date(2026, 4, 1))
    return person


@pytest.fixture
def rowan(study: Study, consent_texts: dict[str, ConsentText]) -> Person:
    """Uses services; works with Alison; agrees to everything."""
    person = learner(study, "Rowan", "uses_services")
    agree_to_all(person, consent_texts)
    return person


@pytest.fixture
def alison(study: Study, consent_texts: dict[str, ConsentText]) -> Person:
    """A practitioner; works with Rowan; agrees to everything; has no account."""
    person = learner(study, "Alison", "practitioner")
    agree_to_all(person, consent_texts)
    return person


@pytest.fixture
def wren(study: Study, consent_texts: dict[str, ConsentText]) -> Person:
    """Uses services; works with Priya; agrees to everything."""
    person = learner(study, "Wren", "uses_services")
    agree_to_all(person, consent_texts)
    return person


@pytest.fixture
def rowan_as_participant(rowan: Person) -> Participant:
    return make_participant(
        by=None, person=rowan, code="P01", pseudonym="Rowan", described_as="Uses services"
    )


@pytest.fixture
def alison_as_participant(alison: Person) -> Participant:
    return make_participant(
        by=None, person=alison, code="P02", pseudonym="Alison", described_as="Practitioner"
    )


@pytest.fixture
def wren_as_participant(wren: Person) -> Participant:
    return make_participant(by=None, person=wren, code="P03", pseudonym="Wren", described_as="Uses services")


@pytest.fixture
def rowan_and_alison(rowan: Person, alison: Person) -> WorkingRelationship:
    return record_relationship(by=None, one=rowan, other=alison, started=date(2022, 5, 1))


@pytest.fixture
def priya(study: Study, wren: Person, wren_as_participant: Participant) -> User:
    """A practitioner-researcher in every role that sees research, who works with Wren."""
    user = member(study, "Priya Nair", Role.ANALYST, Role.INTERVIEWER, Role.COORDINATOR, Role.DATA_STEWARD)
    herself = add_person(by=None, study=study, name="Priya Nair")
    describe_standpoint(by=None, person=herself, kind="practitioner")
    record_relationship(by=None, one=herself, other=wren, started=date(2024, 1, 1))
    link_user(by=None, person=herself, user=user)
    return user


@pytest.fixture(autouse=True)
def everything_is_posted() -> Iterator[None]:
    """Mail is posted beside the requests; none may arrive in the next test."""
    yield
    wait_until_posted()


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """Signs someone in with a code and a second step, given just now; or with the code alone."""
    return signed_in


def _client_fixture(name: str) -> Callable[..., Client]:
    @pytest.fixture(name=f"as_{name}")
    def client(request: pytest.FixtureRequest, sign_in: Callable[[User], Client]) -> Client:
        return sign_in(request.getfixturevalue(name))

    return client


as_hannah = _client_fixture("hannah")
as_carys = _client_fixture("carys")
as_josef = _client_fixture("josef")
as_hilary = _client_fixture("hilary")
as_dot = _client_fixture("dot")
as_sunita = _client_fixture("sunita")
as_fern = _client_fixture("fern")
as_founder = _client_fixture("founder")
as_priya = _client_fixture("priya")
as_stranger = _client_fixture("stranger")


def _vtt(person: str, *said: tuple[str, str]) -> bytes:
    cues = [
        f"00:00:{place * 5:02}.000 --> 00:00:{place * 5 + 4:02}.500\n<v {speaker}>{words}</v>\n"
        for place, (speaker, words) in enumerate(said)
    ]
    return "\n".join(["WEBVTT\n", f"NOTE Invented. {person}, with Josef.\n", *cues]).encode()


def _interviewed(
    study: Study, josef: User, participant: Participant, at: datetime, *said: tuple[str, str]
) -> Transcript:
    interview = book_interview(
        by=None,
        study=study,
        participant=participant,
        interviewer=josef,
        starts=at,
        ends=at + timedelta(minutes=90),
    )
    hold_interview(by=None, interview=interview)
    known_to_nobody(participant)
    return import_transcript(
        by=None,
        study=study,
        name=f"{participant.pseudonym.lower()}.vtt",
        data=_vtt(participant.pseudonym, *said),
        interview=interview,
        asks=["Josef"],
    )


@pytest.fixture
def rowan_transcript(study: Study, josef: User, rowan_as_participant: Participant) -> Transcript:
    """Seven turns of Rowan's interview, imported from VTT, with an emoji and a combining accent."""
    return _interviewed(
        study,
        josef,
        rowan_as_participant,
        datetime(2026, 11, 3, 10, 30, tzinfo=UTC),
        ("Josef", "Tell me how the two of you worked together before the training."),
        ("Rowan", "She had the chair with the arms and I had the one without. Nobody decided that."),
        ("Josef", "What did you say when she asked how you were?"),
        ("Rowan", "Not so bad. I always said not so bad 🙂 and she wrote it down."),
        ("Josef", "And now?"),
        (
            "Rowan",
            "Now we go to the cafe\u0301. She asks what I think she should do. That took getting used to.",
        ),
        ("Rowan", "I am not a visitor in my own life any more."),
    )


@pytest.fixture
def wren_transcript(study: Study, josef: User, wren_as_participant: Participant) -> Transcript:
    """Six turns of Wren's interview, imported from VTT. Priya works with Wren and may see none of it."""
    return _interviewed(
        study,
        josef,
        wren_as_participant,
        datetime(2026, 11, 4, 14, 0, tzinfo=UTC),
        ("Josef", "Is there a moment from the sessions that has stayed with you?"),
        ("Wren", "When Carys told her own story. The room went quiet, a good quiet."),
        ("Josef", "What did it do, hearing that?"),
        ("Wren", "I stopped sitting by the door 🚪 after that."),
        ("Josef", "What has stayed the same?"),
        ("Wren", "The forms. And people leaving, one after another."),
    )


@pytest.fixture
def waiting(hilary: User, study: Study) -> Code:
    """A code of Hilary's codebook."""
    return add_code(by=hilary, study=study, name="Asking, then waiting", definition="A gap is left.")


def words_at(transcript: Transcript, words: str) -> tuple[Revision, int, int]:
    """Where `words` stand in the current text of `transcript`."""
    revision = transcript.revisions.get(is_current=True)
    start = revision.text.index(words)
    return revision, start, start + len(words)


@pytest.fixture
def visitor(hilary: User, rowan_transcript: Transcript, waiting: Code) -> Coding:
    """Hilary's coding of what Rowan said last."""
    revision, start, end = words_at(rowan_transcript, "I am not a visitor")
    return apply_code(by=hilary, revision=revision, code=waiting, start=start, end=end)


@pytest.fixture
def theme(hilary: User, study: Study, waiting: Code, visitor: Coding) -> Theme:
    """A theme that rests on the code, with Rowan's words chosen."""
    made = start_theme(by=hilary, study=study, name="A gap that size", idea="Waiting.", codes=[waiting])
    choose_passage(by=hilary, theme=made, revision=visitor.revision, start=visitor.start, end=visitor.end)
    return made


@pytest.fixture
def report(hilary: User, study: Study, theme: Theme) -> Report:
    """A draft finding with the theme drawn in."""
    made = start_report(by=hilary, study=study, title="Nothing to pay back", aim="To learn what changed.")
    draw_theme(by=hilary, report=made, theme=theme)
    return made
