"""Files in containers, captures of links, and files erased lawfully: from the list to the verification."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import pytest

from kaasav.assessment.verify import recorded_submission, verify_files, verify_record

LETTER = "    file: evidence/letter.txt\n"
TEXT = b"Yes, we were asked, and twice.\n"


def container(files: Mapping[str, bytes], signatures: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
        for name, content in files.items():
            archive.writestr(name, content)
        for number in range(signatures):
            archive.writestr(f"META-INF/signatures{number}.xml", "<x/>")
    return out.getvalue()


def contained(place: Any, name: str = "signed.asice", inside: str = "letter.txt") -> Any:
    """The folder with its letter inside a container."""
    (place.folder / "evidence" / "letter.txt").unlink()
    (place.folder / "evidence" / name).write_bytes(container({"letter.txt": TEXT, "other.txt": b"Something else."}))
    return place.change("evidence.yaml", LETTER, f"    file: evidence/{name}\n    inside: {inside}\n")


def facts(place: Any, item: str) -> Any:
    record = place.assess().record
    return next(one["facts"] for one in record["evidence"] if one["item"] == item)


def verified(place: Any, assessed: Any, erasures: Iterable[Mapping[str, Any]] = ()) -> list[str]:
    """The codes of what verification finds of a recorded result, from its record and from the folder as it is now.

    ``erasures`` are those the database knows of.
    """
    blobs = {sha256(content).hexdigest(): content for content in assessed.inputs.values()}
    assert verify_record(assessed.record, blobs.__getitem__, "result") == []
    inputs = {name: blobs[digest] for name, digest in assessed.record["inputs"].items()}
    submission, _ = recorded_submission(inputs, "result")
    assert submission is not None
    return [p.code for p in verify_files(assessed.record, submission, place.folder, "vald", tuple(erasures))]


def test_an_item_inside_a_container_is_used_like_any_other(place: Any) -> None:
    plainly = facts(place, "letter")
    contained(place)
    assert place.told() == []
    assert facts(place, "letter") == plainly


def test_a_name_the_container_does_not_hold_is_told_at_the_use(place: Any) -> None:
    contained(place, inside="puudub.txt")
    assert place.told() == ["vald/evidence.yaml:19:9 warning evidence-not-inside"]


def test_signing_again_changes_nothing_that_was_recorded(place: Any) -> None:
    contained(place)
    assessed = place.assess()
    again = container({"letter.txt": TEXT, "other.txt": b"Something else."}, signatures=2)
    (place.folder / "evidence" / "signed.asice").write_bytes(again)
    assert verified(place, assessed) == []
    (place.folder / "evidence" / "signed.asice").write_bytes(container({"letter.txt": b"No, we were asked nothing."}))
    assert verified(place, assessed) == ["verify-file-changed"]


def test_the_same_inner_file_in_two_containers_is_one_item(place: Any) -> None:
    contained(place)
    (place.folder / "evidence" / "again.asice").write_bytes(container({"copy.txt": TEXT}, signatures=3))
    listed = place.folder / "evidence.yaml"
    copy = "\n  - id: copy\n    title: Copy\n    kind: letter\n    file: evidence/again.asice\n    inside: copy.txt\n"
    listed.write_text(
        listed.read_text(encoding="utf-8") + copy + "    date: 2026-05-01\n    uses: [{criterion: A1, whole: true}]\n",
        encoding="utf-8",
    )
    assert {line.split()[-1] for line in place.told()} == {"same-file-twice", "same-file-used-twice"}


def test_two_files_of_one_container_are_two_items_and_one_of_them_twice_is_an_error(place: Any) -> None:
    contained(place)
    item = "\n  - id: other\n    title: Other\n    kind: letter\n    file: evidence/signed.asice\n    inside: {}\n"
    listed = place.folder / "evidence.yaml"
    before = listed.read_text(encoding="utf-8")
    listed.write_text(before + item.format("other.txt") + "    date: 2026-05-01\n", encoding="utf-8")
    assert place.told() == []
    listed.write_text(before + item.format("letter.txt") + "    date: 2026-05-01\n", encoding="utf-8")
    assert [line.split()[-1] for line in place.told()] == ["file-twice"]


def test_a_link_with_its_capture_is_fine(place: Any) -> None:
    place.change("evidence.yaml", LETTER, LETTER + "    link: https://a.ee\n    captured: {on: 2026-05-01, by: cat}\n")
    assert place.told() == []


ERASED = "    erased: {{on: 2026-11-01, by: ann, reason: asked for, sha256: {}}}\n"


def erase(place: Any, digest: str) -> None:
    (place.folder / "evidence" / "letter.txt").unlink()
    place.change("evidence.yaml", LETTER, LETTER + ERASED.format(digest))


def test_an_erased_file_is_said_so_and_proves_nothing(place: Any) -> None:
    erase(place, sha256(TEXT).hexdigest())
    assert place.told() == ["vald/evidence.yaml:19:9 warning evidence-erased"]
    (place.folder / "evidence" / "letter.txt").write_bytes(TEXT)
    assert {line.split()[-1] for line in place.told()} == {"evidence-erased", "erased-still-there"}


HASH = sha256(TEXT).hexdigest()
ERASURE = {
    "municipality": "Näidisvald", "round": "r", "item": "letter", "by": "ann", "on": "2026-11-01",
    "reason": "asked for", "sha256": HASH,
}  # fmt: skip
"""What the database holds after the erasing that `erase` writes into the list."""


def test_verification_says_that_a_file_was_erased_and_whether_it_was_the_recorded_one(place: Any) -> None:
    assessed = place.assess()
    assert verified(place, assessed, [ERASURE]) == []
    erase(place, HASH)
    assert verified(place, assessed, [ERASURE]) == ["verify-file-changed", "verify-file-erased"]
    place.change("evidence.yaml", HASH, "ab" * 32)
    other = {**ERASURE, "sha256": "ab" * 32}
    assert verified(place, assessed, [other]) == ["verify-file-changed", "verify-file-erased-other"]


def test_an_erasing_the_database_does_not_know_of_is_said_to_be_that(place: Any) -> None:
    assessed = place.assess()
    erase(place, HASH)
    assert verified(place, assessed) == ["verify-file-changed", "verify-erasure-unrecorded"]
    place.change("evidence.yaml", HASH, "ab" * 32)
    both = ["verify-file-changed", "verify-erasure-unrecorded", "verify-file-erased-other"]
    assert verified(place, assessed, [ERASURE]) == both


@pytest.mark.parametrize(
    ("particular", "value", "known"),
    [
        ("municipality", "X001", True),  # the same one by its code
        ("municipality", "Rõuge vald", False),
        ("municipality", "", False),
        ("round", "q", False),
        ("item", "rules", False),
        ("by", "bob", False),
        ("on", "2026-11-02", False),
        ("reason", "asked", False),
        ("sha256", "ab" * 32, False),
        ("container", "ab" * 32, True),  # the letter’s own hash is still the subject
    ],
)
def test_every_particular_of_an_erasing_counts(place: Any, particular: str, value: str, known: bool) -> None:
    assessed = place.assess()
    erase(place, HASH)
    told = verified(place, assessed, [{**ERASURE, "item": "another"}, {**ERASURE, particular: value}])
    assert told[1:] == ["verify-file-erased" if known else "verify-erasure-unrecorded"]


def test_of_an_inner_file_the_hash_of_its_container_will_do(place: Any) -> None:
    assessed = place.assess()
    erase(place, "ab" * 32)
    of_container = {**ERASURE, "container": "ab" * 32}
    assert verified(place, assessed, [of_container]) == ["verify-file-changed", "verify-file-erased-other"]


def test_a_file_that_is_merely_gone_is_said_to_be_gone(place: Any) -> None:
    assessed = place.assess()
    (place.folder / "evidence" / "letter.txt").unlink()
    assert verified(place, assessed) == ["verify-file-gone"]


def test_a_result_recorded_after_the_erasing_comes_out_again(place: Any) -> None:
    erase(place, HASH)
    assert verified(place, place.assess(), [ERASURE]) == []
    assert verified(place, place.assess()) == ["verify-erasure-unrecorded"]


def test_a_day_until_which_an_item_is_kept_says_nothing_of_its_use(place: Any) -> None:
    place.change("evidence.yaml", LETTER, LETTER + "    kept_until: 2020-01-01\n")
    assert place.told() == []
