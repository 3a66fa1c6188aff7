"""Whether a resolution was adopted under Chapter VII: by its record, and by its text."""

import re
from collections.abc import Iterator

from qa.answer import Fact
from qa.answering.record_facts import RecordReply, record_fact
from qa.corpus.corpus import Corpus
from qa.resolutions.cite.citation_format import citation, spaced_symbol
from qa.resolutions.model import Masthead, Paragraph, Status

_ACTING = re.compile(r"\bacting under (?:\w+ ){0,6}?Chapter VII\b", re.IGNORECASE)


def chapter_reply(corpus: Corpus, masthead: Masthead, *, asks_whether: bool) -> RecordReply | None:
    """Return what the record says of Chapter VII, and where the text says otherwise."""
    record = masthead.record
    acting = next(_acting(corpus, masthead), None)
    if record is None or (record.chapter_vii is None and acting is None):
        return None
    symbol = spaced_symbol(masthead.symbol)
    is_so = bool(record.chapter_vii) or (record.chapter_vii is None and acting is not None)
    lead = f"{'Yes' if is_so else 'No'}: " if asks_whether else ""
    fact = record_fact(masthead, "Chapter VII", "yes" if is_so else "not marked", "chapter_vii")
    facts = [fact]
    if record.chapter_vii:
        under = "was adopted" if masthead.status is Status.ADOPTED else "was put to the vote"
        message = f"{lead}the record marks that {symbol} {under} under Chapter VII."
    elif record.chapter_vii is None:
        message = f"{lead}the record of {symbol} does not say, but its text does."
    else:
        message = f"{lead}the record of {symbol} does not mark Chapter VII."
        if acting:
            message += " Its text says otherwise."
    if acting:
        place = citation(masthead.symbol, acting.label, acting.kind)
        match = _ACTING.search(acting.text)
        facts.append(
            Fact(
                symbol=masthead.symbol,
                field="text",
                value=place,
                printed=match[0] if match else None,
            )
        )
    return RecordReply(message if lead else message[:1].upper() + message[1:], tuple(facts))


def _acting(corpus: Corpus, masthead: Masthead) -> Iterator[Paragraph]:
    """Yield the paragraphs in which the Council acts under Chapter VII."""
    whole = corpus.resolution(masthead.symbol)
    for paragraph in whole.paragraphs if whole else ():
        if _ACTING.search(paragraph.text):
            yield paragraph
