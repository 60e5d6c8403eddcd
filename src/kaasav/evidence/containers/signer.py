"""The name in a signer's certificate, without the personal code that Estonian certificates carry beside it."""

import base64
import binascii
import re
import warnings

_CODE = re.compile(
    r"(?:\b(?:PNO|PAS|IDC)[A-Z]{2}-?)?\b\d{6}-?\d{5}\b|\b\d{11,}\b|\b(?:PNO|PAS|IDC)[A-Z]{2}-\S+|\d{11,}"
)
_LONGEST = 200


def signer(certificate: str) -> str:
    """Who a certificate (base64 of DER) is of; "" where it cannot be read.

    A person's common name ``MÄNNIK,MARI-LIIS,61709210125`` becomes ``MARI-LIIS MÄNNIK``; an organisation's stamp
    keeps its name.
    """
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        der = base64.b64decode("".join(certificate.split()), validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd about an old certificate is not asked here
            named = x509.load_der_x509_certificate(der).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return without_code(str(named[-1].value)) if named else ""
    except (binascii.Error, ValueError, TypeError):
        return ""


def without_code(common_name: str) -> str:
    """A common name without any personal code, the given name first."""
    parts = [part for raw in common_name.split(",") if (part := " ".join(_CODE.sub("", raw).split()).strip(" -_"))]
    if len(parts) == 2 and common_name.count(",") == 2:
        parts.reverse()
        return " ".join(parts)[:_LONGEST]
    return ", ".join(parts)[:_LONGEST]
