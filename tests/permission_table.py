"""Who may open what: every address of the site, a dictionary a room. An address that is missing here fails.

A rule is a permission, a kind of access, or `Rule(...)` where there is more to say.
"""

from dataclasses import dataclass, field
from enum import Enum

from alongside.accounts.permissions import Permission as P


class Access(Enum):
    PUBLIC = "anyone, signed in or not"
    SIGNED_IN = "whoever is signed in"
    MEMBER = "whoever has a role in the study"
    OWN = "the person whose page it is: by their personal link, or by signing in as them"
    DEMONSTRATION = "anyone, while the demonstration is served; else nobody"
    SINGLE_SIGN_ON = "anyone, where single sign-on is set up; else nobody"
    OWN_STEPS = "whoever is signed in, for the second step that they have set up"


@dataclass(frozen=True)
class Rule:
    to: P | Access
    # Closed to whoever works or worked with the person it is about.
    kept: bool = False
    # Open only to whoever signs in as a person of the study, and then to that person's own thing alone.
    as_person: bool = False
    own_thing: bool = False
    # Open to the one member alone who began it; none of those who walk did.
    begun: bool = False
    # What stands in the address for a word that is no noun of the world; and another noun for one that is.
    words: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)


# Nouns whose addresses are always closed to whoever works with the person behind them.
BEHIND_THE_FIREWALL = {
    "interview",
    "transcript",
    "speaker",
    "coding",
    "passage",
    "quote",
    "instance",
    "response",
    "member",
    "enrolment",
}


def kept(to: P, **words: str) -> Rule:
    return Rule(to, kept=True, words=words)


WEB = {
    "web:patterns": Access.PUBLIC,
    "web:help": Access.PUBLIC,
    "web:accessibility": Access.PUBLIC,
    "web:privacy": Access.PUBLIC,
    "web:choose-scheme": Access.PUBLIC,
    "web:healthz": Access.PUBLIC,
    "account_request_login_code": Access.PUBLIC,
    "account_confirm_login_code": Access.PUBLIC,
    "account_login": Access.PUBLIC,
    "account_logout": Access.PUBLIC,
    "mfa_authenticate": Access.PUBLIC,
    "mfa_login_webauthn": Access.PUBLIC,
    "openid_connect_login": Rule(Access.SINGLE_SIGN_ON, words={"provider_id": "oidc"}),
    "openid_connect_callback": Rule(Access.SINGLE_SIGN_ON, words={"provider_id": "oidc"}),
    "mfa_index": Access.SIGNED_IN,
    "mfa_list_webauthn": Access.SIGNED_IN,
    "mfa_reauthenticate": Access.OWN_STEPS,
    "mfa_reauthenticate_webauthn": Access.OWN_STEPS,
    "mfa_activate_totp": Access.OWN_STEPS,
    "mfa_deactivate_totp": Access.OWN_STEPS,
    "mfa_add_webauthn": Access.OWN_STEPS,
    "mfa_remove_webauthn": Rule(Access.OWN_STEPS, words={"pk": "1"}),
    "mfa_view_recovery_codes": Access.OWN_STEPS,
    "mfa_generate_recovery_codes": Access.OWN_STEPS,
}

ACCOUNTS = {
    "accounts:home": Access.PUBLIC,
    "accounts:studies": Access.SIGNED_IN,
    "accounts:found-study": P.MANAGE_STUDY,
    "accounts:account": Access.SIGNED_IN,
    "accounts:sign-out-everywhere": Access.SIGNED_IN,
    "accounts:end-device": Rule(Access.OWN_STEPS, words={"device": "1"}),
    "accounts:study": Access.MEMBER,
    "accounts:members": P.MANAGE_STUDY,
    "accounts:take-role": P.MANAGE_STUDY,
    "accounts:resend-invitation": P.MANAGE_STUDY,
    "accounts:revoke-invitation": P.MANAGE_STUDY,
}

