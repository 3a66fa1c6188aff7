"""The check of a text as the text itself with marks: an HTML page, a Word file with comments."""

from collections.abc import Iterator
from dataclasses import dataclass

from qa.desks.check_record import (
    CheckOutcome,
    citation_lines,
    item_lines,
    name_of,
    outcome_of,
    right_quotation,
    summary_lines,
)
from qa.desks.text_check import CheckedQuotation, TextCheck
from qa.render.commented_word import CommentedRun, TextMark, commented_word_bytes
from qa.render.templating import HtmlTemplates

_TITLE = "Quotations checked"
_TEMPLATES = HtmlTemplates("qa.desks")
_MARKS = {
    CheckOutcome.RIGHT: TextMark.RIGHT,
    CheckOutcome.WRONG: TextMark.WRONG,
    CheckOutcome.OPEN: TextMark.OPEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRun:
    """A stretch of a text; `number` is that of its quotation, from 1, or 0."""

    text: str
    number: int = 0
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """What the page says of a quotation."""

    number: int
    quote: str
    verdict: str
    outcome: str
    lines: tuple[str, ...]
    right: str  # the printed text with its citation


def check_html(check: TextCheck) -> str:
    """Return a page with the table of quotations, then the text in which they are marked."""
    rows = tuple(
        CheckedRow(
            number=number,
            quote=" ".join(item.quote.split()),
            verdict=name_of(item.judgement.verdict),
            outcome=outcome_of(item.judgement.verdict).value,
            lines=tuple(item_lines(item)),
            right=right_quotation(check, item),
        )
        for number, item in enumerate(check.items, start=1)
    )
    return _TEMPLATES.render(
        "check.html",
        title=_TITLE,
        summary=tuple(summary_lines(check)),
        rows=rows,
        places=tuple(citation_lines(check)),
        runs=tuple(_runs(check)),
    )


def check_word(check: TextCheck) -> bytes:
    """Return the text as a .docx file, with a comment at each quotation."""
    paragraphs: list[list[CommentedRun]] = [[]]
    for run in _runs(check):
        mark = _MARKS[CheckOutcome(run.outcome)] if run.number else TextMark.NONE
        for number, line in enumerate(run.text.split("\n")):
            if number:
                paragraphs.append([])
            if line:
                comment = run.number - 1 if run.number else None
                paragraphs[-1].append(CommentedRun(text=line, comment=comment, mark=mark))
    summary = (*summary_lines(check), *citation_lines(check))
    comments = [tuple(_comment(check, item)) for item in check.items]
    return commented_word_bytes(_TITLE, summary, [runs for runs in paragraphs if runs], comments)


def _comment(check: TextCheck, item: CheckedQuotation) -> Iterator[str]:
    name = name_of(item.judgement.verdict)
    yield f"{name[0].upper()}{name[1:]}."
    yield from item_lines(item)
    if right := right_quotation(check, item):
        yield f"Right: {right}"


def _runs(check: TextCheck) -> Iterator[CheckedRun]:
    """Yield the text as stretches: quotations, and what is between them."""
    position = 0
    for number, item in enumerate(check.items, start=1):
        yield CheckedRun(text=check.text[position : item.start])
        outcome = outcome_of(item.judgement.verdict).value
        text = check.text[item.start : item.end]
        yield CheckedRun(text=text, number=number, outcome=outcome)
        position = item.end
    yield CheckedRun(text=check.text[position:])
