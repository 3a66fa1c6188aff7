"""Citations as we resolve them against the links that the United Nations set in its XML.

Every `<a href>` to docs.un.org or undocs.org in a paragraph, heading or note is compared with the
citation that we read at its place in the whole text. What a link may say otherwise without being
another document is set out at `_same_document`.
"""

import re
import urllib.parse
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.resolutions.cite.resolve import Context, read_citations
from qa.resolutions.cite.sessions import security_council_year
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Cited, Kind

_HOST = re.compile(
    r"https?://(?:docs\.un\.org|(?:www\.)?undocs\.org)/+(?:en/)?(?:(?:ar|zh|en|fr|ru|es)/)?"
)
_INLINE = frozenset(
    [
        *("a", "b", "br", "date", "docNumber", "docProponent", "docTitle", "em", "eol", "i"),
        *("inline", "location", "organization", "person", "ref", "role", "span", "strong", "sub"),
        *("sup", "term", "u"),
    ]
)
_WORK = re.compile(
    r"/un(?P<organ>[gs])[ac]/(?P<date>[\d-]+)/(?P<number>(?:E?S-)?\d+)-(?P<rest>\w+)"
)
# Links that are themselves wrong, and a slip of print: found by the year test, checked by hand.
KNOWN_ERRORS = {
    ("A/RES/75/181", "43/15"): "a Human Rights Council resolution, linked as the Assembly's",
    ("A/RES/78/199", "53/11"): "a Human Rights Council resolution, linked as the Assembly's",
    ("A/RES/78/206", "51/19"): "a Human Rights Council resolution, linked as the Assembly's",
    ("A/RES/76/174", "74/146"): "an Assembly resolution, linked as the Human Rights Council's",
    ("A/RES/78/147", "79/8"): "an ESCAP resolution, linked as the Assembly's",
    ("A/RES/78/149", "73/8"): "an ESCAP resolution, linked as the Assembly's",
    ("A/RES/80/131", "73/8"): "an ESCAP resolution, linked as the Assembly's",
    ("A/RES/80/143", "72/7"): "an ESCAP resolution, linked as the Assembly's",
    ("A/RES/75/248", "72/256"): 'printed "72/256 of 24 December 2107": no session fits',
    ("A/RES/78/248", "72/256"): 'printed "72/256 of 24 December 2107": no session fits',
}


_EXAMPLES = Path(__file__).parent.parent / "tests" / "cases" / "citations.tsv"
_SIZES = {("A/RES/56/123", Kind.OPERATIVE): 21, ("A/RES/61/181", Kind.OPERATIVE): 9}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLink:
    """A link that leads elsewhere than our citation."""

    citing: str
    kind: str
    printed: str  # the text of the link, with a few words before it
    href: str
    ours: tuple[str, ...]


@dataclass(slots=True)
class Links:
    """What was compared."""

    files: int = 0
    unreadable: int = 0
    total: int = 0
    right: int = 0
    misses: list[WrongLink] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Links that lead where our citation does, of all."""
        return self.right / self.total if self.total else 0.0

    def by_kind(self) -> Counter[str]:
        """Return how many misses there are of each kind."""
        return Counter(miss.kind for miss in self.misses)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A text without its tags, and where its links stand in it."""

    text: str
    anchors: tuple[tuple[int, int, str], ...]
    is_note: bool


def measure(folder: Path) -> Links:
    """Compare every link of the XML files below `folder`; malformed files are only counted."""
    links = Links()
    for path in sorted(folder.rglob("*.xml")):
        try:
            root = ET.parse(path).getroot()
        except ET.ParseError:
            links.unreadable += 1
            continue
        links.files += 1
        _compare(root, path.stem, links)
    return links


def measure_examples(known: Path) -> tuple[int, int, tuple[str, ...]]:
    """Read each citation of a table of known answers; return how many are right, of how many.

    Also return each miss with the actual reading, one per line. The place of a text and the text
    before it come from our copy of the table, `tests/cases/citations.tsv`; a text that it lacks is
    read as if typed. "The last paragraph" is that of the packaged texts.
    """
    places = {row["text"]: row for row in _table(_EXAMPLES)}
    answers = list(_table(known))
    misses = []
    for row in answers:
        text, expected = row["text"], row["expected"]
        given = _given(text, places.get(text, {}))
        if given != expected and not (given.startswith("?") and expected.startswith("UNRESOLVED")):
            misses.append(f"{text}: {expected}; ours: {given}")
    return len(answers) - len(misses), len(answers), tuple(misses)


