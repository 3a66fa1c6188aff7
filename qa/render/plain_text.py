"""An answer as plain text: what is copied, what a terminal shows, and words that pages share."""

import re
import textwrap
from collections.abc import Mapping
from datetime import date

from qa.answer import (
    Answer,
    AnswerRoute,
    Fact,
    KinParagraph,
    Quote,
    Refusal,
    RefusalKind,
    SameWording,
    TextOrigin,
)
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.kind_names import KIND_NAMES
from qa.resolutions.model import Kind, Status
from qa.resolutions.periods import date_in_words

WIDTH = 88  # columns of a terminal page
OWN_TEXT = "Your file, not a publication of the United Nations"
ORIGINS: Mapping[TextOrigin, str] = {
    TextOrigin.CATALOGUED: "UN file, verified",
    TextOrigin.PACKAGED: "Converted from the UN file, as packaged",
    TextOrigin.UNCATALOGUED: "File not in the catalogue",
    TextOrigin.OWN: "Your file",
}
NEAREST = "Nearest, not an answer:"
GRADES = (  # our own scale: the United Nations has no official one
    "reception",
    "position",
    "mild appeal",
    "strong appeal",
    "request to a UN actor",
    "demand",
    "decision",
)
HEADINGS: Mapping[RefusalKind, str] = {
    RefusalKind.NOT_IN_TEXTS: "Not in the loaded texts",
    RefusalKind.NOT_LOADED: "That document is not loaded",
    RefusalKind.NO_SUCH_PARAGRAPH: "No such paragraph",
    RefusalKind.NOT_RECORDED: "Not something resolutions record",
    RefusalKind.NOT_A_QUESTION: "Not a question for Operative",
    RefusalKind.OTHER_LANGUAGE: "Only questions in English can be searched",
    RefusalKind.TOOK_TOO_LONG: "This took too long",
}

