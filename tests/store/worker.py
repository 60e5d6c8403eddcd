"""A program the tests start and kill: it records results and says each on a line once it is committed.

Arguments: path, writer's name, how many; then, if wanted, ``statement=N`` to drop dead before the Nth SQL statement or
``bytes=N`` to be allowed no larger files.
"""

import datetime
import os
import sqlite3
import sys
from hashlib import sha256
from pathlib import Path

from kaasav.problems import Refused
from kaasav.store.database import Store

NOW = datetime.datetime(2026, 5, 4, tzinfo=datetime.UTC)


def main(path: Path, writer: str, count: int) -> None:
    for number in range(count):
        inputs = {"rating.yaml": f"{writer} {number}\n".encode() * 2000}
        record = {
            "rules": 1,
            "municipality": {"code": "X001", "name": "Näidisvald"},
            "round": "2026",
            "catalogue": "kaasav@1",
            "inputs": {name: sha256(content).hexdigest() for name, content in inputs.items()},
            "result": {"status": "complete"},
        }
        with Store.open(path, create=True) as store:
            say(store.record(record, inputs, at=NOW, event={"writer": writer, "number": number}))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def die_before_statement(number: int) -> None:
    class Dying(sqlite3.Connection):
        left = number

        def execute(self, *arguments):
            Dying.left -= 1
            if Dying.left == 0:
                os._exit(9)
            return super().execute(*arguments)

    connect = sqlite3.connect
    sqlite3.connect = lambda *a, **k: connect(*a, **k, factory=Dying)


def limit_file_size(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    for option in sys.argv[4:]:
        kind, _, value = option.partition("=")
        {"statement": die_before_statement, "bytes": limit_file_size}[kind](int(value))
    try:
        main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    except Refused as refused:
        say(refused.problems[0].code)
