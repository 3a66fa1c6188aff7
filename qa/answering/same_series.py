"""The resolutions of one subject over the years."""

from datetime import date

from qa.answering.scope import is_small
from qa.corpus.corpus import Corpus
from qa.resolutions.model import Masthead

MIN_MEMBERS = 2


def members_of_series(corpus: Corpus, symbol: str) -> tuple[Masthead, ...]:
    """Return the adopted resolutions of the subject of one, the oldest first.

    Those of one organ with one title are of one subject; where texts have no title, those with one
    agenda item. Where a small collection has none, all of it is one subject.
    """
    here = corpus.masthead(symbol)
    if here is None or here.adopted is None:
        return ()
    subject = _subject(here)
    dated = [each for each in corpus.resolutions if each.adopted]
    members = [each for each in dated if subject and _subject(each) == subject]
    if len(members) < MIN_MEMBERS and is_small(corpus.resolutions):
        members = dated
    return tuple(sorted(members, key=lambda each: (each.adopted or date.min, each.symbol)))


def _subject(masthead: Masthead) -> tuple[str, str]:
    record = masthead.record
    name = masthead.title or (record.agenda_item_name if record else "") or ""
    return (masthead.body.value, name.casefold()) if name else ("", "")
