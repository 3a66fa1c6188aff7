"""The list of what is loaded: "Which resolutions are loaded?"."""

from datetime import date

from qa.answer import Answer
from qa.answering.context import AnswerContext
from qa.answering.metadata import facts_of
from qa.answering.replies import reply_with_facts

MAX_TITLES = 50  # titles in a list of what is loaded


def answer_inventory(context: AnswerContext) -> Answer | None:
    """Name the loaded resolutions, newest first, where that is what is asked."""
    if not context.question.asks_what_is_loaded or context.named:
        return None
    newest_first = sorted(
        context.corpus.resolutions,
        key=lambda resolution: resolution.adopted or date.min,
        reverse=True,
    )
    facts = tuple(
        fact
        for resolution in newest_first[:MAX_TITLES]
        for fact in facts_of(context.corpus, resolution, ("title",))
    )
    count = len(newest_first)
    message = f"{count} resolutions are loaded" if count != 1 else "One resolution is loaded"
    more = f"; the {MAX_TITLES} newest are named." if count > MAX_TITLES else "."
    return reply_with_facts(facts, message + more)
