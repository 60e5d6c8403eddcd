"""Whatever happens to the program, the database holds all of a result or nothing of it."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from kaasav.store.checks import check
from kaasav.store.database import Store

WORKER = Path(__file__).with_name("worker.py")


def start(path, writer, count, *options):
    command = [sys.executable, WORKER, path, writer, str(count), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")


def recorded(path):
    with closing(Store.open(path)) as store:
        return [event.subject for event in store.events()]


def test_killed_in_the_middle_of_writing_nothing_is_lost_or_half_there(path):
    said = []
    for attempt in range(8):
        with start(path, f"w{attempt}", 10_000) as worker:
            said += [worker.stdout.readline().strip() for _ in range(3)]
            time.sleep(attempt * 0.0013)  # not always at the same point of a record
            worker.kill()
            said += worker.stdout.read().split("\n")[:-1]
        assert check(path) == []
    subjects = recorded(path)
    assert len(said) >= 24
    assert set(said) <= set(subjects)
    assert len(subjects) <= len(said) + 8  # at most one each time was committed but not said any more


@pytest.mark.parametrize("statement", [1, 8, 9, 25, 40, 41, 44, 49])
def test_dying_while_the_database_is_made_leaves_it_empty_or_complete(path, statement):
    with start(path, "a", 1, f"statement={statement}") as worker:
        assert worker.stdout.read() == ""
    assert worker.returncode == 9
    assert [problem.code for problem in check(path)] in ([], ["store-none-yet"])
    with start(path, "b", 1) as worker:
        [said] = worker.stdout.read().split()
    assert recorded(path) == [said]
    assert check(path) == []


@pytest.mark.parametrize("writers", [2, 4])
def test_several_programs_record_at_once_and_none_is_lost(path, writers):
    workers = [start(path, f"w{number}", 12) for number in range(writers)]
    said = []
    for worker in workers:
        with worker:
            said += worker.stdout.read().split()
    assert len(set(said)) == 12 * writers
    assert sorted(recorded(path)) == sorted(said)
    assert check(path) == []


if sys.platform != "win32":

    def test_a_disk_that_is_full_keeps_what_was_recorded(path):
        with start(path, "a", 100, "bytes=400000") as worker:
            *said, last = worker.stdout.read().split()
        assert last in {"store-disk-full", "store-disk-error"}
        assert said
        assert recorded(path) == said
        assert check(path) == []
        with start(path, "b", 2) as worker:
            said += worker.stdout.read().split()
        assert recorded(path) == said
