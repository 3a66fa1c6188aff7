"""Turns that want an act and not a search: cite, link, translate, shorten, clear, thanks."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.answer import Answer, AnswerRoute, Quote, RefusalKind
from qa.answering.quotation import quote
from qa.answering.replies import refuse, reply_with_quotes
from qa.answering.restricting import is_allowed, nothing_within
from qa.question.referring_turns import NOTHING_BEFORE
from qa.question.turns import TurnCues, TurnKind
from qa.render.plain_text import citation_line
from qa.render.references import FORMS
from qa.resolutions.cite.citation_format import LANGUAGES, link, spaced_symbol
from qa.resolutions.languages import LANGUAGE_NAMES
from qa.resolutions.periods import date_in_words

if TYPE_CHECKING:
    from qa.corpus.corpus import Corpus
    from qa.question.conversation import ConversationState

_TALK = {
    TurnKind.THANKS: "You are welcome.",
    TurnKind.CLEAR: "The conversation is cleared.",
    TurnKind.GREET: "Hello. Ask what a resolution says, or cite one, such as 61/181 OP6.",
    TurnKind.HELP: (
        "Operative quotes resolutions of the United Nations: ask who has to do what, by when, or "
        "cite a paragraph, such as 61/181 OP6."
    ),
}


SHORT = 160  # characters to which a single quotation is shortened
_CLAUSE = re.compile(r"[,;:](?= )")


def answer_act(cues: TurnCues, state: "ConversationState", corpus: "Corpus") -> Answer:
    """Return what an act gives, or a refusal where nothing was shown that it may be done with.

    Args:
        cues: of the turn that asks for the act.
        state: of the conversation before it.
        corpus: the loaded texts.
    """
    kind = cues.kind
    if kind in _TALK:
        return _reply(kind, _TALK[kind])
    shown = tuple(_shown(state, corpus))
    if not shown:
        return _of_document(cues, state, corpus)
    if kind is TurnKind.CITE:
        return _reply(kind, _reference(shown[0], cues.form), shown[:1])
    if kind is TurnKind.LINK:
        return _reply(kind, shown[0].url, shown[:1])
    if kind is TurnKind.TRANSLATE:
        symbol = shown[0].symbol
        there = tuple(replace(each, url=link(each.symbol, cues.form)) for each in shown[:1])
        if cues.form not in LANGUAGES:
            return _no_translation(cues.form)
        return _reply(kind, _translated(symbol, cues.form), there)
    return _shortened(shown)


def _reply(kind: TurnKind, message: str, quotes: tuple[Quote, ...] = ()) -> Answer:
    route = AnswerRoute.LOOK_UP if quotes else AnswerRoute.NONE
    return replace(reply_with_quotes(route, quotes, message), action=kind.value)


def _shown(state: "ConversationState", corpus: "Corpus") -> list[Quote]:
    """Return the quotations of the last answer; of the document spoken of, if that is another."""
    passages = (corpus.passage(each.symbol, each.label) for each in state.quoted)
    quotes = [
        quote(corpus, passage)
        for passage in passages
        if passage and is_allowed(state.restriction, passage.resolution, passage.kind)
    ]
    of_focus = [each for each in quotes if each.symbol == state.focus]
    return of_focus or ([] if state.focus else quotes)


def _of_document(cues: TurnCues, state: "ConversationState", corpus: "Corpus") -> Answer:
    """Return what an act gives of a document of which no paragraph is shown."""
    kind, focus = cues.kind, state.focus
    masthead = corpus.masthead(focus) if focus else None
    if masthead and not is_allowed(state.restriction, masthead):
        return nothing_within(state.restriction)
    if focus is None or kind is TurnKind.SHORTEN:
        return refuse(RefusalKind.NOT_A_QUESTION, NOTHING_BEFORE)
    if kind is TurnKind.LINK:
        return _reply(kind, link(focus))
    if kind is TurnKind.TRANSLATE:
        if cues.form not in LANGUAGES:
            return _no_translation(cues.form)
        return _reply(kind, _translated(focus, cues.form))
    day = f" ({date_in_words(masthead.adopted)})" if masthead and masthead.adopted else ""
    return _reply(kind, f"{spaced_symbol(focus)}{day}")


def _reference(shown: Quote, form: str) -> str:
    """Return the reference of a quotation in a form that is asked for; else as the UN cites."""
    by_name = {name.lower(): write for name, write in FORMS.items()}
    if form in by_name:
        return by_name[form](shown)
    line = f"{citation_line(shown)}, {shown.url}"
    if form and form != "un":
        known = ", ".join(FORMS)
        return f"{line} (as the United Nations cites; other forms: {known})"
    return line


def _translated(symbol: str, language: str) -> str:
    name = LANGUAGE_NAMES[language]
    return f"The official text of {spaced_symbol(symbol)} in {name}: {link(symbol, language)}"


def _no_translation(language: str) -> Answer:
    official = ", ".join(LANGUAGE_NAMES[code] for code in LANGUAGES)
    return refuse(
        RefusalKind.NOT_LOADED,
        f"{LANGUAGE_NAMES[language]} is not an official language of the United Nations; texts are "
        f"published in {official}.",
    )


def _shortened(shown: tuple[Quote, ...]) -> Answer:
    """Return the first of several quotations, or the beginning of a single one."""
    if len(shown) > 1:
        message = f"The first of {len(shown)} quotations."
        return _reply(TurnKind.SHORTEN, message, shown[:1])
    words = shown[0].text
    ends = [match.start() for match in _CLAUSE.finditer(words) if match.start() <= SHORT]
    cut = ends[-1] if ends else words.rfind(" ", 0, SHORT)
    if len(words) <= SHORT or cut <= 0:
        return _reply(TurnKind.SHORTEN, "The quotation is short already.", shown)
    beginning = f"{words[:cut]} [...]"
    kept = replace(
        shown[0],
        text=beginning,
        highlight=(),
        citations=tuple(cited for cited in shown[0].citations if cited.end <= cut),
        actions=tuple(
            action for action in shown[0].actions if action.start + len(action.verb) <= cut
        ),
    )
    return _reply(TurnKind.SHORTEN, "The beginning of the quotation.", (kept,))
