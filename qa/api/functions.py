"""What other programs may call: the same functions over HTTP and as MCP tools."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

import msgspec

from qa.answering.quote_check import quote_check_record
from qa.assistant import Assistant
from qa.corpus.text_origin import with_origins
from qa.desks.agreed_record import agreement_record
from qa.desks.check_record import text_check_record
from qa.desks.citation_record import citations_record
from qa.desks.comparison_record import comparison_record
from qa.desks.history_record import history_record
from qa.desks.mandate_files import mandate_record
from qa.desks.mandate_filter import MandateFilter
from qa.errors import InputError
from qa.question.conversation import ConversationState
from qa.question.typed_text import clean_typed, without_broken_characters
from qa.render.answer_json import answer_record, quote_record
from qa.resolutions.model import Body, Kind
from qa.search.filters import Filters
from qa.settings import DEFAULT_TOP, MAX_QUESTION_CHARACTERS
from qa.workers.answer_pool import AnswerPool

MAX_QUOTES = 100  # quotations that one call may ask for
MAX_MANDATES = 1000  # rows that one call may ask for

PUBLISHED = (
    *("ask", "retrieve", "show", "verify_quote", "check_text", "agreed", "compare", "history"),
    *("mandates", "cites", "cited_by"),
)
"""The functions that HTTP and MCP offer, in the order of their lists."""


class ApiFunctions:
    """The functions; their names and parameters are kept (docs/programs.md)."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(  # noqa: PLR0917 - programs name these, as in any form
        self,
        question: str,
        top: int = DEFAULT_TOP,
        since: int = 0,
        until: int = 0,
        operative_only: bool = False,
        max_tokens: int = 0,
        conversation_state: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Answer a question about United Nations resolutions with quoted paragraphs.

        Every quotation is word for word and names its document and paragraph. Where the loaded
        texts do not answer, the refusal says so: do not answer from memory instead.

        Args:
            question: a question in English, or a citation such as 61/181 OP6.
            top: quotations at most, 1 to 100.
            since: first year of adoption; 0 for any.
            until: last year of adoption; 0 for any.
            operative_only: leave out preambles, annexes and notes.
            max_tokens: leave out quotations beyond so many tokens; 0 for no limit.
            conversation_state: that of the answer before, for "the second one" or "only 2024".
        """
        kinds = frozenset({Kind.OPERATIVE} if operative_only else ())
        answer = self._assistant.ask(
            clean_typed(question),
            top=min(max(1, top), MAX_QUOTES),
            filters=Filters(since=since or None, until=until or None, kinds=kinds),
            max_tokens=max(0, max_tokens) or None,
            previous=ConversationState.from_record(conversation_state)
            if conversation_state
            else None,
        )
        return answer_record(answer)

    def retrieve(  # noqa: PLR0917
        self,
        question: str,
        k: int = 10,
        since: int = 0,
        until: int = 0,
        body: str = "",
        kind: str = "",
    ) -> dict[str, Any]:
        """Find the paragraphs that come nearest to a question, whether they answer it or not.

        Args:
            question: what to search for.
            k: paragraphs at most, 1 to 100.
            since: first year of adoption; 0 for any.
            until: last year of adoption; 0 for any.
            body: A General Assembly, S Security Council, E ECOSOC, HRC; empty for all.
            kind: operative, preambular, annex or note; empty for all.
        """
        quotes = self._assistant.retrieve(
            clean_typed(question)[:MAX_QUESTION_CHARACTERS],
            min(max(1, k), MAX_QUOTES),
            kinds=[_known(kind, [known.value for known in Kind], "kind")] if kind else (),
            bodies=[_known(body, [known.value for known in Body], "body")] if body else (),
            since=since or None,
            until=until or None,
        )
        return {"quotes": [quote_record(quote) for quote in quotes]}

    def show(self, citation: str) -> dict[str, Any]:
        """Show exactly the paragraph, or the document, that a citation names; never searches.

        Args:
            citation: such as A/RES/61/181, para. 6, or 61/181 OP6.
        """
        return answer_record(self._assistant.show(clean_typed(citation)))

    def verify_quote(self, text: str, citation: str) -> dict[str, Any]:
        """Check whether a paragraph really has a text, word for word.

        Args:
            text: the words to check; [...] replaces what they leave out.
            citation: of that paragraph, such as A/RES/61/181, para. 6.
        """
        return quote_check_record(
            self._assistant.verify_quote(clean_typed(text), clean_typed(citation))
        )

    def check_text(self, text: str) -> dict[str, Any]:
        """Check every quotation and citation of a text against the loaded resolutions.

        Each quotation gets a verdict, the citation that it belongs to, what the print has instead,
        and where else its words occur.

        Args:
            text: plain text, Markdown or HTML with quotations and citations.
        """
        checked = self._assistant.check_text(without_broken_characters(text))
        return self._with_origins(text_check_record(checked))

    def agreed(
        self, draft: str, exclude: str = "", body: str = "", since: int = 0, until: int = 0
    ) -> dict[str, Any]:
        """Find the agreed wording that each paragraph of a draft resolution is like.

        Each paragraph is word for word, near, composed of several, or without precedent; each
        wording comes with its uses, the words changed, and what became of its verb and its hedges.

        Args:
            draft: a paragraph or a whole draft, in English.
            exclude: symbol of a document whose series is left out; empty for none.
            body: A General Assembly, S Security Council, E ECOSOC, HRC; empty for all.
            since: first year of adoption; 0 for any.
            until: last year of adoption; 0 for any.
        """
        bodies = {_known(body, [known.value for known in Body], "body")} if body else set()
        filters = Filters(bodies=frozenset(bodies), since=since or None, until=until or None)
        compared = self._assistant.agreed(
            without_broken_characters(draft), filters=filters, exclude=clean_typed(exclude)
        )
        return self._with_origins(agreement_record(compared))

    def compare(self, a: str, b: str, of_substance: bool = False) -> dict[str, Any]:
        """Compare two documents paragraph by paragraph: what changed, moved, is new or dropped.

        Args:
            a: symbol of the earlier one, or "previous" for the edition before the other.
            b: symbol of the later one, or "previous".
            of_substance: leave out differences of dates, sessions and symbols only.
        """
        compared = self._assistant.compare(
            clean_typed(a), clean_typed(b), of_substance=of_substance
        )
        return self._with_origins(comparison_record(compared))

    def history(self, citation: str, of_substance: bool = False) -> dict[str, Any]:
        """Give a paragraph in every edition of its series, with the words that changed.

        Args:
            citation: of the paragraph, such as 79/154 OP14.
            of_substance: leave out differences of dates, sessions and symbols only.
        """
        history = self._assistant.history(clean_typed(citation), of_substance=of_substance)
        return self._with_origins(history_record(history))

    def mandates(  # noqa: PLR0917
        self,
        to: str = "",
        verb: str = "",
        deliverable: str = "",
        due: str = "",
        since: int = 0,
        body: str = "",
        current: bool = False,
        top: int = 100,
    ) -> dict[str, Any]:
        """List who is asked for what, for whom and by when, a row for each action of the texts.

        Every cell is quoted or read from the paragraph that its row names; `offsets` say where.

        Args:
            to: whom: a name or a short name, such as UNDP; empty for all.
            verb: such as requests; empty for all.
            deliverable: report, brief, info, review, recommendations, meeting, agenda_item, term,
                money, agreement or appointment; empty for all.
            due: a session such as 81, a day or a year; empty for all.
            since: first year of adoption; 0 for any.
            body: A General Assembly, S Security Council, E ECOSOC, HRC; empty for all.
            current: leave out what a later text of the series replaces.
            top: rows at most, 1 to 1000; `total` says how many there are.
        """
        wanted = MandateFilter(
            to=clean_typed(to),
            verb=clean_typed(verb),
            deliverable=deliverable,
            due=clean_typed(due),
            since=since or None,
            body=body,
            current=current,
            asks=not verb,
        )
        rows, total = self._assistant.first_mandates(wanted, min(max(1, top), MAX_MANDATES))
        record = {"total": total, "rows": [mandate_record(row) for row in rows]}
        return self._with_origins(record)

    def cites(self, citation: str) -> dict[str, Any]:
        """List what a document or a paragraph cites: what is reaffirmed, renewed, amended or ended.

        Args:
            citation: of a loaded document or paragraph, such as S/RES/2428, para. 4.
        """
        typed = clean_typed(citation)
        return self._with_origins(citations_record(typed, self._assistant.cites(typed)))

    def cited_by(self, citation: str) -> dict[str, Any]:
        """List where a document or a paragraph is cited, newest first, and what is done with it.

        Args:
            citation: such as S/RES/2428, or S/RES/2428, para. 4.
        """
        typed = clean_typed(citation)
        return self._with_origins(citations_record(typed, self._assistant.cited_by(typed)))

    def _with_origins(self, record: dict[str, Any]) -> dict[str, Any]:
        return with_origins(record, self._assistant.corpus)


def call_function(assistant: Assistant, name: str, /, *args: Any, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the function's
    """Return the result of a published function: a job of an `AnswerPool`."""
    result: dict[str, Any] = getattr(ApiFunctions(assistant), name)(*args, **given)
    return result


def call_for_json(assistant: Assistant, name: str, /, **given: Any) -> bytes:  # noqa: ANN401
    """Return the result of a published function as JSON: a job of an `AnswerPool`."""
    return msgspec.json.encode(call_function(assistant, name, **given))


def published(
    pool: AnswerPool, client: Callable[[], str]
) -> tuple[Callable[..., dict[str, Any]], ...]:
    """Return the functions that HTTP and MCP offer, each answered by a pool.

    Args:
        pool: answers.
        client: returns the client that calls.
    """
    return tuple(_pooled(getattr(ApiFunctions, name), pool, client) for name in PUBLISHED)


def _pooled(
    function: Callable[..., dict[str, Any]], pool: AnswerPool, client: Callable[[], str]
) -> Callable[..., dict[str, Any]]:
    name = function.__name__

    @wraps(function)
    def pooled(*args: Any, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as the function's
        return pool.run(client(), call_function, name, *args, **given)

    parameters = list(signature(function).parameters.values())
    pooled.__signature__ = signature(function).replace(parameters=parameters[1:])  # type: ignore[attr-defined]
    return pooled


def _known(value: str, known: list[str], what: str) -> str:
    if value not in known:
        raise InputError(f"{value!r} is no {what}; name one of {', '.join(known)}.")
    return value
