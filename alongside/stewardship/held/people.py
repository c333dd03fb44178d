from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from alongside.audit.models import Entry
from alongside.people.models import (
    AccessGrant,
    Adjustment,
    AdjustmentReview,
    ConsentEvent,
    ContactPoint,
    Participant,
    Person,
    Purpose,
    StandingConsent,
    Standpoint,
    WorkingRelationship,
)
from alongside.people.queries import own_relationships
from alongside.stewardship.held.kinds import Kind, Value, Whose
from alongside.stewardship.models import ErasureRequest, IdentityRequest, Merge, Receipt
from alongside.stewardship.queries import identity_reads

Rows = Iterator[tuple[Value, ...]]
LINKS = {AccessGrant.MY_PAGE: _("My own page"), AccessGrant.COPY: _("My copy of everything")}


def _person(of: Whose) -> Rows:
    for person in of.everybody:
        account = person.user.email if person.user else ""
        yield (
            person.name,
            person.language_name,
            person.get_format_display(),
            person.time_zone,
            person.added,
            account,
        )


def _contact(of: Whose) -> Rows:
    for point in ContactPoint.objects.filter(person__in=of.everybody).order_by("pk"):
        yield point.get_kind_display(), point.value, point.preferred, point.since


def _merges(of: Whose) -> Rows:
    for merge in Merge.objects.filter(kept__in=of.everybody).order_by("at"):
        yield merge.at, merge.undone


def _adjustments(of: Whose) -> Rows:
    for each in Adjustment.objects.filter(person__in=of.everybody).order_by("recorded"):
        shared = each.get_share_with_display()
        yield each.need, each.get_about_display(), shared, each.asked, each.recorded, each.ended


def _asked_about_adjustments(of: Whose) -> Rows:
    for each in AdjustmentReview.objects.filter(person__in=of.everybody).order_by("on", "pk"):
        yield each.on, each.none_needed


def _standpoints(of: Whose) -> Rows:
    for each in Standpoint.objects.filter(person__in=of.everybody).order_by("since"):
        yield str(each), each.since, each.ended


def _relationships(of: Whose) -> Rows:
    """As the person's own page has them: nothing depends on what the other half said."""
    for own in own_relationships(of.person):
        yield own.other.name, own.relationship.started, own.confirmed


def _links(of: Whose) -> Rows:
    for grant in AccessGrant.objects.filter(person__in=of.everybody).order_by("made"):
        yield str(LINKS.get(grant.purpose, grant.purpose)), grant.made, grant.expires, grant.revoked


def _consents(of: Whose) -> Rows:
    events = ConsentEvent.objects.filter(person__in=of.everybody).select_related("text").order_by("at", "pk")
    for event in events:
        text = event.text
        yield (
            text.get_purpose_display(),
            event.get_decision_display(),
            event.at,
            text.version,
            text.language_name,
            text.wording,
            text.get_on_stop_display(),
            text.sha256,
        )


def _participant(of: Whose) -> Rows:
    if of.participant:
        yield of.participant.code, of.participant.pseudonym, of.participant.described_as


def _standing(of: Whose) -> Rows:
    for each in StandingConsent.objects.filter(participant=of.participant).order_by("since"):
        yield str(Purpose(each.purpose).label), each.since, each.kept


def _receipts(of: Whose) -> Rows:
    for receipt in Receipt.objects.filter(person__in=of.everybody).order_by("at"):
        yield receipt.at, receipt.names, receipt.lines


def _requests(of: Whose) -> Rows:
    for each in ErasureRequest.objects.filter(person__in=of.everybody).order_by("asked"):
        yield each.asked, each.due, each.get_state_display(), each.answered, each.reason


def _looked_up(of: Whose) -> Rows:
    for read in identity_reads(of.person):
        yield read.day, read.role, read.agreed_by_two


def _asked_for(of: Whose) -> Rows:
    """Without the reason, which is in free words and may tell of others."""
    for each in IdentityRequest.objects.filter(participant=of.participant).order_by("asked"):
        yield each.asked, each.outcome, each.closes


