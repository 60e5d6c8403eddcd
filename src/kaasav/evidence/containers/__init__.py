"""Files that hold files: archives, signed containers and mails, opened within bounds. See `opener.open_container`."""

from kaasav.evidence.containers.contents import ContainerError, Contents, Mail, Member, Signature, Skipped
from kaasav.evidence.containers.opener import KINDS, MOST_DEPTH, open_container

__all__ = [
    "KINDS",
    "MOST_DEPTH",
    "ContainerError",
    "Contents",
    "Mail",
    "Member",
    "Signature",
    "Skipped",
    "open_container",
]
