"""Own templates are set by a process apart, with limits of time and memory: what they do cannot harm the run.

The process is started once and asked again for the next document; where it takes too long it is ended.
"""

import atexit
import base64
import contextlib
import datetime
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO, Any, cast

from kaasav.documents.template import MOST_BYTES, TOO_LONG, Template
from kaasav.language import N_, active, use
from kaasav.problems import KINDS, Location, Problem, Refused, error

WORD, PDF, HTML, FIELDS = "word", "pdf", "html", "fields"
SECONDS = 30
NO_NETWORK = "http://127.0.0.1:9"
"""Where the process looks for the network: nobody answers there (RFC 863’s port, which no system serves any more)."""
_PROXIES = tuple(case(f"{name}_proxy") for name in ("http", "https", "all") for case in (str.lower, str.upper))
MEMORY = 1536 * 1024 * 1024
"""Bytes the process may ask for in all; the typesetter with its fonts needs less than half."""

TOO_SLOW = error(
    "template-too-slow",
    N_("the template takes longer than {seconds} seconds"),
    N_("does a loop never end? A document is made in a second or two"),
)
TOO_BIG = error("template-too-big", N_("the template asks for more memory than any document needs"))
FAILED = error("template-apart", N_("setting the template failed: {reason}"))

_HEAD = struct.Struct("<BQ")
_DONE, _REFUSED, _MEMORY = 0, 1, 2


def call(job: str, content: bytes, request: Mapping[str, Any], shown: str) -> bytes:
    """Let ``job`` be done by the process apart.

    Args:
        job: `WORD`, `PDF` or `HTML`; `FIELDS` only looks which fields a page uses.
        content: the template’s bytes.
        request: what else the job needs, plain data.
        shown: how problems name the template.

    Raises:
        Refused: what the job refuses; `TOO_SLOW` or `TOO_BIG`.
    """
    global _worker  # noqa: PLW0603 (one process serves a whole run)
    if _worker is None:
        _worker = _Worker()
    asked = {"job": job, "content": base64.b64encode(content).decode(), "language": active(), **request}
    answer = _worker.ask(json.dumps(asked).encode())
    if answer is None:
        slow, _worker = _worker.slow, None
        kind = TOO_SLOW.at(Location(shown), seconds=SECONDS) if slow else TOO_BIG.at(Location(shown))
        raise Refused([kind])
    state, payload = answer
    if state == _REFUSED:
        raise Refused([_problem(one) for one in json.loads(payload)])
    if state == _MEMORY:
        raise Refused([TOO_BIG.at(Location(shown))])
    return payload


class _Worker:
    """The process, and the pipe to it."""

    def __init__(self) -> None:
        self.slow = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "kaasav.documents.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **dict.fromkeys(_PROXIES, NO_NETWORK), "no_proxy": "", "NO_PROXY": ""},
        )
        self._in, self._out = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        atexit.register(self.end)

    def ask(self, request: bytes) -> tuple[int, bytes] | None:
        """The answer; None where the process took too long (``slow``) or died."""
        watch = threading.Timer(SECONDS, self._too_slow)
        watch.start()
        try:
            _write(self._in, 0, request)
            return _read(self._out)
        except (EOFError, OSError):
            self.end()
            return None
        finally:
            watch.cancel()

    def _too_slow(self) -> None:
        self.slow = True
        self._process.kill()

    def end(self) -> None:
        """End the process."""
        atexit.unregister(self.end)
        for stream in (self._in, self._out):
            with contextlib.suppress(OSError):
                stream.close()
        self._process.kill()
        self._process.wait()


_worker: _Worker | None = None


def _write(stream: IO[bytes], state: int, payload: bytes) -> None:
    stream.write(_HEAD.pack(state, len(payload)) + payload)
    stream.flush()


def _read(stream: IO[bytes]) -> tuple[int, bytes]:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    state, size = _HEAD.unpack(head)
    payload = stream.read(size)
    if len(payload) < size:
        raise EOFError
    return state, payload


def _plain(problem: Problem) -> dict[str, Any]:
    place = problem.location
    return {
        "code": problem.code,
        "place": [place.file, place.line, place.column],
        "details": problem.details,
        "hint": problem.hint_text,
    }


def _problem(data: Mapping[str, Any]) -> Problem:
    from kaasav.documents import marked, press, webpage  # noqa: F401 (declare kinds)
    from kaasav.documents.letter import word  # noqa: F401 (the same)

    details = {str(name): str(value) for name, value in data["details"]}
    return KINDS[data["code"]].at(Location(*data["place"]), hint=data["hint"], **details)


def _word(content: bytes, request: Mapping[str, Any]) -> bytes:
    from kaasav.documents.letter import word
    from kaasav.documents.whole import guarded

    return word.fill(content, request["shown"], guarded(request["data"]), datetime.date.fromisoformat(request["day"]))


def _pdf(content: bytes, request: Mapping[str, Any]) -> bytes:
    from kaasav.documents import press

    template = Template(request["name"], content, True, request["shown"])
    return press.pdf(template, request["data"], day=datetime.date.fromisoformat(request["day"]))


def _html(content: bytes, request: Mapping[str, Any]) -> bytes:
    from kaasav.documents import webpage

    return webpage.fill(content, request["shown"], request["data"], request["pictures"])


def _fields(content: bytes, request: Mapping[str, Any]) -> bytes:
    from kaasav.documents import webpage
    from kaasav.documents.fields.known import known

    problems = webpage.check(content, request["shown"], known()[request["name"]], request["name"])
    if problems:
        raise Refused(problems)
    return b""


_JOBS: Mapping[str, Callable[[bytes, Mapping[str, Any]], bytes]] = {
    WORD: _word,
    PDF: _pdf,
    HTML: _html,
    FIELDS: _fields,
}


_ENDINGS = {WORD: "docx", PDF: "pdf", HTML: "html"}


def _made(job: str, content: bytes, request: Mapping[str, Any]) -> bytes:
    """What the job makes; a document is looked at: it must show its marks."""
    from kaasav.documents import marked

    made = _JOBS[job](content, request)
    if len(made) > MOST_BYTES:
        raise Refused([TOO_LONG.at(Location(request["shown"]))])
    if job in _ENDINGS:
        marked.require(made, _ENDINGS[job], request["data"], request["shown"])
    return made


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    while True:
        try:
            _state, asked = _read(source)
        except EOFError:
            return
        request = json.loads(asked)
        use(request["language"])
        try:
            _write(target, _DONE, _made(request["job"], base64.b64decode(request["content"]), request))
        except Refused as refused:
            _write(target, _REFUSED, json.dumps([_plain(one) for one in refused.problems]).encode())
        except MemoryError:
            _write(target, _MEMORY, b"")
        except Exception as failure:  # a template may make a library fail in any way it likes
            reason = f"{type(failure).__name__}: {failure}"
            problem = FAILED.at(Location(request["shown"]), reason=reason[:300])
            _write(target, _REFUSED, json.dumps([_plain(problem)]).encode())


def _limit() -> None:
    """No more memory than `MEMORY`, where the system knows such a limit."""
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    with contextlib.suppress(OSError, ValueError):  # macOS refuses it at times
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


if __name__ == "__main__":
    _limit()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # nothing a library prints may stand between two answers
    serve(sys.stdin.buffer, out)
