"""A series as a table: a row for each paragraph, a column for each edition."""

from collections.abc import Iterator

from qa.corpus.corpus import Corpus
from qa.desks.edition_comparison import PairKind, paragraph_differences
from qa.desks.paragraph_chain import SeriesAlignment
from qa.desks.series_editions import editions_of


def series_matrix(corpus: Corpus, symbol: str) -> Iterator[tuple[str, ...]]:
    """Yield the table of the series of a loaded document, its heads first.

    A cell has the label of the paragraph in that edition, and whether its words changed. The text
    is that of the newest version. Paragraphs of the newest edition come first, in its order.
    """
    alignment = SeriesAlignment(corpus, editions_of(corpus, symbol))
    yield (*alignment.series.symbols, "newest text")
    rows: list[dict[int, int]] = []  # the number of the paragraph in each edition that has it
    row_of: dict[tuple[int, int], int] = {}
    for edition in range(len(alignment)):
        for number in range(len(alignment.edition(edition).paragraphs)):
            previous = alignment.before(edition, number)
            row = row_of.get(previous[:2]) if previous else None
            if row is None or edition in rows[row]:  # new, or a further part of a split one
                row = len(rows)
                rows.append({})
            rows[row][edition] = number
            row_of[edition, number] = row
    for versions in sorted(rows, key=lambda row: (-max(row), row[max(row)])):
        newest = max(versions)
        yield (
            *(_cell(alignment, versions, edition) for edition in range(len(alignment))),
            alignment.edition(newest).paragraphs[versions[newest]].text,
        )


def _cell(alignment: SeriesAlignment, versions: dict[int, int], edition: int) -> str:
    if edition not in versions:
        return ""
    paragraph = alignment.edition(edition).paragraphs[versions[edition]]
    former = max((earlier for earlier in versions if earlier < edition), default=None)
    if former is None:
        return paragraph.label if edition == 0 else f"{paragraph.label} new"
    before = alignment.edition(former).paragraphs[versions[former]]
    is_changed = paragraph_differences(before, paragraph, PairKind.CHANGED)
    return f"{paragraph.label} changed" if is_changed else paragraph.label
