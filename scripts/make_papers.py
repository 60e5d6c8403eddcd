"""Make the papers intake is measured on: ``python scripts/make_papers.py OUT [--fresh]``.

Sixty realistic, badly named papers in every format (and with ``--fresh`` fifteen written after the rules were). What is
true of each stands beside its text in ``scripts/papers/``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from papers.builders import FORMATS, page
from papers.paper import Paper
from samples import digidoc, mails, packages

from papers import acts, holdout, reports

PAPERS: tuple[Paper, ...] = (*acts.PAPERS, *reports.PAPERS)
FRESH: tuple[Paper, ...] = holdout.PAPERS


def content(one: Paper) -> bytes:
    """A paper's bytes, without the container it came in."""
    if one.format == "html" and one.address:
        return page(one.text, address=one.address)
    if one.format in ("eml", "msg"):
        subject = one.name.rsplit(".", 1)[0].replace("_", ":")
        return (mails.eml if one.format == "eml" else mails.msg)(subject, "\n".join(one.text))
    return FORMATS[one.format](one.text)


def make(out: Path, papers: tuple[Paper, ...] = PAPERS) -> None:
    """Write ``papers`` below ``out``, with the litter that comes along."""
    out.mkdir(parents=True, exist_ok=True)
    held: dict[str, dict[str, bytes]] = {}
    for one in papers:
        if one.within:
            outer, _, inner = one.name.partition("/")
            held.setdefault(outer, {})[inner] = content(one)
        else:
            (out / one.name).write_bytes(content(one))
    for outer, files in held.items():
        match outer.rpartition(".")[2]:
            case "asice" | "bdoc":
                data = digidoc.asice(files, digidoc.signature())
            case "ddoc":
                data = digidoc.ddoc(files, digidoc.signature())
            case "eml":
                data = mails.eml(outer.removesuffix(".eml").replace("_", ":"), "Tere\nLisan protokolli.", files)
            case _:
                data = packages.zipped({**files, "Thumbs.db": b"\0", "__MACOSX/._x": b"\0"})
        (out / outer).write_bytes(data)
    for litter in ("~$Koopia (3).docx", "Thumbs.db", ".DS_Store", "desktop.ini"):
        (out / litter).write_bytes(b"\0litter")


if __name__ == "__main__":
    make(Path(sys.argv[1]), FRESH if "--fresh" in sys.argv else PAPERS)
