"""What people read for the codes of the ledger."""

from kaasav.language import N_, _

BECAME = {
    "listed": N_("listed, waits for you"),
    "confirmed": N_("confirmed"),
    "struck": N_("struck"),
    "opened": N_("opened"),
    "known": N_("known already"),
    "skipped": N_("skipped"),
    "refused": N_("refused"),
}
WHY = {
    "litter": N_("left behind by Office or the file manager, no paper"),
    "symlink": N_("a link to another place, not followed"),
    "special": N_("no regular file, not opened"),
    "unreadable": N_("it cannot be opened; is it in use, or not yours to read?"),
    "too-deep": N_("too many folders or containers one in another"),
    "too-large": N_("larger than Kaasav opens"),
    "too-many-members": N_("it holds more files than any honest one"),
    "zip-bomb": N_("it would unpack to far more than it is"),
    "bomb": N_("it would unpack to far more than it is"),
    "overlap": N_("its parts overlap, as no honest zip’s do"),
    "entities": N_("it declares entities, as no honest file does"),
    "encrypted": N_("it needs a password or a key; ask for it without"),
    "damaged": N_("it is damaged; ask for it again"),
    "method": N_("packed in a way Kaasav does not unpack; unpack it and take in what it holds"),
    "archive": N_("an archive Kaasav does not open; unpack it and take in what it holds"),
    "program": N_("it is a program, whatever its name says"),
    "mislabelled": N_("its ending says something other than its content; ask for it again"),
    "empty": N_("it is empty"),
    "same": N_("the same bytes came under another name"),
    "restored": N_("its file was gone from the folder; it lies there again"),
    "in-evidence": N_("the same bytes are in evidence.yaml already"),
    "erased": N_("it was erased lawfully, so it does not come in again"),
    "nothing-inside": N_("nothing in it is a file"),
    "too-large-to-read": N_("too large to be searched: look for yourself"),
    "no-text": N_("no text in it can be searched: an assessor has to look"),
    "renamed": N_("its ending said something other than its content; it was given the right one"),
    "container": N_("its container could not be opened, so the inner files are not listed one by one"),
    "in-mail": N_("a small picture in a mail, probably of its signature"),
}


def why(code: str) -> str:
    """The words for ``code`` in the language in use."""
    return _(WHY[code]) if code in WHY else code