def _deeds(of: Whose) -> Rows:
    entries = Entry.objects.filter(chain=of.person.study_id, actor_kind="person")
    for entry in entries.filter(actor__in=[p.pk for p in of.everybody]).order_by("seq"):
        yield entry.at, entry.verb.replace("_", " "), entry.fields


PEOPLE = (
    Kind(
        "person",
        _("Who I am here"),
        (Person,),
        {
            "name": _("Name"),
            "language": _("Language"),
            "format": _("Format"),
            "time_zone": _("Time zone"),
            "added": _("Added on"),
            "account": _("Signs in as"),
        },
        _person,
    ),
    Kind(
        "contact",
        _("How to reach me"),
        (ContactPoint,),
        {"kind": _("How"), "value": _("Where"), "preferred": _("Rather this way"), "since": _("Since")},
        _contact,
    ),
    Kind(
        "adjustments",
        _("What makes it easier for me"),
        (Adjustment,),
        {
            "need": _("What"),
            "about": _("For"),
            "share_with": _("Who may know"),
            "asked": _("Asked on"),
            "recorded": _("Written down on"),
            "ended": _("Until"),
        },
        _adjustments,
    ),
    Kind(
        "asked_about_adjustments",
        _("When I was asked what makes it easier"),
        (AdjustmentReview,),
        {"on": _("On"), "none_needed": _("I needed nothing")},
        _asked_about_adjustments,
    ),
    Kind(
        "standpoints",
        _("How I describe myself"),
        (Standpoint,),
        {"words": _("In words"), "since": _("Since"), "ended": _("Until")},
        _standpoints,
    ),
    Kind(
        "relationships",
        _("Who I work with"),
        (WorkingRelationship,),
        {"with": _("With"), "since": _("Since"), "confirmed": _("I said that it is so")},
        _relationships,
    ),
    Kind(
        "links",
        _("Links and codes made for me"),
        (AccessGrant,),
        {"purpose": _("For"), "made": _("Made"), "expires": _("Works until"), "ended": _("Ended")},
        _links,
    ),
    Kind(
        "consents",
        _("What I said yes or no to, and the exact words"),
        (ConsentEvent,),
        {
            "purpose": _("About"),
            "decision": _("I said"),
            "at": _("On"),
            "version": _("Version of the words"),
            "language": _("Language"),
            "wording": _("The exact words"),
            "on_stop": _("If I stop"),
            "sha256": _("Fingerprint of the words"),
        },
        _consents,
    ),
    Kind(
        "participant",
        _("How research knows me"),
        (Participant,),
        {"code": _("Code"), "pseudonym": _("Name in its place"), "described_as": _("How I am described")},
        _participant,
    ),
    Kind(
        "standing",
        _("What may be used now"),
        (StandingConsent,),
        {
            "purpose": _("About"),
            "since": _("Since"),
            "kept": _("Stays although I stopped, as the words said"),
        },
        _standing,
    ),
    Kind(
        "receipts",
        _("What was done when I stopped something"),
        (Receipt,),
        {"at": _("On"), "stopped": _("What I stopped"), "done": _("What was done")},
        _receipts,
    ),
    Kind(
        "merges",
        _("When two records of me were made one"),
        (Merge,),
        {"at": _("On"), "undone": _("Undone on")},
        _merges,
    ),
    Kind(
        "requests",
        _("When I asked to be erased"),
        (ErasureRequest,),
        {
            "asked": _("Asked"),
            "due": _("Answer due"),
            "state": _("State"),
            "answered": _("Answered"),
            "reason": _("The answer"),
        },
        _requests,
    ),
    Kind(
        "looked_up",
        _("Who looked up who I am"),
        (),
        {"day": _("Day"), "role": _("As"), "agreed_by_two": _("Two people had to agree first")},
        _looked_up,
    ),
    Kind(
        "identity_requests",
        _("When someone asked to see who is behind my code"),
        (IdentityRequest,),
        {"asked": _("Asked"), "outcome": _("What became of it"), "closes": _("Open until")},
        _asked_for,
    ),
    Kind(
        "deeds",
        _("What I did on my own pages"),
        (),
        {"at": _("On"), "did": _("What"), "fields": _("What it touched")},
        _deeds,
    ),
)
