"""Names in a question that no loaded text has."""

from qa.answering.context import AnswerContext
from qa.resolutions.periods import MONTHS


def unknown_name(context: AnswerContext) -> str | None:
    """Return a name in the question that no loaded text holds."""
    words = context.corpus.words
    for name in context.question.capitalised:
        for word in name.unexplained:
            if word in MONTHS:
                continue
            terms = words.terms(word)
            is_unknown = terms and not any(map(words.known, terms))
            if is_unknown and not words.nearest_term(word):
                return name.text
    return None
