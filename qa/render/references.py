"""A quotation's reference in the forms that writing asks for: Markdown, BibTeX, OSCOLA."""

import re
from collections.abc import Callable, Mapping

from qa.answer import Quote
from qa.render.plain_text import OWN_TEXT, origin_label, quoted_words, series_line
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Status
from qa.resolutions.periods import date_in_words

_SERIES = re.compile(r"(?P<body>A|S|E|A/HRC)/RES/(?P<number>.+)")
_OSCOLA = {"A": "UNGA", "S": "UNSC", "E": "ECOSOC", "A/HRC": "UNHRC"}
_AUTHORS = {
    "A": "United Nations General Assembly",
    "S": "United Nations Security Council",
    "E": "United Nations Economic and Social Council",
    "A/HRC": "United Nations Human Rights Council",
}
_ESCAPED = {**{mark: f"\\{mark}" for mark in "&%$#_{}"}, "~": r"\textasciitilde{}"}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")


def markdown(quote: Quote) -> str:
    """Return a block quotation, its citation linked."""
    words = quoted_words(quote)
    day = f" ({date_in_words(quote.adopted)})" if quote.adopted else ""
    day += _status(quote)
    escaped = _MARKDOWN.sub(r"\\\1", words)
    series = _MARKDOWN.sub(r"\\\1", series_line(quote))
    more = f"\n>\n> {series}" if quote.series and quote.series.superseded_by else ""
    place = f"[{quote.citation}]({quote.url})" if quote.url else f"{quote.citation}. {OWN_TEXT}"
    origin = f". {origin_label(quote)}" if quote.url else ""
    return f"> {escaped}\n>\n> {place}{day}{origin}{more}"


def bibtex(quote: Quote) -> str:
    """Return an entry of type `misc`, braces around what keeps its capitals.

    Source: Patashnik 1988, "BibTeXing": `misc` is for what fits no other type.
    """
    body = _body(quote)
    key = re.sub(r"[^A-Za-z0-9]+", "-", quote.symbol).strip("-")
    fields = {
        "author": f"{{{_AUTHORS[body]}}}" if body else "{United Nations}",
        "title": f"{{{_latex(quote.title)}}}" if quote.title else "",
        "number": _latex(spaced_symbol(quote.symbol)),
        "year": str(quote.adopted.year) if quote.adopted else "",
        "month": f"{quote.adopted.month}" if quote.adopted else "",
        "note": _latex(f"{_pinpoint(quote)}{_status(quote)}"),
        "url": quote.url,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}}}"


def oscola(quote: Quote) -> str:
    """Return a footnote: "UNGA Res 61/181 (20 December 2006) UN Doc A/RES/61/181, para 6".

    Source: "Citing International Law Sources", the section of OSCOLA 2006 that the fourth edition
    keeps: body, number, date in brackets, "UN Doc" and the symbol; no full stops in abbreviations.
    """
    body = _body(quote)
    day = f" ({date_in_words(quote.adopted)})" if quote.adopted else ""
    match = _SERIES.fullmatch(without_part(quote.symbol))
    number = re.sub(r"\(\d{4}\)$", "", match["number"]) if match else ""
    pinpoint = _pinpoint(quote).replace("para.", "para").replace("sect.", "s")
    named = f"{_OSCOLA[body]} Res {number}{day} " if body else f"{day.strip()} ".lstrip()
    return f"{named}UN Doc {spaced_symbol(quote.symbol)}, {pinpoint}{_status(quote)}"


FORMS: Mapping[str, Callable[[Quote], str]] = {
    "Markdown": markdown,
    "BibTeX": bibtex,
    "OSCOLA": oscola,
}


def _body(quote: Quote) -> str:
    match = _SERIES.fullmatch(quote.symbol)
    return match["body"] if match else ""


def _status(quote: Quote) -> str:
    """Return what a reference says of a text that was not adopted: " (not adopted)"."""
    return "" if quote.status is Status.ADOPTED else f" ({quote.status.value})"


def _pinpoint(quote: Quote) -> str:
    """Return the place in the document: "para. 6"."""
    return quote.citation.removeprefix(spaced_symbol(quote.symbol)).removeprefix(", ")


def _latex(text: str) -> str:
    return "".join(
        _ESCAPED.get(character, character) for character in text.replace("\\", r"\textbackslash ")
    )
