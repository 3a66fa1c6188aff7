"""The tokens of an answer's quotations, and a budget for them."""

from dataclasses import replace

from qa.answer import Answer
from qa.render.plain_text import quote_text
from qa.render.token_count import count, fit


def within_budget(answer: Answer, max_tokens: int | None) -> Answer:
    """Return an answer with the tokens of its quotations, without those beyond a budget.

    Args:
        answer: with all its quotations.
        max_tokens: quotations are left out, whole, from where this would be exceeded; None for
            no limit.

    Raises:
        ValueError: `max_tokens` is below 0.
    """
    quotes = answer.quotes
    if max_tokens is not None:
        quotes = fit(quotes, max_tokens, quote_text)
    return replace(
        answer,
        quotes=quotes,
        omitted=len(answer.quotes) - len(quotes),
        tokens=sum(count(quote_text(quote)) for quote in quotes),
    )
