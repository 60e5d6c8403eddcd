"""Every YAML file says first what it is: ``schema: kaasav/<form>/<version>``."""

from kaasav.language import N_
from kaasav.problems import Problem, error
from kaasav.yamldoc.document import Document

WRONG_SCHEMA = error(
    "wrong-schema", N_("this file says it is “{found}”, but “{expected}” is needed here"), N_("is it the right file?")
)
NO_SCHEMA = error(
    "no-schema", N_("the file does not say what it is"), N_("write “schema: {expected}” as its first line")
)
NEWER_SCHEMA = error(
    "newer-schema",
    N_("this file is of version {found} of its format; this Kaasav knows up to {known}"),
    N_("install a newer Kaasav"),
)
NOT_MAPPING = error("not-a-mapping", N_("keys with values are needed here"), N_("write “key: value” lines"))


def check_schema(document: Document, schema: str) -> list[Problem]:
    """What is wrong with what ``document`` says it is, where ``schema`` (such as ``kaasav/round/1``) is needed."""
    if not isinstance(document.data, dict):
        return [NOT_MAPPING.at(document.at())]
    stated = document.data.get("schema")
    if not isinstance(stated, str):
        return [NO_SCHEMA.at(document.at("schema"), expected=schema)]
    if stated == schema:
        return []
    family, _, number = schema.rpartition("/")
    stated_family, _, stated_number = stated.rpartition("/")
    if stated_family == family and stated_number.isdigit() and int(stated_number) > int(number):
        return [NEWER_SCHEMA.at(document.at("schema"), found=stated_number, known=number)]
    return [WRONG_SCHEMA.at(document.at("schema"), found=stated, expected=schema)]
