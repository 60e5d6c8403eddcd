"""The fields of a letter."""

from kaasav.documents.fields.field import Field, own_words, text, texts
from kaasav.documents.letter.contact import WHAT
from kaasav.documents.letter.context import WORDS
from kaasav.language import N_

_ENTRY = (
    text("id", N_("the criterion’s id, such as K1")),
    text("title", N_("the criterion’s title")),
    text("level", N_("the level that counts")),
    text("text", N_("what there is to say about it")),
)
_TITLE = text("title", N_("the section’s heading"))
_SECTION = (_TITLE, Field("paragraphs", "list", N_("its paragraphs"), maybe=True))
_ENTRIES = Field("entries", "groups", N_("the criteria"), _ENTRY, maybe=True)

FIELDS = Field(
    "",
    "group",
    "",
    (
        text("language", N_("et or en"), "et", "en"),
        text("title", N_("the file’s title: subject and municipality")),
        text("author", N_("the sender’s name")),
        Field("marks", "list", N_("SAMPLE, PROPOSAL and the like; empty on the real thing"), maybe=True, short=True),
        Field("mark_reasons", "list", N_("why each mark stands there"), maybe=True),
        Field(
            "sender",
            "group",
            N_("who sends; “line” is all of it but the name in one line"),
            (
                text("name"),
                *(text(way, maybe=True) for way in ("address", "registry_code", "email", "phone", "web", "line")),
            ),
        ),
        Field(
            "addressee",
            "group",
            N_("to whom; “lines” is all of it, a line each"),
            (
                *(text(name, maybe=True) for name in ("name", "position")),
                text("municipality"),
                *(text(name, maybe=True) for name in ("address", "email")),
                text("lines"),
            ),
        ),
        *(text(name, WHAT[name]) for name in ("our_number", "our_date")),
        *(text(name, WHAT[name], maybe=True) for name in ("their_number", "their_date")),
        text("ours", N_("our date and number in one line")),
        text("theirs", N_("their date and number in one line; empty where the letter answers nothing"), maybe=True),
        text("subject", N_("what the letter is about")),
        text("salutation", N_("how it addresses its reader")),
        Field("opening", "list", N_("the first paragraphs")),
        Field("answer", "list", N_("the result in plain words, a sentence each"), maybe=True),
        Field(
            "conditions",
            "groups",
            N_("each condition; empty while there is no result"),
            (
                text("text", N_("the condition")),
                text("value", N_("what came out")),
                text("needed", N_("what is needed")),
                text("state", N_("how it stands, in words")),
                text("code", N_("how it stands: met, open or failed"), "met", "open", "failed"),
            ),
            maybe=True,
        ),
        Field("strengths", "group", N_("what is strong"), (_TITLE, _ENTRIES)),
        Field(
            "obstacles",
            "group",
            N_("what held the result back"),
            (
                _TITLE,
                _ENTRIES,
                text("more", N_("which criteria the letter leaves to the improvement report"), maybe=True),
            ),
        ),
        Field("survey", "group", N_("what the survey says, with its margin and assumptions"), _SECTION),
        Field("next", "group", N_("what happens next"), _SECTION),
        Field("appeal", "group", N_("how to appeal"), _SECTION),
        text("signed", N_("the line that stands for the digital signature")),
        Field("signatory", "group", N_("who signs"), texts("name", "position")),
        Field("attachments", "list", N_("what goes along; may be empty"), maybe=True),
        text("drafter", N_("who drew it up, with phone and e-mail")),
        own_words(N_("the fixed words of the letter"), *WORDS),
    ),
)
