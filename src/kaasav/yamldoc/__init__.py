"""The one reader for all YAML: text with places in, checked models and problems out."""

from kaasav.yamldoc.binding import bind
from kaasav.yamldoc.document import Document, Path, parse

__all__ = ["Document", "Path", "bind", "parse"]
