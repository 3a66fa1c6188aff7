"""The passage that a translated quotation is of, by what words look alike in both languages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt

from qa.desks.document_words import DocumentWords
from qa.desks.quote_cleaning import CleanQuote
from qa.desks.quote_judgement import QuoteJudgement, QuoteVerdict

_STEM = 4  # letters with which cognates begin: "environnement", "environment"


def nearest_by_cognates(
    document: DocumentWords, quote: CleanQuote, scope: Sequence[int]
) -> QuoteJudgement:
    """Return that a quotation is a translation, with the passage that it is likely of."""
    wanted = _stems(quote.whole.keys)
    texts = [_stems(document.key_set(index)) for index in range(len(document))]
    common = Counter(stem for stems in texts for stem in stems)
    best, score = (scope[0] if scope else -1), 0.0
    for index in scope or range(len(texts)):
        shared = sum(1 / common[stem] for stem in wanted & texts[index])
        likeness = shared / sqrt(len(texts[index]) or 1)
        if likeness > score:
            best, score = index, likeness
    labels = (document.labels[best],) if best >= 0 else ()
    return QuoteJudgement(
        verdict=QuoteVerdict.TRANSLATED,
        message="In another language than the loaded text; compare it with the official version.",
        symbol=document.symbol,
        labels=labels,
        printed=document.text(best) if best >= 0 else "",
    )


def _stems(keys: Iterable[str]) -> set[str]:
    return {key[:_STEM] for key in keys if len(key) > _STEM or key.isdigit()}