PEOPLE = {
    "people:accept-invitation": Access.PUBLIC,
    "people:people": P.SEE_PEOPLE,
    "people:summary": P.SEE_PEOPLE,
    "people:todo": P.SEE_PEOPLE,
    "people:add-person": P.KEEP_PEOPLE,
    "people:person": P.SEE_PEOPLE,
    "people:describe-standpoint": P.KEEP_PEOPLE,
    "people:change-person": P.KEEP_PEOPLE,
    "people:end-standpoint": P.KEEP_PEOPLE,
    "people:add-contact": kept(P.KEEP_PEOPLE),
    "people:change-contact": kept(P.KEEP_PEOPLE),
    "people:remove-contact": kept(P.KEEP_PEOPLE),
    "people:prefer-contact": kept(P.KEEP_PEOPLE),
    "people:record-adjustment": P.KEEP_PEOPLE,
    "people:review-adjustments": P.KEEP_PEOPLE,
    "people:share-adjustment": P.KEEP_PEOPLE,
    "people:end-adjustment": P.KEEP_PEOPLE,
    "people:correct-relationship": P.KEEP_PEOPLE,
    "people:link-user": kept(P.KEEP_PEOPLE),
    "people:relationships": P.SEE_PEOPLE,
    "people:record-relationship": P.KEEP_PEOPLE,
    "people:confirm-relationship": P.KEEP_PEOPLE,
    "people:end-relationship": P.KEEP_PEOPLE,
    "people:consent-texts": P.SEE_PEOPLE,
    "people:publish-consent-text": P.MANAGE_STUDY,
    "people:record-consent": kept(P.RECORD_CONSENT, purpose="interview"),
    "people:make-participant": kept(P.SEE_IDENTITY),
    "people:make-link": kept(P.RECORD_CONSENT),
    "people:revoke-links": kept(P.RECORD_CONSENT),
    "people:type-code": Access.PUBLIC,
    "people:my-page": Access.OWN,
    "people:me": Access.OWN,
    "people:my-decision": Rule(Access.OWN, words={"purpose": "interview"}),
    "people:my-contact": Access.OWN,
    "people:my-relationships": Access.OWN,
    "people:my-confirmation": Access.OWN,
    "people:my-denial": Access.OWN,
    "people:my-history": Access.OWN,
    "people:my-choices": Access.OWN,
    "people:my-different": Access.OWN,
    "people:my-adjustment-ends": Access.OWN,
    "people:my-less": Access.OWN,
}

TRAINING = {
    "training:training": P.SEE_TRAINING,
    "training:summary": P.SEE_TRAINING,
    "training:todo": P.SEE_TRAINING,
    "training:create-programme": P.PLAN_TRAINING,
    "training:open-cohort": P.PLAN_TRAINING,
    "training:cohort": P.SEE_TRAINING,
    "training:register": P.SEE_TRAINING,
    "training:enrol": P.PLAN_TRAINING,
    "training:offer-pair": P.PLAN_TRAINING,
    "training:answer-offer": kept(P.PLAN_TRAINING),
    "training:leave-cohort": kept(P.PLAN_TRAINING),
    "training:plan-session": P.PLAN_TRAINING,
    "training:session": P.SEE_TRAINING,
    "training:change-session": P.PLAN_TRAINING,
    "training:cancel-session": P.PLAN_TRAINING,
    "training:publish-session": P.PLAN_TRAINING,
    "training:mark-attendance": P.RUN_TRAINING,
    "training:checklist": P.RUN_TRAINING,
    "training:meet-adjustment": P.RUN_TRAINING,
    "training:leave-unmet": P.RUN_TRAINING,
    "training:appoint-facilitator": P.PLAN_TRAINING,
    "training:stand-down": P.PLAN_TRAINING,
    "training:book-preparation-and-debrief": P.RUN_TRAINING,
    "training:plan-disclosure": Rule(P.SEE_TRAINING, own_thing=True),
    "training:agreement": P.SEE_TRAINING,
    "training:write-agreement": P.RUN_TRAINING,
    "training:preparations": P.RUN_TRAINING,
    "training:prepare-person": kept(P.RUN_TRAINING),
    "training:decisions": P.SEE_TRAINING,
    "training:log-decision": P.RUN_TRAINING,
    "training:stories": P.SEE_TRAINING,
    "training:share-narrative": Rule(P.SEE_TRAINING, as_person=True),
    "training:retire-narrative": Rule(P.SEE_TRAINING, own_thing=True),
    "training:my-sessions": Access.OWN,
    "training:my-answer": Access.OWN,
    "training:my-offer": Access.OWN,
    "training:my-agreement": Access.OWN,
}

