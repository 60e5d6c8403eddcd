"""The workbook's sheets and columns: keys for the program in a hidden first row, headers for people below it."""

from kaasav.language import N_

ITEMS, USES, CRITERIA, KINDS = N_("Evidence"), N_("Uses"), N_("Criteria"), N_("Kinds")

ITEM_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("take", N_("Take? (yes/no)"), 9),
    ("id", N_("Id"), 24),
    ("title", N_("Title"), 44),
    ("kind", N_("Kind"), 30),
    ("issuer", N_("Issuer"), 26),
    ("number", N_("Number"), 12),
    ("date", N_("Date"), 12),
    ("in_force_from", N_("In force from"), 12),
    ("in_force_to", N_("In force to"), 12),
    ("criteria", N_("Criteria (K1, O2 …)"), 16),
    ("why", N_("Why so"), 70),
    ("warnings", N_("Mind"), 50),
    ("came_as", N_("Came as"), 40),
    ("file", N_("File"), 34),
    ("inside", N_("Inside it"), 26),
    ("sha256", N_("SHA-256"), 16),
)
USE_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("item", N_("Item’s id"), 26),
    ("criterion", N_("Criterion"), 12),
    ("passage", N_("Passage, word for word"), 80),
    ("page", N_("Page"), 8),
    ("whole", N_("Whole file? (yes)"), 12),
    ("sha256", N_("SHA-256"), 16),
)
FOR_READING = frozenset({"why", "warnings", "came_as", "file", "inside", "sha256"})
KNOWN_BY = frozenset({"file", "inside", "sha256"})
"""By these a row is known; they agree, or the columns of several rows were mixed."""
DATES = frozenset({"date", "in_force_from", "in_force_to"})
FIRST_ROW = 3
"""The first row of answers: below the hidden keys and the headers."""
YES, NO = N_("yes"), N_("no")
INSIDE = " › "
"""Between the names of nested containers' members."""
