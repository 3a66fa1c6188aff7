"""Quotations exported as files: Word with footnotes, Markdown, CSV, JSON."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.answer import Answer, Fact, Quote
from qa.render.answer_json import answer_record, quote_record
from qa.render.plain_text import (
    OWN_TEXT,
    fact_value,
    field_label,
    headline,
    kind_label,
    origin_label,
    quoted_words,
    series_line,
)
from qa.render.references import markdown, oscola
from qa.render.word_file import WordBlock, word_bytes
from qa.resolutions.cite.citation_format import link

TITLE = "Quotations from United Nations resolutions"
CSV_HEADER = (
    *(
        "question",
        "symbol",
        "label",
        "number",
        "kind",
        "adopted",
        "status",
        "title",
        "chapeau",
        "text",
    ),
    *("citation", "url", "file", "sha256", "start", "end"),
    *("series", "superseded_by", "newest"),
    *("origin", "publisher", "release"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A question with the exported quotations of its answer."""

    answer: Answer
    quotes: tuple[Quote, ...]

    @property
    def question(self) -> str:
        """The completed question."""
        return self.answer.understood or self.answer.question


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A file format."""

    name: str  # "Word"
    media: str
    write: Callable[[Sequence[Part]], bytes]


def parts_of(answers: Sequence[Answer], picked: Sequence[str] = ()) -> tuple[Part, ...]:
    """Return the whole conversation, or the quotations picked from it, "A/RES/61/181 OP6".

    A quotation of several answers is exported with each of them; if it is picked, only with the
    first.
    """
    wanted = set(picked)
    parts = []
    for answer in answers:
        nearest = answer.refusal.nearest if answer.refusal else ()
        quotes = answer.quotes
        if picked:
            candidates = (*quotes, *nearest)
            names = {_name(quote) for quote in candidates} & wanted
            quotes = tuple(quote for quote in candidates if _name(quote) in names)
            wanted -= names
            if not quotes:
                continue
        parts.append(Part(answer=answer, quotes=quotes))
    return tuple(parts)


def word_file(parts: Sequence[Part]) -> bytes:
    """Return a Word document: questions as headings, quotations with citations as footnotes."""
    blocks = [WordBlock(style="Title", text=TITLE)]
    for part in parts:
        blocks.append(WordBlock(style="Heading 1", text=part.question))
        blocks += [WordBlock(style="Normal", text=line) for line in _summary_lines(part)]
        for quote in part.quotes:
            words = quoted_words(quote)
            note = f"{oscola(quote)}, {quote.url or OWN_TEXT}."
            if quote.url:
                note = f"{note} {origin_label(quote)}."
            label = kind_label(quote.kind)
            if label:
                note = f"{note} {label}."
            if quote.series and quote.series.superseded_by:
                note = f"{note} {series_line(quote)}"
            blocks.append(WordBlock(style="Quote", text=f"“{words}”", note=note))
    return word_bytes(blocks, title=TITLE)


def markdown_file(parts: Sequence[Part]) -> bytes:
    """Return Markdown: questions as headings, quotations with linked citations."""
    blocks = [f"# {TITLE}"]
    for part in parts:
        blocks.append(f"## {_one_line(part.question)}")
        blocks += [_one_line(line) for line in _summary_lines(part)]
        blocks += [markdown(quote) for quote in part.quotes]
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def csv_file(parts: Sequence[Part]) -> bytes:
    """Return a row for each quotation, or else each fact; a byte order mark is for spreadsheets."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(CSV_HEADER)
    for part in parts:
        rows = (
            *(_fact_row(part, fact) for fact in part.answer.facts if not part.quotes),
            *(_row(part, quote) for quote in part.quotes),
        )
        for row in rows:
            table.writerow(_escape_formula(str(cell)) for cell in row)
    return out.getvalue().encode("utf-8-sig")


def json_file(parts: Sequence[Part]) -> bytes:
    """Return the answers in the format of `operative ask --json`, with the exported quotations."""
    records = []
    for part in parts:
        record = answer_record(part.answer)
        record["quotes"] = [quote_record(quote) for quote in part.quotes]
        records.append(record)
    return (json.dumps(records, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


FORMS: Mapping[str, ExportFormat] = {
    "docx": ExportFormat(
        name="Word",
        media="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write=word_file,
    ),
    "md": ExportFormat(name="Markdown", media="text/markdown", write=markdown_file),
    "csv": ExportFormat(name="CSV", media="text/csv", write=csv_file),
    "json": ExportFormat(name="JSON", media="application/json", write=json_file),
}


def _summary_lines(part: Part) -> list[str]:
    """Return the headline, the facts and the refusal of an answer."""
    answer = part.answer
    lines = [headline(answer)] if headline(answer) else []
    lines += [f"{fact.symbol}, {field_label(fact)}: {fact_value(fact)}" for fact in answer.facts]
    return [*lines, answer.refusal.message] if answer.refusal else lines


def _name(quote: Quote) -> str:
    return f"{quote.symbol} {quote.label}"


def _fact_row(part: Part, fact: Fact) -> tuple[object, ...]:
    row = dict.fromkeys(CSV_HEADER, "")
    row |= {"question": part.question, "symbol": fact.symbol, "kind": fact.field}
    row |= {"text": fact_value(fact), "citation": fact.symbol, "url": link(fact.symbol)}
    return tuple(row.values())


def _row(part: Part, quote: Quote) -> tuple[object, ...]:
    return (
        part.question,
        quote.symbol,
        quote.label,
        "" if quote.number is None else quote.number,
        quote.kind.value,
        quote.adopted.isoformat() if quote.adopted else "",
        quote.status.value,
        quote.title,
        quote.chapeau or "",
        quote.text,
        quote.citation,
        quote.url,
        quote.source.file,
        quote.source.sha256,
        quote.start,
        quote.end,
        quote.series.name if quote.series else "",
        (quote.series.superseded_by or "") if quote.series else "",
        quote.series.newest if quote.series else "",
        origin_label(quote),
        quote.provenance.publisher,
        quote.provenance.release,
    )


def _escape_formula(cell: str) -> str:
    """Return a cell that no spreadsheet reads as a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


def _one_line(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
