"""Citations without a number of their own: "paragraph 6 above", "that resolution", "Ibid."."""

import re
from collections.abc import Iterator, Sequence

from qa.resolutions.cite.citing_context import Context
from qa.resolutions.cite.number_lists import NUMBERS, read_numbers
from qa.resolutions.cite.pinpoints import CHAIN, labels, may_name_places, place_after
from qa.resolutions.cite.symbol_tokens import with_parts
from qa.resolutions.model import Cited

SELF = "SELF"  # the citing resolution, if its symbol is unknown
_PARTS = r"[A-Z](?:(?:, [A-Z])* and [A-Z])?"
_ANCHOR = re.compile(
    r"above(?![\w-])|below(?![\w-])|present (?:resolution|decision)(?!\w)|this resolution(?!\w)"
)
# What ends with such an anchor; a place that leads to it is looked for only where one can be.
_SELF = re.compile(
    rf"(?<!\w)(?:(?P<above>{CHAIN}) (?:above|below)"
    rf"|(?:(?P<there>{CHAIN}) (?:of|to|in) )?[Rr]esolutions? (?P<parts>{_PARTS}) (?:above|below)"
    rf"|(?P<of>{CHAIN}),? (?:of|to|in) (?:the present|this) (?:resolution|decision)"
    r"|(?P<annexed>annexed) to (?:the present|this) (?:resolution|decision))\Z"
)
_BACK = 160
_THAT = re.compile(
    rf"(?<!\w)(?:(?P<chain>{CHAIN}),? (?:of|to|in) )?(?:that|the same) "
    r"(?P<noun>resolution|decision)\Z"
)
_THAT_ANCHOR = re.compile(r"(?:that|the same) (?:resolution|decision)(?! [\d(]|\w)")
_SECTION = re.compile(r"sect\. \S+ (?=OP)")
_ANNEX = re.compile(r"annex(?: [IVX\d]+)?(?= )")
_PARAGRAPH = re.compile(r"(?:.* )?(?:OP|PP|para\. )\d+")
_IBID = re.compile(r"\s*(?:See (?:also )?)?[Ii]bid\.?,?")
_IBID_TREATY = re.compile(
    rf"[^();]{{0,60}}?vols?\. [^();]{{1,80}}?,? [Nn]os?\. ?(?P<numbers>{NUMBERS})"
)
_OTHER_WORK = re.compile(r"\s*(?:[\w-]+ (?:\w+ )?[Ss]ession, |\d{4}, )?[Ss]upplement No\. ?\w+")


def self_citations(text: str, context: Context) -> Iterator[Cited]:
    """Yield the citations of the citing resolution itself."""
    if not (
        "above" in text
        or "below" in text
        or "present resolution" in text
        or "present decision" in text
        or (context.organ == "S" and "this resolution" in text)
    ):
        return
    own = context.symbol or SELF
    for anchor in _ANCHOR.finditer(text):
        if anchor[0] == "this resolution" and context.organ != "S":
            continue
        low = max(0, anchor.start() - _BACK)
        words = text[low : anchor.start()]
        match = None
        if may_name_places(words) or "esolution" in words:
            match = _SELF.search(text, low, anchor.end())
        if match is not None:
            yield from _own(match, own, context)
        elif "resolution" in anchor[0]:
            yield _cited(own, "", anchor.start(), anchor.end())


def _own(match: re.Match[str], own: str, context: Context) -> Iterator[Cited]:
    """Yield each place of the citing resolution that a match names."""
    symbols: tuple[str, ...] = (own,)
    if match["parts"]:
        bare = re.sub(r"\[[A-Z-]+\]$", "", own)
        symbols = with_parts(bare, tuple(re.findall(r"[A-Z]", match["parts"])))
    chain = match["above"] or match["there"] or match["of"]
    places = ["annex"] if match["annexed"] else [""]
    if chain:
        places = list(labels(chain, "A/RES/"))
    for symbol in symbols:
        for place in places:
            full = _placed(place, context) if match["above"] else place
            if not full.startswith("("):  # a letter of a paragraph that is not known
                yield _cited(symbol, full, match.start(), match.end())


def _placed(place: str, context: Context) -> str:
    """Return a place "above" as a label in the section or annex of the citing paragraph."""
    annex = _ANNEX.match(context.label)
    if annex and place.startswith("OP"):
        return f"{annex[0]} para. {place[2:]}"
    if place.startswith("(") and (within := _PARAGRAPH.match(context.label)):
        return within[0] + place
    section = _SECTION.match(context.label)
    return section[0] + place if section and place.startswith("OP") else place


def _cited(symbol: str, place: str, start: int, end: int, *, resolved: bool = True) -> Cited:
    return Cited(
        symbol=f"{symbol} {place}" if place else symbol, start=start, end=end, resolved=resolved
    )


def that_resolution_citations(
    text: str, citations: Sequence[Cited], context: Context
) -> Iterator[Cited]:
    """Yield what "that resolution" refers to: the one cited last before it; nothing if none is."""
    if not ("that resolution" in text or "that decision" in text or "e same " in text):
        return
    for anchor in _THAT_ANCHOR.finditer(text):
        match = _THAT.search(text, max(0, anchor.start() - _BACK), anchor.end())
        if match is None:
            continue
        series = "/RES/" if match["noun"] == "resolution" else "/DEC/"
        earlier = [citation for citation in citations if citation.end <= match.start()]
        before = next(
            (
                citation
                for citation in (*reversed(earlier), *reversed(context.previous))
                if series in citation.symbol
            ),
            None,
        )
        if before is None:
            continue
        symbol = before.symbol.partition(" ")[0]
        for place in labels(match["chain"], symbol) if match["chain"] else ("",):
            yield _cited(symbol, place, match.start(), match.end(), resolved=before.resolved)


def ibid_citations(text: str, citations: Sequence[Cited], context: Context) -> Iterator[Cited]:
    """Yield what "Ibid." at the start of a note refers to: what the note before it cites.

    Where the note goes on with another volume of the same series it names another document: a
    treaty has its number there; anything else stays unresolved.
    """
    match = _IBID.match(text)
    if match is None or citations:
        return
    end = match.end()
    treaty = _IBID_TREATY.match(text, end)
    if treaty:
        for number, _ in read_numbers(treaty["numbers"]):
            yield _cited(f"UNTS {number}", "", match.start(), treaty.end())
        return
    start = match.end() - len(match[0].lstrip())
    other_work = _OTHER_WORK.match(text, end)
    if other_work or not context.previous:
        yield _cited(
            text[start : other_work.end() if other_work else end].strip(" ,"),
            "",
            start,
            end,
            resolved=False,
        )
        return
    before = context.previous[-1]
    is_document = "/" in before.symbol and before.resolved
    document = before.symbol.partition(" ")[0] if is_document else before.symbol
    place = place_after(text, end - 1) if text[end - 1] == "," else None
    if place is None:
        same = before.symbol if not text[end:].strip(" .") else document
        yield _cited(same, "", start, end, resolved=before.resolved)
        return
    for label in labels(place.chain, document):
        yield _cited(document, label, start, place.end, resolved=before.resolved)
