"""Checks the consistency of an index: texts with their sources, words, vectors and columns."""

from collections.abc import Iterator

from qa.corpus.corpus import Corpus
from qa.corpus.source_proof import QuotationError
from qa.indexing.vector_store import is_consistent
from qa.indexing.writer import context_text, embedded_text


def inconsistencies(corpus: Corpus) -> Iterator[str]:
    """Yield each way in which a corpus is inconsistent, as a sentence.

    Every passage is compared with its source, each vector with the hash of its text, and all words
    and columns are computed again.
    """
    passages = list(corpus.passages)
    for passage in passages:
        try:
            corpus.proof.require(passage)
        except QuotationError as error:
            yield str(error)
    texts = [embedded_text(passage) for passage in passages]
    contexts = [context_text(resolution) for resolution in corpus.texts]
    agree = {
        "vectors": corpus.encoded.are_of(texts) and corpus.encoded_contexts.are_of(contexts),
        "words": corpus.words.is_of(texts) and corpus.context_words.is_of(contexts),
        "columns": corpus.columns.are_of(passages),
        "rows of the store": is_consistent(corpus),
    }
    for name, holds in agree.items():
        if not holds:
            yield (
                f"the {name} of the index are not those of its texts; "
                "build it again with `operative build PATH...`"
            )
