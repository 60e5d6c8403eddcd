"""Mails: who wrote what to whom; attachments are files of their own and not read here."""

import importlib

from kaasav.evidence.containers.contents import ContainerError
from kaasav.evidence.text.pages import Gathered, NoTextError, Pages


def read_eml(data: bytes) -> Pages:
    """A mail as RFC 5322 has it, as one text; its date is when it says it was sent."""
    return _read("eml", data)


def read_msg(data: bytes) -> Pages:
    """A mail as Outlook keeps it, likewise."""
    return _read("msg", data)


def _read(kind: str, data: bytes) -> Pages:
    module = importlib.import_module(f"kaasav.evidence.containers.{kind}")
    try:
        mail = module.read(data).mail
    except ContainerError as error:
        raise NoTextError(error.why, error.detail) from error
    return Pages((Gathered().count(mail.text()),), paged=False, created=mail.date.date() if mail.date else None)
