"""Run as a program by the tests: record results until done or killed, saying each on a line once it is committed.

Arguments: path, the writer's name, how many.
"""

import sys
from pathlib import Path

from conftest import INPUTS, NOW, make_record

from kaasav.store.database import Store


def main(path: Path, writer: str, count: int) -> None:
    for number in range(count):
        inputs = {**INPUTS, "rating.yaml": f"{writer} {number}\n".encode() * 2000}
        with Store.open(path, create=True) as store:
            own = store.record(make_record(inputs=inputs), inputs, at=NOW, event={"writer": writer, "number": number})
        sys.stdout.write(own + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