def _given(text: str, place: dict[str, str]) -> str:
    """Return what we read in a text, as the table writes it; unresolved ones with a "?" first."""
    before, citing = place.get("before", ""), place.get("citing", "")
    named = place.get("previous", "")
    context = Context(
        organ=citing[:1] or "A",
        symbol=citing or None,
        previous=(Cited(symbol=named, start=0, end=1),) if named else (),
        count=lambda symbol, kind: _SIZES.get((symbol, kind)),
    )
    citations = [
        citation
        for citation in read_citations(before + text, context)
        if citation.end > len(before)
    ]
    if not citations:
        return "NONE"
    if citations[0].symbol.startswith("Ibid."):
        return "IBID"
    own = without_part(citing)
    is_self = place.get("expected", "").startswith("SELF")
    return "; ".join(
        (citation.symbol.replace(own, "SELF", 1) if is_self else citation.symbol)
        if citation.resolved
        else f"? {citation.symbol}"
        for citation in citations
    )


def _table(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    header, *cells = [line.split("\t") for line in lines if not line.startswith("#")]
    for row in cells:
        yield dict(zip(header, row, strict=False))


def report(links: Links, *, shown: int = 3) -> str:
    """Return the share, the misses by kind with examples of each, and the known errors by name."""
    share = f"{links.right:,} of {links.total:,} links ({links.share:.2%})"
    lines = [f"{share} in {links.files:,} files; {links.unreadable} files are not well formed."]
    for kind, count in links.by_kind().most_common():
        lines.append(f"- {count} {kind}")
        examples = [miss for miss in links.misses if miss.kind == kind]
        for miss in examples[: len(examples) if kind == _KNOWN else shown]:
            ours = ", ".join(miss.ours) or "nothing"
            lines.append(f"  - {miss.citing}: “{miss.printed}” → {miss.href}; ours: {ours}")
    return "\n".join(lines)


_KNOWN = "known errors of the files"
_OTHER_NUMBER = "the link leads to another number than the one that is printed in it"
_SERIES = "the same number of another organ"
_DECLINED = "we decline: the owner is not named, or the date does not fit"
_UNREAD = "no citation read there"


def _compare(root: ET.Element, name: str, links: Links) -> None:
    organ, symbol = _identity(root, name)
    previous: tuple[Cited, ...] = ()
    for unit in _units(root, is_note=False):
        context = Context(organ=organ, symbol=symbol, previous=previous)
        citations = read_citations(unit.text, context)
        previous = citations or previous
        for anchor in unit.anchors:
            start, end, href = anchor
            links.total += 1
            ours = [
                citation for citation in citations if citation.start < end and start < citation.end
            ]
            if any(
                citation.resolved and _same_document(citation.symbol, href) for citation in ours
            ):
                links.right += 1
            else:
                links.misses.append(_miss(unit, anchor, ours, symbol))


def _miss(
    unit: _Unit, anchor: tuple[int, int, str], ours: Sequence[Cited], citing: str
) -> WrongLink:
    start, end, href = anchor
    printed = unit.text[start:end]
    if (citing, printed) in KNOWN_ERRORS:
        kind = _KNOWN
    elif _numbers(printed) and not _numbers(printed) <= _numbers(href):
        kind = _OTHER_NUMBER
    elif not ours:
        kind = _UNREAD
    elif all(not citation.resolved for citation in ours):
        kind = _DECLINED
    else:
        kind = _SERIES
    return WrongLink(
        citing=citing,
        kind=kind,
        printed=unit.text[max(0, start - 60) : end],
        href=href,
        ours=tuple(dict.fromkeys(citation.symbol for citation in ours)),
    )


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def _same_document(symbol: str, href: str) -> bool:
    """Return whether a citation and a link name one document.

    Case is ignored; parts as the United Nations links them (domain guide 5): the letter is omitted
    for part A and before 1976, and written otherwise; a composite is linked as a whole. One of two
    joint symbols suffices. A link may add "(Supp)" to a supplement, and either side may omit a
    volume or part in brackets, but never a section of the budget, which is a separate document.
    """
    document = without_part(symbol)
    part = symbol[len(document) :][1:].partition("]")[0] if "[" in symbol else ""
    for joint in re.split(r"(?<=\d)[-–](?=[A-Z]{1,5}/)", href):
        linked = re.sub(r"(?i)\(supp(?:l|lement)?\.?\)?", "", joint).upper()
        ours = document.upper()
        if _is_volume(linked) != _is_volume(ours):
            linked, ours = _without_bracket(linked), _without_bracket(ours)
        roman = re.fullmatch(r"(.*/\d+)([A-Z])(\(.*\))", linked)
        if roman and roman[2] == part:
            linked = roman[1] + roman[3]
        letters = linked.removeprefix(ours) if linked.startswith(ours) else "?"
        if not letters or (part and re.fullmatch(r"[A-Z]{1,2}(?:[-,][A-Z])*", letters)):
            return True
    return False


def _is_volume(symbol: str) -> bool:
    return re.search(r"\((?:VOL|PART)[^)]*\)$", symbol) is not None


def _without_bracket(symbol: str) -> str:
    return re.sub(r"\([^()]*\)$", "", symbol)


def _identity(root: ET.Element, name: str) -> tuple[str, str]:
    """Return the letter of the adopting organ and the symbol of a file."""
    this = next((inner for inner in root.iter() if _tag(inner) == "FRBRthis"), None)
    match = _WORK.search(this.get("value", "") if this is not None else "")
    if match is None:
        return "A", name
    if match["organ"] == "s":
        return "S", f"S/RES/{match['number']}({match['rest']})"
    number = re.sub(r"(?<=\d)([A-Z])$", r"[\1]", f"{match['number']}/{match['rest']}")
    return "A", f"A/RES/{number}"


def _units(element: ET.Element, *, is_note: bool) -> Iterator[_Unit]:
    """Yield each text of an element, blanks joined; blocks inside it come after it."""
    pieces: list[tuple[str, str | None]] = []
    blocks: list[ET.Element] = []

    def read(parent: ET.Element, href: str | None) -> None:
        pieces.append((parent.text or "", href))
        for child in parent:
            tag = _tag(child)
            if tag in _INLINE:
                read(child, child.get("href") if tag == "a" else href)
            elif tag:
                blocks.append(child)
            pieces.append((child.tail or "", href))

    read(element, None)
    text, anchors = _joined(pieces)
    if text:
        yield _Unit(text, anchors, is_note)
    for block in blocks:
        yield from _units(block, is_note=is_note or _tag(block) == "authorialNote")


def _joined(
    pieces: Sequence[tuple[str, str | None]],
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return the text of pieces and the places of its links; a link split in two is made one."""
    text = ""
    anchors: list[tuple[int, int, str]] = []
    for piece, address in pieces:
        plain = re.sub(r"[\s\u00a0]+", " ", piece.replace("\u2011", "-"))
        if not text or text.endswith(" "):
            plain = plain.lstrip()
        start, text = len(text), text + plain
        href = _symbol(address) if address else None
        if not href or not re.search(r"\w", plain):
            continue
        end = start + len(plain.rstrip())
        if anchors and anchors[-1][2] == href and not text[anchors[-1][1] : start].strip():
            anchors[-1] = (anchors[-1][0], end, href)
        else:
            anchors.append((start, end, href))
    return text.rstrip(), tuple(anchors)


def _symbol(address: str) -> str | None:
    """Return the symbol that an address leads to; None if it leads to another site."""
    path = urllib.parse.unquote(address.strip())
    match = _HOST.match(path)
    if not match:
        return None
    symbol = re.sub(r"[\s\u00a0]+", "", path[match.end() :].replace("\u2011", "-")).rstrip("/;")
    bare = re.fullmatch(r"S/RES/(\d+)", symbol)
    year = security_council_year(int(bare[1])) if bare else None
    return f"{symbol}({year})" if year else symbol


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