_FIELDS: Mapping[str, str] = {
    "adopted": "Adopted",
    "agenda_items": "Agenda item",
    "issued": "Issued",
    "job_number": "Job number",
    "note_count": KIND_NAMES[Kind.NOTE].plural.capitalize(),
    "operative_count": KIND_NAMES[Kind.OPERATIVE].plural.capitalize(),
    "preambular_count": KIND_NAMES[Kind.PREAMBULAR].plural.capitalize(),
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def quote_text(quote: Quote) -> str:
    """Return a quotation ready to paste: the words, the citation with its date, the address.

    A sub-paragraph follows the words that introduce it; dots mark the gap between the two.
    """
    return f"“{quoted_words(quote)}”\n{citation_line(quote)}\n{quote.url or OWN_TEXT}"


def quoted_words(quote: Quote) -> str:
    """Return a quotation with the words that introduce it; dots mark each gap.

    Of a table with marked rows, its header and these rows are left.
    """
    words = quote.text
    if quote.marked_rows:
        shown = (quote.rows[0], *quote.marked_rows)
        words = " [...] ".join(words[row.span.start : row.span.end] for row in shown)
    return f"{quote.chapeau} [...] {words}" if quote.chapeau else words


def answer_text(answer: Answer) -> str:
    """Return the whole answer for a terminal, at most `WIDTH` columns where words allow it."""
    blocks: list[str] = []
    if taken_as(answer):
        blocks.append(_wrap(f"Understood as: {taken_as(answer)}"))
    if headline(answer):
        blocks.append(_wrap(headline(answer)))
    if answer.facts:
        blocks.append("\n".join(_fact_lines(fact) for fact in answer.facts))
    blocks.extend(_quote_lines(quote) for quote in answer.quotes)
    if answer.refusal:
        blocks.extend(_refusal_blocks(answer.refusal))
    if answer.omitted:
        blocks.append(_wrap(omitted_line(answer)))
    return _CONTROLS.sub("\ufffd", "\n\n".join(blocks))


def citation_line(quote: Quote) -> str:
    """Return the citation with the day of adoption, "A/RES/61/181, para. 6 (20 December 2006)"."""
    dated = (
        f"{quote.citation} ({date_in_words(quote.adopted)})" if quote.adopted else quote.citation
    )
    return f"{dated}, {quote.status.value}" if status_label(quote) else dated


def status_label(quote: Quote) -> str | None:
    """Return "Not adopted" or "Draft"; None for an adopted text, which needs no label."""
    return None if quote.status is Status.ADOPTED else quote.status.value.capitalize()


def origin_label(quote: Quote) -> str:
    """Return whether the file of a quotation is a published one: "UN file, verified"."""
    label = ORIGINS[quote.origin]
    if quote.origin is TextOrigin.UNCATALOGUED and quote.provenance.has_catalogued_file:
        return f"{label}, which has another file of this document"
    return label


def provenance_line(quote: Quote) -> str:
    """Return where the file of a quotation came from, and when; "" if nothing is known."""
    known = quote.provenance
    came = ", ".join(filter(None, (known.publisher, known.release)))
    days = [
        f"{what} {moment[: len('2026-11-30')]}"
        for what, moment in (("fetched", known.fetched), ("indexed", known.added))
        if moment
    ]
    return "; ".join(filter(None, (came, ", ".join(days))))


def conflict_line(quote: Quote) -> str:
    """Return which files have other words for the document of a quotation; "" if none has."""
    files = quote.source.conflicts
    if not files:
        return ""
    return f"Other words under this symbol, not quoted: {', '.join(files)}."


def source_line(fact: Fact) -> str:
    """Return where a fact is recorded, "metadata/79.json, line 12"; "" if in the document."""
    return f"{fact.source.file}, line {fact.source.line}" if fact.source else ""


def kind_label(kind: Kind) -> str | None:
    """Return what a passage is called; None for an operative paragraph, which needs no label."""
    return None if kind is Kind.OPERATIVE else KIND_NAMES[kind].singular.capitalize()


def field_label(fact: Fact) -> str:
    """Return the name of a fact for a reader, "Operative paragraphs"."""
    return _FIELDS.get(fact.field, fact.field.replace("_", " ").capitalize())


def fact_value(fact: Fact) -> str:
    """Return the value of a fact for a reader: ISO dates in words, all else unchanged."""
    try:
        return date_in_words(date.fromisoformat(fact.value))
    except ValueError:
        return fact.value


def same_wording_text(same: SameWording) -> str:
    """Return one copy of a quotation, "A/RES/56/123 OP6, 19 December 2001"."""
    place = f"{same.symbol} {same.label}"
    return f"{place}, {date_in_words(same.adopted)}" if same.adopted else place


def kin_text(kin: KinParagraph) -> str:
    """Return one kin of a quotation, "A/RES/56/123 OP6, 19 December 2001: 2026 → 2027"."""
    place = f"{kin.symbol} {kin.label}"
    dated = f"{place}, {date_in_words(kin.adopted)}" if kin.adopted else place
    changes = "; ".join(f"{change.here or '–'} → {change.there or '–'}" for change in kin.differs)
    return f"{dated}: {changes}"


def headline(answer: Answer) -> str:
    """Return one line that counts the quotations; "" for an answer of facts or a refusal."""
    if answer.message or not answer.quotes:
        return answer.message
    operative = all(quote.kind is Kind.OPERATIVE for quote in answer.quotes)
    total = len(answer.quotes)
    noun = ("operative paragraph" if operative else "passage") + ("" if total == 1 else "s")
    order = ", best first" if total > 1 and answer.road is AnswerRoute.SEARCH else ""
    return f"{total} {noun}{order}."


def taken_as(answer: Answer) -> str:
    """Return the completed question; "" if it is the question as asked."""
    unusable = answer.refusal is not None and answer.refusal.kind is RefusalKind.NOT_A_QUESTION
    same = answer.understood.split() == answer.question.split()
    return "" if unusable or same else answer.understood


def omitted_line(answer: Answer) -> str:
    """Return the sentence that says how many quotations a token budget left out, if any."""
    if not answer.omitted:
        return ""
    if not answer.quotes:
        return "Not even the first quotation fits the token budget; raise it to see the answer."
    more = "1 more does" if answer.omitted == 1 else f"{answer.omitted} more do"
    return f"Of the quotations found, {more} not fit the token budget."


def _text_lines(quote: Quote) -> list[str]:
    """The words of a quotation; of a table with marked rows, its header and these rows."""
    if not quote.marked_rows:
        return [_wrap(f"“{quote.text}”", "    ")]
    rows = (quote.rows[0], *quote.marked_rows)
    return ["\n".join(_wrap(" | ".join(row.cells), "    ") for row in rows)]


def more_items_line(quote: Quote) -> str:
    """Return how many sub-paragraphs of a quotation are not listed."""
    return f"[...] and {quote.more_items} more sub-paragraphs"


def more_kin_line(quote: Quote) -> str:
    """Return how many more paragraphs differ from a quotation in figures only."""
    count = quote.more_kin
    return f"{count} more {'differs' if count == 1 else 'differ'} in figures only."


def series_line(quote: Quote) -> str:
    """Return the place of a quotation among the texts that follow each other; "" without one.

    "Superseded by S/RES/2779 (2025). Newest of 25 (UNMISS, mandate): S/RES/2820 (2026)."
    """
    series = quote.series
    if series is None:
        return ""
    # A series of one title is named by the title above.
    name = "of this title" if series.name == quote.title else f"({series.name})"
    among = f"of {series.of} {name}"
    if series.newest == quote.symbol:
        return f"Newest {among}." if series.of > 1 else ""
    newest = spaced_symbol(series.newest)
    if series.superseded_by:
        replaced = f"Superseded by {spaced_symbol(series.superseded_by)}. "
        return f"{replaced}Newest {among}: {newest}."
    return f"Number {series.position} {among}; the newest is {newest}."


def _quote_lines(quote: Quote) -> str:
    """One quotation, indented, with its citation, title, copies and address below."""
    label = kind_label(quote.kind)
    chapeau = [_wrap(f"{quote.chapeau} [...]", "    ")] if quote.chapeau else []
    copies = "; ".join(same_wording_text(same) for same in quote.same_wording)
    lines = [
        citation_line(quote) + (f" · {label}" if label else ""),
        *chapeau,
        *_text_lines(quote),
        *(_wrap(f"{item.label}: “{item.text}”", "      ") for item in quote.items),
        *([f"      {more_items_line(quote)}"] if quote.more_items else []),
        *([_wrap(quote.title, "  ")] if quote.title else []),
        *([_wrap(series_line(quote), "  ")] if series_line(quote) else []),
        *([_wrap(f"Same wording: {copies}", "  ")] if copies else []),
        *(_wrap(f"The same but for: {kin_text(kin)}", "  ") for kin in quote.kin),
        *([_wrap(more_kin_line(quote), "  ")] if quote.more_kin else []),
        *([_wrap(conflict_line(quote), "  ")] if conflict_line(quote) else []),
        f"  {quote.url} ({origin_label(quote)})" if quote.url else f"  {OWN_TEXT}",
    ]
    return "\n".join(lines)


def _fact_lines(fact: Fact) -> str:
    """One fact, and below it the words of the source that state it."""
    line = _wrap(f"{fact.symbol} · {field_label(fact)}: {fact_value(fact)}")
    lines = [line]
    if fact.printed:
        lines.append(_wrap(f"“{fact.printed}”", "    "))
    if fact.source:
        lines.append(_wrap(f"Record: {source_line(fact)}", "    "))
    return "\n".join(lines)


def _refusal_blocks(refusal: Refusal) -> list[str]:
    """The heading and message of a refusal, where else to look, and what comes nearest."""
    blocks = [_wrap(f"{HEADINGS[refusal.kind]}. {refusal.message}")]
    if refusal.link:
        blocks[0] += f"\nSee {refusal.link}"
    if refusal.nearest:
        blocks.append(NEAREST)
        blocks.extend(_quote_lines(quote) for quote in refusal.nearest)
    return blocks


def _wrap(text: str, indent: str = "") -> str:
    """Lines of at most `WIDTH` columns; no word is cut, so a symbol or an address stays whole."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
