"""DigiDoc containers, signed by nobody: the certificates are made here, the signatures are no signatures."""

import base64
import datetime
import functools
import io
import zipfile
from collections.abc import Mapping

ASICE, ASICS = "application/vnd.etsi.asic-e+zip", "application/vnd.etsi.asic-s+zip"
SIGNER = "MÄNNIK,MARI-LIIS,60001019906"
TIME = "2026-03-12T08:30:00Z"


@functools.lru_cache
def certificate(common_name: str = SIGNER) -> str:
    """A certificate of ``common_name`` (base64 of DER), with the personal code where Estonian ones have it too."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.x509.oid import NameOID

    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "EE"),
                      x509.NameAttribute(NameOID.COMMON_NAME, common_name),
                      x509.NameAttribute(NameOID.SERIAL_NUMBER, "PNOEE-60001019906")])  # fmt: skip
    start = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).public_key(key.public_key()).serial_number(1)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Näidiskeskus")]))
        .not_valid_before(start).not_valid_after(start + datetime.timedelta(days=1_000)).sign(key, None)
    )  # fmt: skip
    from cryptography.hazmat.primitives.serialization import Encoding

    return base64.encodebytes(made.public_bytes(Encoding.DER)).decode()


def signature(common_name: str = SIGNER, time: str = TIME) -> str:
    """An XAdES signature, as far as anybody reads it without checking."""
    return (
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">'
        f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate(common_name)}</ds:X509Certificate></ds:X509Data>"
        "</ds:KeyInfo><ds:Object><xades:QualifyingProperties><xades:SignedProperties>"
        f"<xades:SigningTime>{time}</xades:SigningTime></xades:SignedProperties>"
        f"<xades:EncapsulatedX509Certificate>{certificate('Näidiskeskus')}</xades:EncapsulatedX509Certificate>"
        "</xades:QualifyingProperties></ds:Object></ds:Signature>"
    )


def asice(files: Mapping[str, bytes], *signatures: str) -> bytes:
    """An ASiC-E container: also what ``.bdoc`` is."""
    around = "<asic:XAdESSignatures xmlns:asic='http://uri.etsi.org/02918/v1.2.1#'>{}</asic:XAdESSignatures>"
    parts = {f"META-INF/signatures{number}.xml": around.format(one) for number, one in enumerate(signatures)}
    return _zipped(ASICE, {**files, "META-INF/manifest.xml": "<manifest/>", **parts})


def asics(name: str, data: bytes, time: str = "20260312083000Z") -> bytes:
    """An ASiC-S container with a time stamp."""
    stamp = b"\x30\x1d\x02\x01\x01" + b"\x18" + bytes([len(time)]) + time.encode()
    return _zipped(ASICS, {name: data, "META-INF/timestamp.tst": stamp})


def ddoc(files: Mapping[str, bytes], *signatures: str, before: str = "") -> bytes:
    """DIGIDOC-XML 1.3."""
    data = "".join(
        f'<DataFile ContentType="EMBEDDED_BASE64" Filename="{name}" Id="D{number}" MimeType="x" Size="{len(content)}" '
        f'xmlns="http://www.sk.ee/DigiDoc/v1.3.0#">{base64.encodebytes(content).decode()}</DataFile>'
        for number, (name, content) in enumerate(files.items())
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<SignedDoc format="DIGIDOC-XML" version="1.3" '
        f'xmlns="http://www.sk.ee/DigiDoc/v1.3.0#">\n{data}{"".join(signatures)}</SignedDoc>\n'
    ).encode()


def _zipped(mimetype: str, parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 12, 8, 30, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
