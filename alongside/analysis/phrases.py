"""What the workbench's script says, translated. `{name}` stands for what the script fills in."""

from django.utils.translation import gettext as _


def phrases() -> dict[str, str]:
    return {**_acts(), **_states(), **_labels()}


def _acts() -> dict[str, str]:
    return {
        "applied": _("{code} applied."),
        "appliedTo": _("{code} applied to “{words}”."),
        "already": _("You have coded these words with {code} already."),
        "off": _("{code} taken off."),
        "offFrom": _("{code} taken off “{words}”."),
        "back": _("{code} put back."),
        "undo": _("Undo"),
        "undone": _("Turned back."),
        "redone": _("Done again."),
        "changedBack": _("{code} is as it was."),
        "important": _("{code} is marked as important."),
        "unimportant": _("{code} is no longer marked as important."),
        "moved": _("Moved to {code}."),
        "resized": _("{code} covers other words now."),
        "resizedTo": _("{code} covers “{words}” now."),
        "editing": _("Choose the words of {code} anew: . , > < change them, Enter keeps them."),
        "keepWords": _("Keep these words"),
        "leftWords": _("{code} covers the same words as before."),
        "linkFrom": _(
            "Link from {code}. Go to the other passage, here or in another transcript, and press L there."
        ),
        "linkingFrom": _("You are linking from {code}. Go to the other passage and press L there."),
        "linkBetween": _("{one} and {other}"),
        "leaveIt": _("Leave it"),
        "linked": _("{one} and {other} are linked."),
        "unlinked": _("The link is off."),
        "chosen": _("Chosen: {words}"),
        "stepped": _("{code}, by {who}: {words}"),
        "chooseFirst": _("Choose some words first: → chooses a sentence."),
        "chooseCoding": _("Choose a coding first: ] steps to the next one."),
        "noneFurther": _("No coding further on."),
        "noneOfCode": _("{code} is nowhere in this transcript yet."),
        "noLast": _("No code applied yet."),
        "notYours": _("Only the person who made a coding can change it or take it off."),
        "mayNotCode": _("You can read here, but not code."),
        "outOfUse": _("{code} has been taken out of use."),
        "mayNotName": _("Only whoever keeps the codebook can add a code."),
        "longName": _("A code’s name has 300 characters at most. Choose fewer words."),
    }


def _states() -> dict[str, str]:
    return {
        "waiting": _("Not saved yet: {count}. Trying again by itself."),
        "allSaved": _("Everything is saved."),
        "signedOut": _(
            "Not saved yet: {count}. You have been signed out. Sign in again in another tab; nothing is lost."
        ),
        "refused": _("{code} on “{words}” was not saved. {why}"),
        "otherHere": _(
            "Not saved yet: {count}. Somebody else has signed in here. Sign in again as yourself in another "
            "tab; nothing is lost."
        ),
        "vain": _("What it stands on could not be saved."),
        "linkRefused": _("The link between {code} and {other} was not saved. {why}"),
        "leftBehind": _(
            "Something from before this page was opened again could not be saved: {code}. The text or its "
            "codes have changed since. Choose the words again."
        ),
        "gone": _("It is no longer here, or no longer open to you."),
        "failed": _("Something went wrong on our side."),
        "notKept": _("This browser can’t keep what is not saved yet. Leave the page open until it is."),
        "away": _(
            "What others do doesn’t arrive just now. Trying again by itself; what you do is kept here."
        ),
        "awaysignedOut": _(
            "You have been signed out. Sign in again in another tab, and this page goes on; nothing is lost."
        ),
        "awayotherHere": _(
            "Somebody else has signed in here. Sign in again as yourself in another tab, and this page goes "
            "on; nothing is lost."
        ),
        "backAgain": _("What others do arrives again."),
        "end-closed": _("This transcript is no longer here, or no longer open to you."),
        "end-corrected": _("This text has been corrected meanwhile. Open it again to go on."),
        "end-much": _("Many codings came in at once. Open the page again to see them."),
        "openAgain": _("Open it again"),
        "hereAt": _("{name} is here too, at turn {turn}."),
        "torn": _("This page doesn’t match the stored text. Reload it before you code."),
        "memoTyping": _("Not saved yet."),
        "memoSaving": _("Saving…"),
        "memoSaved": _("Saved at {time}."),
        "memoClash": _("{why} Make of both what should stand, then press Save."),
        "memoEmptied": _("Nothing"),
        "noTalk": _("While this is read separately, nobody talks about its words."),
        "restUnsaid": _("What you said before is kept. What you added since is here, and not said yet."),
        "changedUnsaid": _(
            "What you said before is kept as it was. Your words have changed since: these are not said yet."
        ),
        "talkBegun": _("You have begun to say something. Say it, or leave it, first."),
        "memoFailed": _("Not saved yet. Trying again by itself; your words are kept here."),
    }


def _labels() -> dict[str, str]:
    return {
        "newCode": _("New code “{name}”"),
        "noSuchCode": _("No code has these letters."),
        "you": _("you"),
        "takeOff": _("Take off"),
        "markImportant": _("Important"),
        "editWords": _("Other words"),
        "move": _("Other code"),
        "copy": _("One more code"),
        "linkThis": _("Link"),
        "linkHere": _("Link to this"),
        "linkTo": _("{code}"),
        "takeLinkOff": _("Take the link off"),
        "importantMark": _("important"),
        "oursMark": _("the team’s"),
        "answerTalk": _("Answer"),
        "settleTalk": _("Settled"),
        "remarkKept": _("Kept. Everyone who reads here sees it."),
        "applyWhich": _("Apply code…"),
        "recodeWhich": _("Move to code…"),
        "copyWhich": _("One more code on these words…"),
        "coverThese": _("Let “{code}” cover these words instead"),
        "notSaved": _("not saved yet"),
        "nothingHere": _("Nothing coded here yet."),
        "more": _("and {count} more"),
    }
