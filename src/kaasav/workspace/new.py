"""Scaffolding a municipality's folder: every file there, commented, ready to fill in."""

import datetime
from pathlib import Path

from kaasav.catalogue.model import Catalogue
from kaasav.files import as_problem
from kaasav.language import N_, active
from kaasav.municipalities.names import slug
from kaasav.municipalities.register import Municipality
from kaasav.problems import Forbidden, Location, Refused, error
from kaasav.workspace.templates import render

FOLDER_THERE = error(
    "new-folder-there", N_("the folder is there already, and nothing is overwritten"), N_("work in it, or remove it")
)


def new(
    municipality: Municipality,
    round_folder: Path,
    catalogue: Catalogue,
    assessors: tuple[str, ...],
    evidence_date: datetime.date,
) -> Path:
    """Make the folder of ``municipality`` in a round, all or nothing.

    Args:
        municipality: whose folder it is; it is named after it in plain ASCII letters.
        round_folder: the round's folder.
        catalogue: the round's catalogue; its criteria and kinds stand in the files as comments.
        assessors: each gets a ratings file of their own.
        evidence_date: the day evidence is judged at.

    Returns:
        The folder made.

    Raises:
        Forbidden: the folder is there already.
        Refused: it cannot be written.
    """
    folder = round_folder / slug(municipality.name)
    if folder.exists():
        raise Forbidden([FOLDER_THERE.at(Location(folder.as_posix()))])
    values = {
        "municipality": municipality,
        "catalogue": catalogue,
        "evidence_date": evidence_date,
        "language": active(),
    }
    files = {
        "assessment.yaml": render("assessment.yaml", **values),
        "evidence.yaml": render("evidence.yaml", **values),
        "evidence/.gitkeep": "",
        **{f"ratings/{who}.yaml": render("ratings.yaml", assessor=who, **values) for who in assessors},
    }
    temporary = folder.with_name(f".{folder.name}.tmp")
    try:
        for name, text in files.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        temporary.rename(folder)
    except OSError as failure:
        raise Refused([as_problem(failure, folder / "assessment.yaml")]) from None
    finally:
        if temporary.exists():
            import shutil

            shutil.rmtree(temporary, ignore_errors=True)
    return folder
