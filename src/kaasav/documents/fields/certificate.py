"""The fields of a certificate."""

from kaasav.documents.fields.field import Field, own_words, text, texts
from kaasav.language import N_

_FACT = (*texts("label", short=True), *texts("value"))

FIELDS = Field(
    "",
    "group",
    "",
    (
        text("language", N_("et or en"), "et", "en"),
        text("title", N_("the file’s title: marks, tier and municipality")),
        text("author", N_("who issues it")),
        Field("marks", "list", N_("SAMPLE, PROPOSAL and the like; empty on the real thing"), maybe=True, short=True),
        Field("reasons", "list", N_("why each mark stands there"), maybe=True),
        Field(
            "watermark", "picture", N_("the marks as a picture to lie behind the page; empty without marks"), maybe=True
        ),
        text("municipality", N_("who holds the label")),
        text("link", N_("the words between municipality and tier")),
        text("tier", N_("what is awarded")),
        text("statement", N_("that it was awarded, when and by which criteria; or that nothing has been awarded")),
        Field(
            "facts",
            "groups",
            N_("number, validity, issuer, criteria catalogue"),
            (*texts("label", short=True), *texts("value")),
        ),
        Field(
            "signatory",
            "group",
            N_("who signs; empty where the round does not say"),
            (text("name", maybe=True), text("position", maybe=True)),
        ),
        text("hash", N_("the recorded result’s SHA-256 in groups of eight")),
        Field("ring", "picture", N_("the ornament: an arc for each dimension")),
        text("address", N_("where the certificate can be looked up; may be empty"), maybe=True),
        Field("qr", "picture", N_("the QR code")),
        text("qr_alt", N_("what the QR code says, for those who cannot see it")),
        own_words(N_("the fixed words of the certificate"), "certificate", "signature", "record", "check"),
    ),
)
