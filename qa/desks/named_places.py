"""What a person names to a desk: a document or a paragraph."""

from qa.answering.lookup import look_up
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.errors import InputError
from qa.question.question import Question

PREVIOUS = "previous"


def cited_document(corpus: Corpus, question: Question) -> str:
    """Return the symbol of the document that a text names, loaded or not.

    Raises:
        InputError: it names none, or several.
    """
    symbols = tuple(dict.fromkeys(question.symbols))
    if len(symbols) != 1:
        found = "names several documents" if symbols else "names no document"
        raise InputError(f"“{question.text}” {found}; type one symbol, such as A/RES/79/154.")
    masthead = corpus.masthead(symbols[0])
    return masthead.symbol if masthead else symbols[0]


def named_document(corpus: Corpus, question: Question) -> str:
    """Return the symbol of the loaded document that a text names.

    Raises:
        InputError: it names none, several, or one that is not loaded.
    """
    symbol = cited_document(corpus, question)
    if corpus.masthead(symbol) is None:
        raise InputError(
            f"{symbol} is not loaded; name a loaded document, or build an index with it."
        )
    return symbol


def named_passage(corpus: Corpus, question: Question) -> Passage:
    """Return the one paragraph that a citation names.

    Raises:
        InputError: it names none, or none that is loaded.
    """
    symbol = named_document(corpus, question)
    if not question.places:
        raise InputError(f"“{question.text}” names no paragraph; type one such as 79/154 OP14.")
    result = look_up(corpus, question)
    if not result.passages:
        missing = " ".join(result.misses) or f"{symbol} has no such paragraph."
        raise InputError(f"{missing.rstrip('.')}; name one that it has.")
    return result.passages[0]
