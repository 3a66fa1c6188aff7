"""What a question wants counted or listed: read from its words alone."""

import re
from dataclasses import dataclass

from qa.question.bodies import bodies_of
from qa.question.patterns import rules
from qa.resolutions.text import squeeze

_MAX_PHRASE_WORDS = 8  # of a thing that can be looked for as a phrase
_LAST = ("last", "latest", "newest", "most recent")
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
_PERIODS = tuple(
    re.compile(rf"[\s,]*\b{rule}\b", re.IGNORECASE)
    for rule in (
        rf"(?:between|from) {_YEAR.format('since')} (?:and|to|until) {_YEAR.format('until')}",
        rf"(?:(?:adopted|passed) )?(?:since|from) {_YEAR.format('since')}(?: on(?:wards?)?)?",
        rf"(?:(?:adopted|passed) )?after {_YEAR.format('after')}",
        rf"(?:(?:adopted|passed) )?before {_YEAR.format('before')}",
        rf"(?:(?:adopted|passed) )?(?:until|up to|till) {_YEAR.format('until')}",
        rf"(?:(?:adopted|passed) )?(?:in|during|of) {_YEAR.format('year')}",
    )
)
_BARE = re.compile(
    r"^(?:the (?:words?|terms?|phrase|expression|name) |the |an? |any |all )+|[\s,.;:?!]+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountQuery:
    """What is to be counted."""

    thing: str  # "UNODC", "resolution 1325"; "" for all that was adopted
    which: str | None = None  # "first", "last": one is wanted, not all
    paragraphs: bool = False  # paragraphs are counted, not resolutions
    operative: bool = False  # only operative ones
    resolutions: bool = False  # neither statements nor decisions
    since: int | None = None
    until: int | None = None
    bodies: frozenset[str] = frozenset()


def read_count(text: str) -> CountQuery | None:
    """Return what a question wants counted or listed, or None: the rules are in phrases.tsv."""
    for rule in rules("tally").values():
        if match := rule.search(text):
            found = match.groupdict()
            thing, since, until = _period(found.get("thing") or "")
            frame = text.replace(found["thing"], " ") if found.get("thing") else text
            _, framed_since, framed_until = _period(frame)
            thing = _bare(thing)
            if found.get("thing") and not 0 < len(thing.split()) <= _MAX_PHRASE_WORDS:
                return None
            which = (found.get("which") or "").lower()
            unit = (found.get("unit") or "").lower()
            return CountQuery(
                thing=thing,
                which=("last" if which in _LAST else "first") if which else None,
                paragraphs="paragraph" in unit,
                operative="operative" in unit,
                resolutions="resolution" in unit or not thing,
                since=since or framed_since,
                until=until or framed_until,
                bodies=frozenset(bodies_of(frame)),
            )
    return None


def _period(text: str) -> tuple[str, int | None, int | None]:
    """Return `text` without the years that bound it, and the first and the last of them."""
    for rule in _PERIODS:
        if match := rule.search(text):
            years = {name: int(year) for name, year in match.groupdict().items()}
            year = years.get("year")
            since = years.get("since", years["after"] + 1 if "after" in years else year)
            until = years.get("until", years["before"] - 1 if "before" in years else year)
            return squeeze(text[: match.start()] + " " + text[match.end() :]), since, until
    return text, None, None


def _bare(thing: str) -> str:
    """Return a thing without article, marks of quotation and full stop."""
    previous = None
    while thing != previous:
        previous = thing
        thing = _BARE.sub("", thing.strip(" \"'“”‘’«»"))
    return thing
