"""Passages of the corpus as proved quotations."""

from collections.abc import Iterable, Sequence

from qa.answer import KinParagraph, Quote, QuotedItem, QuotedRow, SameWording, TextOrigin
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage, PassageRef
from qa.corpus.table_rows import TABLE_LABEL
from qa.corpus.text_origin import provenance_of, text_origin
from qa.resolutions.cite.citation_format import citation, link, spaced_symbol
from qa.resolutions.cite.document_places import is_ambiguous, namesake_of
from qa.resolutions.model import Span
from qa.resolutions.series_place import SeriesPlace
from qa.resolutions.wordings import differences
from qa.search.query import Query
from qa.search.retriever import Hit, Retriever
from qa.time_budget import check_time

SHOWN_ITEMS = 12
SHOWN_KIN = 4  # whose texts are compared with that of the quotation


def quote(
    corpus: Corpus,
    passage: Passage,
    *,
    score: float = 1.0,
    highlight: Sequence[Span] = (),
    with_kin: bool = False,
    with_items: bool = False,
) -> Quote:
    """Return a passage as a quotation; raise QuotationError if it is not what its source says.

    Args:
        corpus: the texts that hold the passage.
        passage: what to quote.
        score: 0 to 1.
        highlight: what to mark in its text.
        with_kin: show the paragraphs that differ in figures only, with what differs.
        with_items: show the sub-paragraphs that it introduces, each compared with its source.
    """
    check_time()
    corpus.proof.require(passage)
    kin = corpus.copies.kin_of(passage.row) if with_kin else ()
    items = _items_of(corpus, passage) if with_items else ()
    resolution = passage.resolution
    origin = text_origin(corpus, resolution)
    return Quote(
        symbol=resolution.symbol,
        title=resolution.title,
        adopted=resolution.adopted,
        label=passage.label,
        number=passage.number,
        kind=passage.kind,
        text=passage.text,
        highlight=tuple(highlight),
        citation=citation_of(corpus, passage),
        url="" if origin is TextOrigin.OWN else link(resolution.symbol),
        origin=origin,
        provenance=provenance_of(corpus, resolution, origin),
        score=round(score, 4),
        source=resolution.source,
        start=passage.start,
        end=passage.end,
        chapeau=passage.chapeau,
        actions=passage.actions,
        subjects=resolution.subjects,
        citations=passage.citations,
        status=resolution.status,
        same_wording=_same_wording(corpus.copies.of(passage.row)),
        kin=tuple(_kin(corpus, passage, ref) for ref in kin[:SHOWN_KIN]),
        more_kin=len(kin[SHOWN_KIN:]),
        series=_series_place(corpus, passage),
        rows=tuple(
            QuotedRow(span=row.span, cells=row.cells) for row in corpus.tables.rows_of(passage)
        ),
        items=tuple(QuotedItem(label=item.label, text=item.text) for item in items[:SHOWN_ITEMS]),
        more_items=len(items[SHOWN_ITEMS:]),
    )


def _series_place(corpus: Corpus, passage: Passage) -> SeriesPlace | None:
    place = corpus.place(passage.symbol)
    return None if place is None else corpus.series.place_of(passage.row, place)


def citation_of(corpus: Corpus, passage: Passage) -> str:
    """Return the citation of a passage, by which it alone can be found."""
    label, symbol = passage.label, passage.symbol
    is_plain = passage.is_numbered and not is_ambiguous(label)
    if is_plain and corpus.passage(symbol, namesake_of(label)) is None:
        return citation(symbol, label, passage.kind)
    place = corpus.printed_places(symbol)[label]
    return f"{spaced_symbol(symbol)}, {place.words}"


def _same_wording(copies: Iterable[PassageRef]) -> tuple[SameWording, ...]:
    return tuple(
        SameWording(symbol=copy.symbol, label=copy.label, adopted=copy.adopted) for copy in copies
    )


def _items_of(corpus: Corpus, passage: Passage) -> tuple[Passage, ...]:
    """Return the sub-paragraphs that a paragraph introduces, tables left out."""
    if not passage.text.endswith(":"):
        return ()
    opening = f"{passage.chapeau} {passage.text}" if passage.chapeau else passage.text
    items = tuple(
        item
        for item in corpus.passages_of(passage.symbol)
        if item.row > passage.row and item.chapeau and item.chapeau.startswith(opening)
        if item.label.startswith(passage.label) and TABLE_LABEL not in item.label
    )
    for item in items[:SHOWN_ITEMS]:
        corpus.proof.require(item)
    return items


def _kin(corpus: Corpus, passage: Passage, ref: PassageRef) -> KinParagraph:
    return KinParagraph(
        symbol=ref.symbol,
        label=ref.label,
        adopted=ref.adopted,
        differs=differences(passage.text, corpus.passages[ref.row].text),
    )


def quote_hit(corpus: Corpus, retriever: Retriever, query: Query, hit: Hit) -> Quote:
    """Return a passage that search found as a quotation, with the words asked for marked."""
    return quote(
        corpus,
        hit.passage,
        score=hit.score,
        highlight=retriever.highlights(query, hit.passage),
        with_kin=True,
        with_items=True,
    )


def with_notes(corpus: Corpus, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return quotations, each followed by the notes that it points to."""
    all_quotes: list[Quote] = []
    for each in quotes:
        all_quotes.append(each)
        passage = corpus.passage(each.symbol, each.label)
        for mark in passage.marks if passage else ():
            note = corpus.passage(each.symbol, f"FN{mark.marker}")
            if note:
                all_quotes.append(quote(corpus, note, score=each.score))
    return tuple({f"{each.symbol} {each.label}": each for each in all_quotes}.values())
