"""One quotation as an HTML card. Every string of a document is escaped here."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import PurePath

from qa.answer import Quote
from qa.render.plain_text import (
    GRADES,
    citation_line,
    kind_label,
    quote_text,
    same_wording_text,
)
from qa.render.references import FORMS
from qa.render.token_count import count
from qa.resolutions.cite.citation_format import link, spaced_symbol
from qa.resolutions.model import Action, Cited, Kind, Span
from qa.resolutions.periods import date_in_words

SHOWN_SUBJECTS = 4
_NEW_TAB = 'target="_blank" rel="noopener noreferrer"'


Loaded = Callable[[str], bool]


def nothing_loaded(_symbol: str) -> bool:
    """Say of every document that it is not loaded: all citations lead to docs.un.org."""
    return False


def card_html(quote: Quote, *, nearest: bool = False, loaded: Loaded = nothing_loaded) -> str:
    """Return one quotation as a card: citation, words, title, copies, copy button."""
    name = escape(quote.citation)
    return (
        f'<article class="op-card{" op-card-nearest" if nearest else ""}" aria-label="{name}" '
        f'tabindex="-1" data-quote="{escape(quote.symbol)} {escape(quote.label)}">'
        f'<header><a class="op-citation" href="{_address(quote.url)}" {_NEW_TAB}>{name}'
        '<span class="op-hidden"> (opens docs.un.org in a new tab)</span></a>'
        f"{_kind(quote.kind)}{_adopted(quote)}</header>"
        f'<blockquote cite="{_address(quote.url)}">{_chapeau(quote)}{_text(quote, loaded)}'
        "</blockquote>"
        f"{_title(quote)}{_actions(quote.actions)}"
        f"<footer>{_pick(quote)}{_copy_buttons(quote)}{_read_button(quote)}{_years_button(quote)}{_same_wording(quote)}"
        f"{_proof(quote)}</footer>"
        "</article>"
    )


def highlighted(text: str, spans: Sequence[Span]) -> str:
    """Return `text` escaped, with `<mark>` around each span.

    A span that lies outside the text or overlaps the one before is left out: no mark is better than
    a wrong one.
    """
    parts: list[str] = []
    position = 0
    for span in spans:
        if not position <= span.start < span.end <= len(text):
            continue
        parts.append(escape(text[position : span.start]))
        parts.append(f"<mark>{escape(text[span.start : span.end])}</mark>")
        position = span.end
    return "".join(parts) + escape(text[position:])


def linked(
    text: str,
    spans: Sequence[Span],
    citations: Sequence[Cited],
    loaded: Loaded = nothing_loaded,
) -> str:
    """Return `text` as `highlighted`, with a link around each document that it cites.

    The link leads to docs.un.org; where the document is loaded, it names what to open here instead.

    What is not resolved to a symbol gets no link; of citations that overlap, the first does.
    """
    parts: list[str] = []
    position = 0
    for one in citations:
        if not (one.resolved and position <= one.start < one.end <= len(text)):
            continue
        parts.append(_piece(text, spans, position, one.start))
        inner = _piece(text, spans, one.start, one.end)
        symbol, _, label = one.symbol.partition(" ")
        address, name = _address(link(symbol)), escape(spaced_symbol(symbol))
        here = f"{opens(symbol, label)} " if loaded(symbol) else ""
        parts.append(
            f'<a class="op-cited" {here}href="{address}" title="{name}" {_NEW_TAB}>{inner}</a>'
        )
        position = one.end
    return "".join(parts) + _piece(text, spans, position, len(text))


def _piece(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    """A part of a text with the spans, or parts of spans, that lie in it."""
    inside = [
        Span(start=max(one.start, start) - start, end=min(one.end, end) - start)
        for one in spans
        if one.start < end and one.end > start
    ]
    return highlighted(text[start:end], inside)


def _kind(kind: Kind) -> str:
    """The label of a passage that is not operative."""
    label = kind_label(kind)
    return f'<span class="op-kind">{label}</span>' if label else ""


def _adopted(quote: Quote) -> str:
    """The day of adoption, in words."""
    if quote.adopted is None:
        return ""
    iso = quote.adopted.isoformat()
    return f'<time datetime="{iso}">{date_in_words(quote.adopted)}</time>'


def _chapeau(quote: Quote) -> str:
    """The words that introduce a sub-paragraph."""
    return f'<p class="op-chapeau">{escape(quote.chapeau)}</p>' if quote.chapeau else ""


def _text(quote: Quote, loaded: Loaded) -> str:
    """The words themselves; the printed number stands in the margin, outside the quotation."""
    number = ""
    if quote.kind is Kind.OPERATIVE and quote.number is not None and not quote.chapeau:
        number = f'<span class="op-number" aria-hidden="true">{quote.number}.</span>'
    text = linked(quote.text, quote.highlight, quote.citations, loaded)
    return f'{number}<p class="op-text">{text}</p>'


def _actions(actions: Sequence[Action]) -> str:
    """The verbs of a paragraph with our grade of each; to whom, and by when."""
    if not actions:
        return ""
    items = "".join(f"<li>{_action(action)}</li>" for action in actions)
    return (
        '<div class="op-actions" title="Grades run from 0, reception, to 6, decision. They are an '
        'aid of ours, not of the United Nations."><span class="op-muted">An aid of ours:</span>'
        f"<ul>{items}</ul></div>"
    )


def _action(action: Action) -> str:
    """One verb with its grade, whom it addresses, and until when."""
    parts = [f"<b>{escape(action.verb)}</b>"]
    if 0 <= action.grade < len(GRADES):
        parts.append(f"grade {action.grade}, {GRADES[action.grade]}")
    if action.addressee:
        parts.append(f"to: {escape(action.addressee)}")
    if action.due:
        parts.append(f"due: {escape(action.due)}")
    return " · ".join(parts)


def _title(quote: Quote) -> str:
    """The title of the resolution; where it has none, what its records say it is about."""
    if quote.title:
        return f'<p class="op-title">{escape(quote.title)}</p>'
    if not quote.subjects:
        return ""
    names = "; ".join(quote.subjects[:SHOWN_SUBJECTS])
    return f'<p class="op-title">Subjects: <span class="op-subjects">{escape(names)}</span></p>'


def _pick(quote: Quote) -> str:
    """The box that selects a quotation to be taken away."""
    return (
        '<label class="op-pick"><input type="checkbox" class="op-picked" '
        f'aria-label="Select {escape(quote.citation)}"> Select</label>'
    )


def _copy_buttons(quote: Quote) -> str:
    """The button that copies the quotation with its citation, and how many tokens that is."""
    text = quote_text(quote)
    tokens = f'<span class="op-tokens">≈ {count(text):,} tokens</span>'
    named = citation_line(quote)
    buttons = "".join(
        f'<li class="op-form">{copy_button(write(quote), form, f"Copy {named} as {form}")}</li>'
        for form, write in FORMS.items()
    )
    forms = f'<details><summary>Copy as</summary><ul class="op-forms">{buttons}</ul></details>'
    return copy_button(text, "Copy", f"Copy the quotation of {named}") + tokens + forms


def _read_button(quote: Quote) -> str:
    """The button that opens the whole document at the quotation."""
    return (
        f'<button type="button" class="op-copy" {opens(quote.symbol, quote.label)} '
        f'aria-label="Read {escape(quote.citation)} in its place">In its place</button>'
    )


def opens(symbol: str, label: str) -> str:
    """Return the attributes of what opens a document here, at one of its labels or at its top."""
    return f'data-symbol="{escape(symbol)}" data-label="{escape(label)}"'


def _years_button(quote: Quote) -> str:
    """The button that follows the paragraph over the years."""
    if quote.kind not in {Kind.OPERATIVE, Kind.PREAMBULAR}:
        return ""
    return (
        f'<button type="button" class="op-copy" {opens(quote.symbol, quote.label)} '
        f'data-years="" aria-label="Follow {escape(quote.citation)} over the years">'
        "Over the years</button>"
    )


def copy_button(text: str, label: str, name: str) -> str:
    """Return a button that puts `text` on the clipboard."""
    return (
        f'<button type="button" class="op-copy" data-copy="{escape(text)}" '
        f'aria-label="{escape(name)}">{label}</button>'
    )


def _same_wording(quote: Quote) -> str:
    """Other paragraphs in the same words, folded away."""
    if not quote.same_wording:
        return ""
    total = len(quote.same_wording)
    items = "".join(
        f'<li><a href="{_address(link(same.symbol))}" {_NEW_TAB}>'
        f"{escape(same_wording_text(same))}</a></li>"
        for same in quote.same_wording
    )
    noun = "paragraph" if total == 1 else "paragraphs"
    years = [same.adopted.year for same in quote.same_wording if same.adopted]
    since = f", since {min(years)}" if years else ""
    return (
        f"<details><summary>Same wording in {total} other {noun}{since}</summary>"
        f"<ul>{items}</ul></details>"
    )


def _proof(quote: Quote) -> str:
    """Where the words stand in the file that was read, so that anyone can check them."""
    file = escape(PurePath(quote.source.file).name)
    return (
        f"<details><summary>Proof</summary><p>{file}, characters {quote.start:,} to "
        f"{quote.end:,}; SHA-256 of the file "
        f"<code>{escape(quote.source.sha256)}</code></p></details>"
    )


def _address(url: str) -> str:
    """An address that may stand in `href`; anything but a web address is dropped."""
    return escape(url) if is_web_address(url) else "#"


def is_web_address(url: str) -> bool:
    """Tell whether a link leads to the web, and not to a script or a file."""
    return url.startswith(("https://", "http://"))
