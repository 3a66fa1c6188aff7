"""The history of a paragraph as HTML: each text with what was added and what was deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from markupsafe import Markup

from qa.answer import Quote
from qa.render.svg_charts import BarChart, Series, bar_chart
from qa.render.templating import RENDER_TEMPLATES


class ChangeKind(Enum):
    """What happened to words from one text to the next."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """Consecutive words with the same kind of change."""

    kind: ChangeKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """One text of the paragraph, compared with the text before."""

    quote: Quote
    changes: tuple[WordChange, ...]
    is_unchanged: bool
    is_own: bool  # the text that the reader came from


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """What the template of a history reads."""

    name: str
    chart: BarChart | None
    steps: tuple[HistoryStep, ...]


def history_html(quotes: Sequence[Quote], symbol: str, label: str) -> Markup:
    """Return the texts, each marked against the one before.

    Args:
        quotes: oldest first.
        symbol: of the text that the reader came from.
        label: of the text that the reader came from.
    """
    own = next(quote for quote in quotes if (quote.symbol, quote.label) == (symbol, label))
    years = [quote.adopted.year for quote in quotes if quote.adopted]
    series = Series(name="texts", by_year={year: years.count(year) for year in years})
    has_chart = len(set(years)) > 1
    view = HistoryView(
        name=own.citation,
        chart=bar_chart([series], "Texts by year", height=28) if has_chart else None,
        steps=tuple(
            _step(before, quote, is_own=quote is own)
            for before, quote in zip((None, *quotes), quotes, strict=False)
        ),
    )
    return RENDER_TEMPLATES.render("history.html", view=view)


def _step(before: Quote | None, quote: Quote, *, is_own: bool) -> HistoryStep:
    first = WordChange(kind=ChangeKind.KEPT, words=quote.text)
    return HistoryStep(
        quote=quote,
        changes=tuple(_word_changes(before.text, quote.text)) if before else (first,),
        is_unchanged=before is not None and before.text == quote.text,
        is_own=is_own,
    )


def _word_changes(before: str, after: str) -> Iterator[WordChange]:
    """Yield the words of `after` in order, with the words of `before` that were deleted."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        new_words = " ".join(new[new_start:new_end])
        if tag == "equal":
            yield WordChange(kind=ChangeKind.KEPT, words=new_words)
            continue
        if old_end > old_start:
            old_words = " ".join(old[old_start:old_end])
            yield WordChange(kind=ChangeKind.DELETED, words=old_words)
        if new_words:
            yield WordChange(kind=ChangeKind.INSERTED, words=new_words)
