"""What the next question may refer to in an answer."""

from qa.answer import Answer, Quote, RefusalKind
from qa.question.follow_up import PreviousTurn
from qa.question.question import RequestedPinpoint
from qa.resolutions.cite.typed_pinpoints import Locator

_NOWHERE = (RefusalKind.NOT_A_QUESTION, RefusalKind.NOT_IN_TEXTS, RefusalKind.OTHER_LANGUAGE)


def leads_nowhere(answer: Answer) -> bool:
    """Return whether an answer gives nothing that a follow-up can refer to."""
    is_refused = answer.refusal is not None and answer.refusal.kind in _NOWHERE
    return is_refused and not (answer.plan and (answer.plan.symbols or answer.plan.unread))


def previous_turn(answer: Answer | None) -> PreviousTurn | None:
    """Return what a follow-up may refer to; None if there is nothing."""
    if answer is None or answer.plan is None or leads_nowhere(answer):
        return None
    nearest = answer.refusal.nearest if answer.refusal else ()
    stated = [fact.symbol for fact in answer.facts]
    shown = [quote.symbol for quote in (*answer.quotes, *nearest)]
    return PreviousTurn(
        question=answer.plan,
        shown=tuple(dict.fromkeys((*stated, *shown))),
        first=_place(answer.quotes[0]) if answer.quotes else None,
        last=_place(answer.quotes[-1]) if answer.quotes else None,
    )


def _place(quote: Quote) -> RequestedPinpoint:
    return RequestedPinpoint(
        symbol=quote.symbol, locator=Locator(kind=quote.kind, number=quote.number)
    )
