"""The fields of an award list."""

from kaasav.documents.fields.field import Field, own_words, text, texts
from kaasav.language import N_

FIELDS = Field(
    "",
    "group",
    "",
    (
        text("lang", N_("et or en"), "et", "en"),
        text("title", N_("the list’s title, with the round’s")),
        text("issuer", N_("who issues it; empty where the round does not say"), maybe=True),
        Field(
            "marks",
            "groups",
            N_("what the list must not be taken for; empty on the real thing"),
            (
                text("code", N_("proposal or sample"), "proposal", "sample"),
                Field("text", "text", N_("the same in words"), short=True),
            ),
            maybe=True,
        ),
        Field("rules", "list", N_("what each tier asks for, a sentence each")),
        Field("notes", "list", N_("what else a reader must know, a sentence each"), maybe=True),
        Field(
            "tables",
            "groups",
            N_("the tables: the list and its details"),
            (
                text("title", N_("its title")),
                Field(
                    "columns",
                    "groups",
                    N_("its columns"),
                    (
                        text("title", N_("its title")),
                        Field("number", "flag", N_("whether numbers stand in it")),
                        Field("head", "flag", N_("whether it names the row")),
                        Field("width", "number", N_("how wide it is beside the others")),
                    ),
                ),
                Field(
                    "rows",
                    "grid",
                    N_("its rows, one for each municipality, each a list of cells in the order of the columns"),
                    (
                        Field("lines", "list", N_("what stands in it, a line each")),
                        Field("number", "flag", N_("whether numbers stand in it")),
                        Field("head", "flag", N_("whether it names the row")),
                        text(
                            "state",
                            N_("in the column of the answer: met, open, not-met or none-yet; else empty"),
                            *("met", "open", "not-met", "none-yet", ""),
                        ),
                    ),
                ),
            ),
        ),
        Field("explained", "groups", N_("each column: what stands in it"), texts("title", "text"), maybe=True),
        own_words(N_("the fixed words of the list"), "columns", "column", "explanation"),
    ),
)
