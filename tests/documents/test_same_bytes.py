"""The same record gives the same bytes, wherever and whenever: every document, both languages, two odd processes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

FOLDERS = ("naidisvald", "tammemae", "kuuseranna")

MAKE = r"""
import datetime, json, os, sys, time
from hashlib import sha256
from pathlib import Path

if sys.argv[2]:
    real_datetime = datetime.datetime
    moved = datetime.timedelta(days=int(sys.argv[2]))
    class Any(type):
        def __instancecheck__(cls, one):
            return isinstance(one, real_datetime)
    class Later(real_datetime, metaclass=Any):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)
        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)
        @classmethod
        def today(cls):
            return cls.now()
    seconds = moved.total_seconds()
    clock, local, utc, said = time.time, time.localtime, time.gmtime, time.strftime
    # A clock of another year, for everything in Python that asks for the time (libraries included).
    time.time = lambda: clock() + seconds
    time.time_ns = lambda: int((clock() + seconds) * 10**9)
    time.localtime = lambda at=None: local(time.time() if at is None else at)
    time.gmtime = lambda at=None: utc(time.time() if at is None else at)
    time.strftime = lambda form, at=None: said(form, local(time.time()) if at is None else at)
    datetime.datetime = Later  # dates ask time.time

import locale
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass

from kaasav.language import use
from kaasav.store.database import Store
from kaasav.documents import certificate
from kaasav.documents.awardlist import recipe as awardlist
from kaasav.documents.awardlist.context import listing
from kaasav.documents.letter import recipes as letter
from kaasav.documents.report import recipes as report
from kaasav.documents.report.gather import Peers, Wishes, gather
from kaasav.documents.source import Sources
from kaasav.documents.template import find
from kaasav.workspace.place import Workspace

root = Path(sys.argv[1])
made = {}
with Store.open(root / "kaasav.db") as store:
    sources = Sources()
    found = [store.result(one.hash) for one in store.results()]
    all_ = [sources.source(one.hash, one.record, store.blob) for one in found]
    for language in ("et", "en"):
        use(language)
        recipes = {}
        for source in all_:
            name = source.municipality["code"]
            recipes[f"{name} certificate"] = certificate.recipe(source, None, find(certificate.TEMPLATE, language, None))
            for ending, one in letter.recipes(source, name, None):
                recipes[f"{name} {ending}"] = one
            gathered = gather(source, Peers(Workspace(root), store, sources), Wishes())
            for one in report.recipes(gathered, None, report.FORMATS):
                recipes[f"{name} {one.document} {one.format}"] = one
        listed = listing(all_, public=False, names=None)
        for format_ in awardlist.FORMATS:
            recipes[f"award list {format_}"] = awardlist.recipe(listed, format_, None)
        for name, one in recipes.items():
            made[f"{language} {name}"] = [one.digest, sha256(one.render()).hexdigest()]
print(json.dumps(made))
"""


@pytest.fixture(scope="module")
def recorded(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example round, recorded."""
    import shutil

    from kaasav.cli.ends import finish

    root = tmp_path_factory.mktemp("same") / "ws"
    shutil.copytree(example, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert finish(["assess", "--round", "2026"], {"KAASAV_LANG": "en"}) == 0
    return root


def begin(root: Path, cwd: Path, days: str, **environment: str) -> "subprocess.Popen[str]":
    leave = ("TZ", "LANG", "LC_ALL", "PYTHONHASHSEED")
    kept = {name: value for name, value in os.environ.items() if name not in leave}
    return subprocess.Popen(
        [sys.executable, "-c", MAKE, str(root), days],
        cwd=cwd, env={**kept, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def ended(process: "subprocess.Popen[str]") -> Mapping[str, list[str]]:
    out, err = process.communicate()
    assert process.returncode == 0, err
    found: Mapping[str, list[str]] = json.loads(out)
    return found


def test_every_document_in_both_languages_by_two_processes(recorded: Path, tmp_path: Path) -> None:
    here = begin(recorded, recorded, "", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1")
    there = begin(recorded, tmp_path, "4321", TZ="Pacific/Kiritimati", LC_ALL="et_EE.UTF-8", PYTHONHASHSEED="987654321")
    one, other = ended(here), ended(there)
    assert len(one) == 2 * (3 * (1 + 4 + 4) + 5)
    assert [name for name in one if one[name] != other.get(name)] == []
    assert len({sha256 for _recipe, sha256 in one.values()}) == len(one)


def test_the_clock_is_moved(tmp_path: Path) -> None:
    """The other process lives twelve years later: else the test above would show nothing."""
    head = MAKE.split("import locale", maxsplit=1)[0]
    asked = (
        "print(datetime.datetime.now().year, datetime.date.today().year, time.gmtime().tm_year, time.strftime('%Y'))"
    )
    years = [
        {int(year) for year in subprocess.run(
            [sys.executable, "-c", head + asked, str(tmp_path), days], capture_output=True, text=True, check=True
        ).stdout.split()}
        for days in ("", "4321")
    ]  # fmt: skip
    assert [len(one) for one in years] == [1, 1]
    assert max(years[1]) - max(years[0]) in (11, 12)
