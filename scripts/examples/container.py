"""DigiDoc containers: a paper as PDF, and what looks like the signature of an invented person but signs nothing."""

import base64
import datetime
from xml.sax.saxutils import quoteattr

from examples import pdf
from examples.markup import Paper
from examples.zips import pack

MIMETYPE = "application/vnd.etsi.asic-e+zip"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">\n'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>\n'
    '<manifest:file-entry manifest:full-path={} manifest:media-type="application/pdf"/>\n'
    "</manifest:manifest>\n"
)
SIGNATURES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#">\n'
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="S0">\n'
    "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\n"
    '<ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#S0">'
    "<xades:SignedProperties><xades:SignedSignatureProperties>"
    "<xades:SigningTime>{time:%Y-%m-%dT%H:%M:%SZ}</xades:SigningTime>"
    "</xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object>\n"
    "</ds:Signature>\n</asic:XAdESSignatures>\n"
)


def make(paper: Paper, name: str) -> bytes:
    """The container with ``paper`` as the PDF ``name``, signed on its day by the ``allkirjastaja`` of its head."""
    signed = datetime.datetime.combine(paper.date, datetime.time(14, 5), datetime.UTC)
    certificate = _certificate(paper.head["allkirjastaja"], signed)
    return pack(
        {
            "mimetype": MIMETYPE.encode(),
            name: pdf.make(paper),
            "META-INF/manifest.xml": MANIFEST.format(quoteattr(name)).encode(),
            "META-INF/signatures0.xml": SIGNATURES.format(certificate=certificate, time=signed).encode(),
        },
        stored=("mimetype",),
    )


def _certificate(signer: str, signed: datetime.datetime) -> str:
    """A certificate (base64 of DER) that names ``signer`` and nothing else: no personal code, no real issuer."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    year = datetime.timedelta(days=365)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, signer)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Väljamõeldud õppematerjal")]))
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(signed - year)
        .not_valid_after(signed + year)
        .sign(key, None)
    )
    return base64.b64encode(made.public_bytes(Encoding.DER)).decode()
