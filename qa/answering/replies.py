"""The three shapes of an answer: quotations, facts, a refusal."""

from collections.abc import Sequence

from qa.answer import Answer, AnswerRoute, Fact, Quote, Refusal, RefusalKind


def reply_with_quotes(
    route: AnswerRoute, quotes: Sequence[Quote], message: str = "", *, total: int | None = None
) -> Answer:
    """Return quotations, with a line that says what they are, and how many there are in all."""
    return Answer(
        question="",
        understood="",
        road=route,
        quotes=tuple(quotes),
        message=message,
        total=total,
    )


def reply_with_facts(
    facts: Sequence[Fact],
    message: str = "",
    *,
    quotes: Sequence[Quote] = (),
    total: int | None = None,
) -> Answer:
    """Return facts, with a line that says what they are and the quotations that support them."""
    return Answer(
        question="",
        understood="",
        road=AnswerRoute.FACTS,
        facts=tuple(facts),
        quotes=tuple(quotes),
        message=message,
        total=total,
    )


def refuse(
    kind: RefusalKind,
    message: str,
    *,
    nearest: Sequence[Quote] = (),
    link_to: str | None = None,
) -> Answer:
    """Return an honest no."""
    refusal = Refusal(kind=kind, message=message, nearest=tuple(nearest), link=link_to)
    return Answer(question="", understood="", road=AnswerRoute.NONE, refusal=refusal)
