"""An answer as HTML cards. Every string of a document or of a reader is escaped here."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import PurePath
from urllib.parse import quote_plus, urlsplit

from qa.answer import Answer, Fact, Quote, Refusal
from qa.render.plain import (
    GRADES,
    HEADINGS,
    citation_line,
    date_in_words,
    fact_value,
    field_label,
    headline,
    kind_label,
    omitted_line,
    quote_text,
    same_wording_text,
    taken_as,
)
from qa.render.references import FORMS
from qa.resolutions.cite.format import link, spaced_symbol
from qa.resolutions.model import Action, Cited, Kind, Span
from qa.tokens import count

SHOWN_QUESTION_CHARACTERS = 1_000  # a pasted document is shown by its beginning
_NEW_TAB = 'target="_blank" rel="noopener noreferrer"'


def question_html(question: str) -> str:
    """Return what a reader asked, as literal text; of a very long text, its beginning."""
    if len(question) <= SHOWN_QUESTION_CHARACTERS:
        return escape(question)
    rest = f'<span class="op-muted">… ({len(question):,} characters in all)</span>'
    return escape(question[:SHOWN_QUESTION_CHARACTERS]) + rest


def answer_html(answer: Answer) -> str:
    """Return the reply to one question: what was found, then facts, quotations or a refusal."""
    parts = [
        _understood(answer),
        _found(answer),
        _facts(answer.facts),
        _cards(answer.quotes),
        refusal_html(answer.refusal) if answer.refusal else "",
        f'<p class="op-muted">{omitted_line(answer)}</p>' if answer.omitted else "",
        _follow_ups(answer),
    ]
    return "".join(parts)


def refusal_html(refusal: Refusal) -> str:
    """Return an honest no: its heading, its message, where else to look, what comes nearest."""
    nearest = ""
    if refusal.nearest:
        cards = _cards(refusal.nearest, nearest=True)
        nearest = f'<h3 class="op-nearest">Nearest, not an answer</h3>{cards}'
    return (
        f'<section class="op-refusal" data-kind="{refusal.kind.value}">'
        f"<h3>{HEADINGS[refusal.kind]}</h3><p>{escape(refusal.message)}</p>"
        f"{_link_out(refusal.link)}</section>{nearest}"
    )


def error_html(message: str) -> str:
    """Return the card for a fault: one sentence that names the next step."""
    return (
        '<section class="op-refusal op-error" role="alert">'
        f"<h3>This could not be done</h3><p>{escape(message)}</p></section>"
    )


def card_html(quote: Quote, *, nearest: bool = False) -> str:
    """Return one quotation as a card: citation, words, title, copies, copy button."""
    name = escape(quote.citation)
    return (
        f'<article class="op-card{" op-card-nearest" if nearest else ""}" aria-label="{name}">'
        f'<header><a class="op-citation" href="{_address(quote.url)}" {_NEW_TAB}>{name}'
        '<span class="op-hidden"> (opens docs.un.org in a new tab)</span></a>'
        f"{_kind(quote.kind)}{_adopted(quote)}</header>"
        f'<blockquote cite="{_address(quote.url)}">{_chapeau(quote)}{_text(quote)}</blockquote>'
        f"{_title(quote.title)}{_actions(quote.actions)}"
        f"<footer>{_copy_button(quote)}{_read_button(quote)}{_same_wording(quote)}"
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


def linked(text: str, spans: Sequence[Span], citations: Sequence[Cited]) -> str:
    """Return `text` as `highlighted`, with a link around each document that it cites.

    What is not resolved to a symbol gets no link; of citations that overlap, the first does.
    """
    parts: list[str] = []
    position = 0
    for one in citations:
        if not (one.resolved and position <= one.start < one.end <= len(text)):
            continue
        parts.append(_piece(text, spans, position, one.start))
        inner = _piece(text, spans, one.start, one.end)
        symbol = one.symbol.split(" ", maxsplit=1)[0]
        address, name = _address(link(symbol)), escape(spaced_symbol(symbol))
        parts.append(f'<a class="op-cited" href="{address}" title="{name}" {_NEW_TAB}>{inner}</a>')
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


def ask_button(question: str, css: str = "op-ask") -> str:
    """Return a button that asks `question` when pressed."""
    shown = escape(question)
    return f'<button type="button" class="{css}" data-ask="{shown}">{shown}</button>'


def _understood(answer: Answer) -> str:
    """The completed question, where a follow-up was completed."""
    completed = taken_as(answer)
    if not completed:
        return ""
    return f'<p class="op-understood">Understood as: <span>{question_html(completed)}</span></p>'


def _found(answer: Answer) -> str:
    """What was found, in a line, with the size of all quotations and a button to copy them."""
    if not headline(answer):
        return ""
    tools = ""
    if len(answer.quotes) > 1:  # of a single one, its card says both
        everything = "\n\n".join(quote_text(quote) for quote in answer.quotes)
        tools = f'<span class="op-tokens">≈ {answer.tokens:,} tokens</span>' + _copy(
            everything, "Copy all", f"Copy all {len(answer.quotes)} quotations"
        )
    return (
        f'<div class="op-found"><p>{escape(headline(answer))}</p>'
        f'<span class="op-tools">{tools}</span></div>'
    )


def _facts(facts: Sequence[Fact]) -> str:
    """What documents state about themselves, a list for each, with the words that say so."""
    symbols = dict.fromkeys(fact.symbol for fact in facts)
    return "".join(
        f'<section class="op-facts" aria-label="{escape(symbol)}"><h3>{escape(symbol)}</h3><dl>'
        + "".join(_fact(fact) for fact in facts if fact.symbol == symbol)
        + "</dl></section>"
        for symbol in symbols
    )


def _fact(fact: Fact) -> str:
    """One row of the list."""
    printed = f'<q class="op-printed">{escape(fact.printed)}</q>' if fact.printed else ""
    return (
        f"<div><dt>{escape(field_label(fact))}</dt>"
        f"<dd><span>{escape(fact_value(fact))}</span>{printed}</dd></div>"
    )


def _cards(quotes: Iterable[Quote], *, nearest: bool = False) -> str:
    """Quotations in their order."""
    cards = [f"<li>{card_html(quote, nearest=nearest)}</li>" for quote in quotes]
    return f'<ol class="op-cards">{"".join(cards)}</ol>' if cards else ""


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


def _text(quote: Quote) -> str:
    """The words themselves; the printed number stands in the margin, outside the quotation."""
    number = ""
    if quote.kind is Kind.OPERATIVE and quote.number is not None and not quote.chapeau:
        number = f'<span class="op-number" aria-hidden="true">{quote.number}.</span>'
    text = linked(quote.text, quote.highlight, quote.citations)
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


def _title(title: str) -> str:
    """The title of the resolution."""
    return f'<p class="op-title">{escape(title)}</p>' if title else ""


def _copy_button(quote: Quote) -> str:
    """The button that copies the quotation with its citation, and how many tokens that is."""
    text = quote_text(quote)
    tokens = f'<span class="op-tokens">≈ {count(text):,} tokens</span>'
    named = citation_line(quote)
    buttons = "".join(
        f'<li class="op-form">{_copy(write(quote), form, f"Copy {named} as {form}")}</li>'
        for form, write in FORMS.items()
    )
    forms = f'<details><summary>Copy as</summary><ul class="op-forms">{buttons}</ul></details>'
    return _copy(text, "Copy", f"Copy the quotation of {named}") + tokens + forms


def _read_button(quote: Quote) -> str:
    """The button that opens the whole document at the quotation."""
    return (
        f'<button type="button" class="op-copy" data-symbol="{escape(quote.symbol)}" '
        f'data-label="{escape(quote.label)}" aria-label="Read {escape(quote.citation)} in its '
        'place">In its place</button>'
    )


def _copy(text: str, label: str, name: str) -> str:
    """A button that puts `text` on the clipboard."""
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


def _follow_ups(answer: Answer) -> str:
    """Questions that make sense next, and an address that asks this one again."""
    buttons = "".join(f"<li>{ask_button(question)}</li>" for question in answer.follow_ups)
    listed = f'<ul aria-label="Questions that make sense next">{buttons}</ul>' if buttons else ""
    question = answer.understood or answer.question
    if answer.answered and len(question) <= SHOWN_QUESTION_CHARACTERS:
        listed += (
            f'<a class="op-link" href="?q={escape(quote_plus(question))}">Link to this answer</a>'
        )
    return f'<nav class="op-next">{listed}</nav>' if listed else ""


def _link_out(link: str | None) -> str:
    """Where else the answer can be looked up; only a web address becomes a link."""
    if not link or not _is_web_address(link):
        return ""
    host = escape(urlsplit(link).hostname or link)
    return f'<p><a href="{escape(link)}" {_NEW_TAB}>Look it up at {host}</a></p>'


def _address(url: str) -> str:
    """An address that may stand in `href`; anything but a web address is dropped."""
    return escape(url) if _is_web_address(url) else "#"


def _is_web_address(url: str) -> bool:
    """Whether a link leads to the web, and not to a script or a file."""
    return url.startswith(("https://", "http://"))
