"""An answer as HTML cards. Every string of a document or of a reader is escaped here."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote_plus, urlsplit

from qa.answer import Answer, Fact, Quote, Refusal
from qa.render.plain_text import (
    HEADINGS,
    fact_value,
    field_label,
    headline,
    omitted_line,
    quote_text,
    taken_as,
)
from qa.render.quote_card import Loaded, card_html, copy_button, is_web_address, nothing_loaded

SHOWN_QUESTION_CHARACTERS = 1_000  # a pasted document is shown by its beginning
_NEW_TAB = 'target="_blank" rel="noopener noreferrer"'


def question_html(question: str) -> str:
    """Return what a reader asked, as literal text; of a very long text, its beginning."""
    if len(question) <= SHOWN_QUESTION_CHARACTERS:
        return escape(question)
    rest = f'<span class="op-muted">… ({len(question):,} characters in all)</span>'
    return escape(question[:SHOWN_QUESTION_CHARACTERS]) + rest


def answer_html(answer: Answer, *, loaded: Loaded = nothing_loaded, narrowed: str = "") -> str:
    """Return the reply to one question: what was found, then facts, quotations or a refusal.

    Args:
        answer: what was answered.
        loaded: tells which cited documents can be opened here.
        narrowed: filters as a part of the address that asks this again, "&since=2005".
    """
    parts = [
        _understood(answer),
        _weighed(answer),
        _found(answer),
        _facts(answer.facts),
        _cards(answer.quotes, loaded=loaded),
        refusal_html(answer.refusal, loaded=loaded) if answer.refusal else "",
        f'<p class="op-muted">{omitted_line(answer)}</p>' if answer.omitted else "",
        _follow_ups(answer, narrowed),
    ]
    return "".join(parts)


def refusal_html(refusal: Refusal, *, loaded: Loaded = nothing_loaded) -> str:
    """Return an honest no: its heading, its message, where else to look, what comes nearest."""
    nearest = ""
    if refusal.nearest:
        cards = _cards(refusal.nearest, nearest=True, loaded=loaded)
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


def _weighed(answer: Answer) -> str:
    """What was read from the question beside its topic, each to be taken off or put back."""
    aside = [one.name for one in answer.readings if not one.weighed]
    question = answer.understood or answer.question
    chips = []
    for one in answer.readings:
        names = [name for name in aside if name != one.name] + [one.name] * one.weighed
        what, sign = ("Leave out", "×") if one.weighed else ("Put back", "+")
        chips.append(
            f'<li><button type="button" class="op-chip{"" if one.weighed else " op-chip-off"}" '
            f'data-ask="{escape(question)}" data-unread="{" ".join(names)}" '
            f'aria-label="{what}: {escape(one.words)}">{escape(one.words)} '
            f'<span aria-hidden="true">{sign}</span></button></li>'
        )
    if not chips:
        return ""
    return (
        '<div class="op-chips"><span class="op-muted">Read from the question:</span>'
        f"<ul>{''.join(chips)}</ul></div>"
    )


def _found(answer: Answer) -> str:
    """What was found, in a line, with the size of all quotations and a button to copy them."""
    if not headline(answer):
        return ""
    tools = ""
    if len(answer.quotes) > 1:  # of a single one, its card says both
        everything = "\n\n".join(quote_text(quote) for quote in answer.quotes)
        tools = f'<span class="op-tokens">≈ {answer.tokens:,} tokens</span>' + copy_button(
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


def _cards(quotes: Iterable[Quote], *, loaded: Loaded, nearest: bool = False) -> str:
    """Quotations in their order."""
    cards = [f"<li>{card_html(quote, nearest=nearest, loaded=loaded)}</li>" for quote in quotes]
    return f'<ol class="op-cards">{"".join(cards)}</ol>' if cards else ""


def _follow_ups(answer: Answer, narrowed: str) -> str:
    """Questions that make sense next, and an address that asks this one again."""
    buttons = "".join(f"<li>{ask_button(question)}</li>" for question in answer.follow_ups)
    listed = f'<ul aria-label="Questions that make sense next">{buttons}</ul>' if buttons else ""
    question = answer.understood or answer.question
    if answer.answered and len(question) <= SHOWN_QUESTION_CHARACTERS:
        listed += (
            f'<a class="op-link" href="?q={escape(quote_plus(question) + narrowed)}">'
            "Link to this answer</a>"
        )
    return f'<div class="op-next">{listed}</div>' if listed else ""


def _link_out(link: str | None) -> str:
    """Where else the answer can be looked up; only a web address becomes a link."""
    if not link or not is_web_address(link):
        return ""
    host = escape(urlsplit(link).hostname or link)
    return f'<p><a href="{escape(link)}" {_NEW_TAB}>Look it up at {host}</a></p>'
