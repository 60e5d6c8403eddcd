"""QR codes, as SVG text a template sets as a picture."""

from io import BytesIO

LIBRARY = "segno"
"""What the picture depends on beside Kaasav."""


def qr(text: str) -> str:
    """The QR code of ``text`` as an SVG document, black on white, up to its edges.

    A template leaves white around it as wide as four of its squares (ISO/IEC 18004).

    About 15 % of it may be soiled or missing (level M), more where that needs no larger code. The same text gives the
    same code.

    Args:
        text: at least one character; at most about 1,600 letters.
    """
    import segno

    picture = BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(picture, kind="svg", border=0, light="#fff", xmldecl=False, svgclass=None, lineclass=None, nl=False)
    return picture.getvalue().decode("utf-8")