FOLLOWUP = {
    "followup:followup": P.SEE_FOLLOWUP,
    "followup:summary": P.SEE_FOLLOWUP,
    "followup:todo": P.SEE_FOLLOWUP,
    "followup:create-protocol": P.RUN_FOLLOWUP,
    "followup:add-timepoint": P.RUN_FOLLOWUP,
    "followup:anchor-timepoints": P.RUN_FOLLOWUP,
    "followup:add-instrument": P.RUN_FOLLOWUP,
    "followup:publish-version": P.RUN_FOLLOWUP,
    "followup:record-response": kept(P.RUN_FOLLOWUP),
    "followup:correct-response": kept(P.RUN_FOLLOWUP),
    "followup:frames": P.SEE_FOLLOWUP,
    "followup:take-frame": P.RUN_FOLLOWUP,
    "followup:frame": P.SEE_FOLLOWUP,
    "followup:pick-purposively": P.RUN_FOLLOWUP,
    "followup:draw-randomly": P.RUN_FOLLOWUP,
    "followup:record-refusal": kept(P.RUN_FOLLOWUP),
    "followup:replace-pick": kept(P.RUN_FOLLOWUP),
}

INTERVIEWS = {
    "interviews:interviews": P.SEE_INTERVIEWS,
    "interviews:summary": P.SEE_INTERVIEWS,
    "interviews:todo": P.SEE_INTERVIEWS,
    "interviews:import-transcript": P.IMPORT_TRANSCRIPTS,
    "interviews:book-interview": P.ARRANGE_INTERVIEWS,
    "interviews:write-guide": P.ARRANGE_INTERVIEWS,
    "interviews:guide": P.SEE_INTERVIEWS,
    "interviews:transcript": kept(P.READ_TRANSCRIPTS),
    "interviews:name-speaker": kept(P.IMPORT_TRANSCRIPTS),
    "interviews:leave-to-nobody": kept(P.IMPORT_TRANSCRIPTS),
    "interviews:take-out-transcript": kept(P.IMPORT_TRANSCRIPTS),
    "interviews:interview": kept(P.SEE_INTERVIEWS),
    # Its interviewer may, too; none of those who walk is.
    "interviews:arrange-interview": kept(P.ARRANGE_INTERVIEWS),
    "interviews:hold-interview": kept(P.ARRANGE_INTERVIEWS),
    "interviews:cancel-interview": kept(P.ARRANGE_INTERVIEWS),
}

ANALYSIS = {
    "analysis:analysis": P.READ_TRANSCRIPTS,
    "analysis:summary": P.READ_TRANSCRIPTS,
    "analysis:todo": P.READ_TRANSCRIPTS,
    "analysis:counts": P.READ_TRANSCRIPTS,
    "analysis:codebook": P.READ_TRANSCRIPTS,
    "analysis:add-code": P.EDIT_CODEBOOK,
    "analysis:code": P.READ_TRANSCRIPTS,
    "analysis:change-code": P.EDIT_CODEBOOK,
    "analysis:retire-code": P.EDIT_CODEBOOK,
    "analysis:coding": kept(P.READ_TRANSCRIPTS),
    "analysis:code-turn": kept(P.CODE),
    "analysis:apply-code": kept(P.CODE),
    "analysis:write-memo": kept(P.CODE),
    "analysis:remove-coding": kept(P.CODE),
    "analysis:restore-coding": kept(P.CODE),
    "analysis:themes": P.READ_TRANSCRIPTS,
    "analysis:start-theme": P.BUILD_THEMES,
    "analysis:theme": P.READ_TRANSCRIPTS,
    "analysis:change-theme": P.BUILD_THEMES,
    "analysis:choose-passage": kept(P.BUILD_THEMES),
    "analysis:drop-passage": kept(P.BUILD_THEMES),
}

