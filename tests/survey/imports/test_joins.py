"""Several files that belong together: made up after what is known of minuomavalitsus' machine-readable files.

Their real columns are unknown; what is shown here is that a description alone makes such a set readable.
"""

from typing import Any

import pytest

DATA = "NaitajaID|OmavID|Aasta|Vaartus\n17|1|2024|54,7\n17|2|2024|61,0\n17|1|2022|50,0\n99|1|2024|3\n"
CLASSIFIER = "Tyyp|ID|Nimetus\nnäitaja|17|Elanike  kaasamine\nnäitaja|99|Valgustatud teid\n"
PLACES = "ID;EHAK;Nimi\n1;698;Rõuge vald\n2;784;Tallinn\n"
HOW = """\
table:
  grain: values
  delimiter: "|"
  columns: {code: kov.EHAK, name: kov.Nimi, item: klassifikaator.Nimetus, value: Vaartus}
  only: {Aasta: ["2024"]}
  other_items: skip
  joined:
    - {as: klassifikaator, file: "klassifikaator*.txt", key: ID, on: NaitajaID}
    - {as: kov, file: "omavalitsused*.txt", key: ID, on: OmavID}
"""


def test_columns_of_other_files_are_looked_up(read: Any) -> None:
    taken = read(DATA, HOW.replace("table:\n", "table:\n  header: [1]\n"), klassifikaator=CLASSIFIER, kov=PLACES)
    assert taken.problems == []
    assert taken.rows["kaasamine"] == {"0698": ("54.7", "", "", "", ""), "0784": ("61", "", "", "", "")}
    assert (taken.gathered.filtered, [one.text for one in taken.gathered.skipped]) == (1, ["Valgustatud teid"])
    assert [column.header for column in taken.gathered.layout.columns][-3:] == ["kov.ID", "kov.EHAK", "kov.Nimi"]


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (("2|2024|61", "7|2024|61"), "survey-join-missing", "a.csv:3:2"),
        (("1;698;Rõuge vald", "1;698;Rõuge vald\n1;784;Tallinn"), "survey-join-twice", "kov.txt:3:1"),
        (("key: ID, on: OmavID", "key: Kood, on: OmavID"), "survey-join-column", "kov.txt:1:1"),
        (("on: OmavID", "on: Omavalitsus"), "survey-only-column", "a.csv"),
        (("kov.Nimi,", "kov.Name,"), "survey-no-column", "a.csv:1:1"),
    ],
)
def test_what_does_not_join(read: Any, change: tuple[str, str], code: str, place: str) -> None:
    how = HOW.replace("table:\n", "table:\n  header: [1]\n")
    texts = {"table": DATA, "how": how, "klassifikaator": CLASSIFIER, "kov": PLACES}
    changed = {key: text.replace(*change) for key, text in texts.items()}
    assert (code, place) in read(**changed).problems


def test_keys_that_lost_their_zeros(read: Any) -> None:
    how = HOW.replace("table:\n", "table:\n  header: [1]\n")
    padded = PLACES.replace("\n1;", "\n001;").replace("\n2;", "\n002;")
    assert read(DATA, how, klassifikaator=CLASSIFIER, kov=padded).problems == []
