"""The oldest document on a topic, where no paragraph says that it began."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from qa.answering.context import AnswerContext
from qa.answering.endings import described
from qa.corpus.passages import Passage
from qa.question.step_query import StepQuery
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Kind
from qa.search.topic_documents import documents_about


def of_oldest(context: AnswerContext, query: StepQuery) -> tuple[Sequence[Passage], str]:
    """Return the first paragraphs of the oldest document on a topic."""
    corpus = context.corpus
    among = np.array(["/RES/" in each.symbol for each in corpus.resolutions], dtype=bool)
    places = documents_about(corpus, query.about, context.retriever.names, among)
    dated = [corpus.resolutions[place] for place in places if corpus.resolutions[place].adopted]
    if _PROPER.fullmatch(query.about):
        names = context.retriever.names.expansions(query.about)
        said = {name.casefold() for name in (query.about, *names)}
        dated = [each for each in dated if any(name in described(each).casefold() for name in said)]
    if not dated:
        return (), ""
    first = min(dated, key=lambda masthead: (masthead.adopted or date.max, masthead.symbol))
    passages = corpus.passages_of(first.symbol, {Kind.OPERATIVE})
    symbol = spaced_symbol(first.symbol)
    oldest = f"the oldest loaded resolution on “{query.about}” is {symbol}."
    return passages, f"No paragraph was found that begins this; {oldest}"


_PROPER = re.compile(r"[A-Z][\w-]*(?: (?:(?:of|on|for|the|and) )*[A-Z][\w-]*)+")
