"""Every page that changes something that is there, and what two people say there at the same time."""

from dataclasses import dataclass

LONG = "They had the chair with the arms. " * 400


@dataclass(frozen=True)
class Edit:
    """A page that changes something: a question both answer, and another that only the first answers."""

    form: str
    page: str
    nouns: tuple[str, ...]
    both: str
    says: tuple[str, str]
    other: str = ""
    other_says: str = ""
    query: str = ""

    @property
    def own(self) -> bool:
        """A page that shows people what is theirs."""
        return ":my-" in self.page or self.page == "training:plan-disclosure"


EDITS = (
    Edit(
        "ChangeSessionForm", "training:change-session", ("session",), "title", ("One", "Two"), "place", "Hall"
    ),
    Edit(
        "ChangeProgrammeForm",
        "training:change-programme",
        ("unopened",),
        "parts",
        ("Who decides?\n\nPlans", "Telling"),
        "aims",
        "To ask",
    ),
    Edit(
        "NextVersionForm",
        "training:make-next-version",
        ("programme",),
        "aims",
        ("To ask", LONG),
        "licence",
        "CC BY 4.0",
    ),
    Edit(
        "RulesForm",
        "training:rules",
        ("cohort",),
        "offers_for_days",
        ("3", "4"),
        "offers_follow",
        "on",
    ),
    Edit(
        "ChangeCohortForm",
        "training:change-cohort",
        ("cohort",),
        "capacity",
        ("9", "11"),
        "apply_until",
        "2027-01-31",
    ),
    Edit(
        "ChangePlaceForm",
        "training:change-place",
        ("place",),
        "access",
        ("A step", "A ramp"),
        "address",
        "1 Ferry Road",
    ),
    Edit(
        "ChangeTermForm",
        "training:change-term",
        ("term",),
        "name",
        ("Autumn", "Winter"),
        "ends",
        "2027-01-31",
    ),
    Edit(
        "ProspectusForm",
        "training:write-prospectus",
        (),
        "welcome",
        ("Come in", LONG),
        "who_we_are",
        "A college",
    ),
    Edit(
        "ChangeDecisionForm",
        "training:change-decision",
        ("decision",),
        "changed",
        ("No tables", LONG),
        "hours",
        "4.5",
    ),
    Edit(
        "BookingForm",
        "training:book-preparation-and-debrief",
        ("facilitation",),
        "supported_by",
        ("Sunita", "Dot"),
    ),
    Edit(
        "AgreementForm", "training:write-agreement", ("cohort",), "clauses", ("Anyone may go.", "Phones off.")
    ),
    Edit(
        "RemindingForm",
        "training:decide-reminding",
        ("cohort",),
        "early_days",
        ("3", "4"),
        "morning_at",
        "07:30",
    ),
    Edit(
        "PreparationForm",
        "training:prepare-person",
        ("cohort", "person"),
        "protected_time",
        ("Thursdays", "Mondays"),
        "supervision",
        "Every month",
    ),
    Edit(
        "HopesForm",
        "training:my-preparation",
        ("cohort",),
        "hopes_and_fears",
        ("Being seen", LONG),
        "hopes_shown",
        "on",
    ),
    Edit(
        "ChangeStoryForm",
        "training:my-story-change",
        ("narrative",),
        "words",
        ("I asked.", LONG),
        "audience",
        "Group 6",
    ),
    Edit(
        "ChangePlanEntryForm", "training:my-plan-entry", ("entry",), "words", ("Ask", "Wait"), "kind", "hope"
    ),
    Edit("ChangeReflectionForm", "training:my-reflection", ("reflection",), "words", ("Still.", LONG)),
    Edit(
        "DisclosureForm",
        "training:plan-disclosure",
        ("facilitation",),
        "share",
        ("The ward", "Nothing today"),
        "keep_back",
        "My son",
    ),
    Edit(
        "ArrangeForm",
        "interviews:arrange-interview",
        ("booked",),
        "support",
        ("Ewan", "Dot"),
        "thanks",
        "£20",
    ),
    Edit("SpeakerForm", "interviews:name-speaker", ("transcript", "speaker"), "participant", ("wren", "")),
    Edit("ChangeMemoForm", "analysis:change-memo", ("memo",), "words", (LONG, "Quiet now"), "private", "on"),
    Edit("MemoForm", "analysis:write-memo", ("transcript",), "words", (LONG, "Quiet now"), "private", "on"),
    Edit("SummaryForm", "analysis:write-summary", ("transcript",), "words", ("Of chairs.", LONG)),
    Edit(
        "ChangeCodeForm", "analysis:change-code", ("code",), "definition", (LONG, "A gap"), "name", "Chairs"
    ),
    Edit(
        "MachineHelpForm",
        "analysis:machine-help",
        (),
        "model",
        ("smaller", "larger"),
        "address",
        "http://127.0.0.1:8080",
    ),
    Edit("ChangeThemeForm", "analysis:change-theme", ("theme",), "idea", ("Sitting", LONG), "name", "Chairs"),
    Edit("ChangeReportForm", "reporting:write-report", ("report",), "aim", (LONG, "To ask"), "limits", "Few"),
    Edit(
        "ChangeSectionForm",
        "reporting:write-section",
        ("section",),
        "body",
        (LONG + "1", LONG + "2"),
        "heading",
        "Arms",
    ),
    Edit(
        "ConsentTextForm",
        "people:publish-consent-text",
        (),
        "wording",
        ("I may be asked.", "I can be asked."),
        "on_stop",
        "keep",
        query="?purpose=archive",
    ),
    Edit(
        "ContactForm",
        "people:my-contact",
        (),
        "phone",
        ("01632 960001", "01632 960002"),
        "post",
        "2 Ferry Road",
    ),
    Edit(
        "RetentionForm",
        "stewardship:decide-retention",
        (),
        "audio_months",
        ("3", "4"),
        "ends",
        "2027-01-31",
    ),
    Edit("MyName", "accounts:account", (), "name", ("Nell", "N. Archer")),
    Edit("ChangePersonForm", "people:change-person", ("person",), "name", ("Ro", "R."), "format", "aloud"),
    Edit(
        "ChangePointForm",
        "people:change-contact",
        ("person", "point"),
        "value",
        ("3 Mere Road", "4 Mere Road"),
    ),
    Edit(
        "DatesForm", "people:correct-relationship", ("relationship",), "started", ("2022-06-01", "2022-07-01")
    ),
)
# Made of rows that have no names: a version is compared as a whole.
AS_A_WHOLE = {"GuideForm", "VersionForm"}
