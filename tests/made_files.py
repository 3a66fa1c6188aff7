"""Word, PDF and other files made for the tests, byte by byte: what is in them is seen here."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NAMES = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="{_MC}"'
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
{overrides}</Types>
"""
_OVERRIDE = (
    '<Override PartName="/word/{part}.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>\n'
)


def run(text: str, properties: str = "") -> str:
    """A run of text; a tab and a line end stand for their elements."""
    inner = escape(text).replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    inner = f'<w:t xml:space="preserve">{inner}</w:t>'.replace(
        "<w:t>", '<w:t xml:space="preserve">'
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def note(number: int, kind: str = "footnote", marker: str = "") -> str:
    """A reference to a note; a marker of its own is typed behind it."""
    custom = ' w:customMarkFollows="1"' if marker else ""
    typed = f"<w:t>{marker}</w:t>" if marker else ""
    return f'<w:r><w:{kind}Reference{custom} w:id="{number}"/>{typed}</w:r>'


def para(
    *inner: str, style: str = "", number: tuple[int, int] | None = None, more: str = ""
) -> str:
    """A paragraph; what is no markup is a run. `number` is its list and level."""
    runs = "".join(one if one.startswith("<") else run(one) for one in inner)
    said = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if number:
        said += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p>{f'<w:pPr>{said}{more}</w:pPr>' if said or more else ''}{runs}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of cells that hold text or paragraphs."""
    cells = (
        "".join(
            f"<w:tc><w:tcPr/>{cell if cell.startswith('<w:') else para(cell)}</w:tc>"
            for cell in row
        )
        for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def level(at: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(abstracts: Mapping[int, Iterable[str]], numbers: Mapping[int, tuple[int, str]]) -> str:
    """The numbering of a document: levels by abstract list, and of each list its abstract one."""
    return "".join(
        f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'
        for name, levels in abstracts.items()
    ) + "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        for name, (abstract, overrides) in numbers.items()
    )


def word_file(
    *body: str,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    numbering: str = "",
    styles: str = "",
    settings: str = "",
    header: str = "",
    footer: str = "",
    section: str = "",
) -> bytes:
    """A Word file: paragraphs and tables, and the other parts where there are any."""
    parts = {"document": ""}
    for kind, notes in (("footnotes", footnotes), ("endnotes", endnotes)):
        if notes:
            one = kind.removesuffix("s")
            parts[kind] = "".join(
                f'<w:{one} w:id="{name}">'
                f"{text if text.startswith('<w:p') else para(f'<w:r><w:{one}Ref/></w:r>', f' {text}')}"
                f"</w:{one}>"
                for name, text in notes.items()
            )
    for kind, content in (
        ("numbering", numbering),
        ("styles", styles),
        ("settings", settings),
        ("header", header),
        ("footer", footer),
    ):
        parts |= {kind: content} if content else {}
    roots = {"document": "document", "header": "hdr", "footer": "ftr"}
    edges = "".join(
        f'<w:{kind}Reference w:type="first" r:id="{kind}"/>'
        for kind in ("header", "footer")
        if kind in parts
    )
    title = "<w:titlePg/>" if edges else ""
    parts["document"] = (
        f"<w:body>{''.join(body)}<w:sectPr>{edges}{section}{title}</w:sectPr></w:body>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = "".join(
            _OVERRIDE.format(part=part, kind=part) for part in parts if part != "document"
        )
        archive.writestr("[Content_Types].xml", _TYPES.format(overrides=overrides))
        archive.writestr(
            "_rels/.rels", relations({"d": (f"{_R}/officeDocument", "word/document.xml")})
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            relations(
                {part: (f"{_R}/{part}", f"{part}.xml") for part in parts if part != "document"}
            ),
        )
        for part, content in parts.items():
            root = roots.get(part, part)
            archive.writestr(
                f"word/{part}.xml",
                f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{root} {_NAMES}>{content}</w:{root}>',
            )
    return held.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """A part that names other parts."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Relationships '
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


# PDF: all text in Courier, whose characters are 0.6 of the size wide

Printed = tuple[float, float, float, str]  # x, y of the baseline, size, text
EM = 0.6


def pdf_file(*pages: Sequence[Printed], picture: bool = False, rotate: int = 0) -> bytes:
    """A PDF with these pages, each 612 by 792 points; `picture` puts a grey square on each."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    ]
    objects.append(
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 1>>\nstream\n\x80\nendstream"
    )
    kids = []
    for page in pages:
        stream = b"".join(_shown(one) for one in page)
        if picture:
            stream += b"q 500 0 0 700 50 50 cm /I Do Q\n"
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>" % (rotate, len(objects))
        )
        kids.append(len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table_at = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table_at,
    )


def _shown(printed: Printed) -> bytes:
    x, y, size, text = printed
    held = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /F %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, held)


def paragraph_lines(
    text: str,
    *,
    top: float,
    left: float = 72,
    right: float = 540,
    indent: float = 24,
    size: float = 10,
    leading: float = 12,
) -> list[Printed]:
    """The printed lines of a paragraph, its first line indented."""
    lines: list[Printed] = []
    x, words, line = left + indent, text.split(" "), ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if x + EM * size * len(longer) > right and line:
            lines.append((x, top - leading * len(lines), size, line))
            x, line = left, word
        else:
            line = longer
    lines.append((x, top - leading * len(lines), size, line))
    return lines