REPORTING = {
    "reporting:reports": P.SEE_REPORTS,
    "reporting:summary": P.SEE_REPORTS,
    "reporting:todo": P.SEE_REPORTS,
    "reporting:start-report": P.WRITE_REPORTS,
    # Drafts open to those who write alone; here is one that was published.
    "reporting:finding": Rule(P.SEE_REPORTS, nouns={"report": "public"}),
    "reporting:write-report": P.WRITE_REPORTS,
    "reporting:draw-theme": P.WRITE_REPORTS,
    "reporting:add-section": P.WRITE_REPORTS,
    "reporting:publish-report": P.WRITE_REPORTS,
    "reporting:take-back-report": P.WRITE_REPORTS,
    "reporting:download-report": Rule(P.EXPORT, words={"kind": "html"}, nouns={"report": "public"}),
    "reporting:write-section": P.WRITE_REPORTS,
    "reporting:drop-section": P.WRITE_REPORTS,
    "reporting:check-quote": kept(P.WRITE_REPORTS),
    "reporting:drop-quote": kept(P.WRITE_REPORTS),
    "reporting:public-finding": Rule(Access.PUBLIC, nouns={"report": "public"}),
}

EXCHANGE = {
    "exchange:exports": P.EXPORT,
    "exchange:export": Rule(P.EXPORT, words={"what": "passages", "format": "csv"}),
    "exchange:import-codings": P.CODE,
    "exchange:import-people": P.KEEP_PEOPLE,
    "exchange:people-template": P.KEEP_PEOPLE,
    "exchange:match-columns": Rule(P.KEEP_PEOPLE, begun=True),
    "exchange:check-people": Rule(P.KEEP_PEOPLE, begun=True),
    "exchange:forget-people-file": Rule(P.KEEP_PEOPLE, begun=True),
    "exchange:people-brought": P.KEEP_PEOPLE,
}

STEWARDSHIP = {
    "stewardship:changed": P.SEE_PEOPLE,
    "stewardship:audit": P.SEE_AUDIT,
    "stewardship:consents": P.RECORD_CONSENT,
    "stewardship:take-consents": P.SEE_AUDIT,
    "stewardship:register": P.SEE_AUDIT,
    "stewardship:identity-requests": P.ANSWER_IDENTITY,
    "stewardship:ask-identity": P.ASK_IDENTITY,
    "stewardship:look-up-identity": P.ASK_IDENTITY,
    "stewardship:answer-identity": P.ANSWER_IDENTITY,
    "stewardship:retention": P.KEEP_DATA,
    "stewardship:decide-retention": P.KEEP_DATA,
    "stewardship:due": Rule(P.KEEP_DATA, words={"kind": "audio"}),
    "stewardship:erase-due": Rule(P.KEEP_DATA, words={"kind": "audio"}),
    "stewardship:identity-key": P.ANSWER_IDENTITY,
    "stewardship:ask-to-destroy": P.KEEP_DATA,
    "stewardship:confirm-destroying": P.ANSWER_IDENTITY,
    "stewardship:take-back-destroying": P.ANSWER_IDENTITY,
    "stewardship:same-people": P.KEEP_PEOPLE,
    "stewardship:merge-people": P.KEEP_PEOPLE,
    "stewardship:undo-merge": kept(P.KEEP_PEOPLE),
    "stewardship:record-stop": kept(P.RECORD_CONSENT),
    "stewardship:receipts": kept(P.RECORD_CONSENT),
    "stewardship:receipt": kept(P.RECORD_CONSENT),
    "stewardship:erasure-requests": P.RECORD_CONSENT,
    "stewardship:answer-erasure": kept(P.RECORD_CONSENT),
    "stewardship:give-copy-code": kept(P.RECORD_CONSENT),
    "stewardship:my-uses": Access.OWN,
    "stewardship:my-erasure": Access.OWN,
    "stewardship:my-copy": Access.OWN,
    "stewardship:my-copy-code": Access.OWN,
    "stewardship:my-stop": Access.OWN,
    "stewardship:my-receipts": Access.OWN,
    "stewardship:my-receipt": Access.OWN,
}

DEMO = {
    "demo:cast": Access.DEMONSTRATION,
    "demo:sign-in-as": Access.DEMONSTRATION,
}

TABLE: dict[str, Rule] = {
    name: rule if isinstance(rule, Rule) else Rule(rule)
    for room in (
        WEB,
        ACCOUNTS,
        PEOPLE,
        TRAINING,
        FOLLOWUP,
        INTERVIEWS,
        ANALYSIS,
        REPORTING,
        EXCHANGE,
        STEWARDSHIP,
        DEMO,
    )
    for name, rule in room.items()
}
