"""What a question asks for: symbols, places, fields of the masthead, actors, verbs, and a topic.

Everything here reads only the words of the question; what is loaded decides later.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from qa.question.bare_numbers import bare_documents, is_year
from qa.question.bodies import acting_bodies, bodies_of
from qa.question.count_query import read_count
from qa.question.dates import (
    BoundedText,
    adoption_period,
    claimed_date,
    months_in,
    sessions_in,
    years_in,
)
from qa.question.description_query import read_description
from qa.question.document_query import read_document_query
from qa.question.edge_query import read_edge_query
from qa.question.expansion import NameExpansion, table_names
from qa.question.fiscal_years import fiscal_years
from qa.question.language import foreign_language
from qa.question.leading_talk import without_leading_talk
from qa.question.patterns import matches_cue, rules
from qa.question.places import (
    documents_by_name,
    names_places,
    printed_place,
    read_places,
    reprints_named,
    within_units,
)
from qa.question.premise_query import read_premise
from qa.question.present import read_present
from qa.question.question import Question, Unrecorded, Unusable
from qa.question.record_query import OF_MASTHEAD, asks_for_not_adopted, asks_whether, read_record
from qa.question.relative_dates import resolve_relative_dates
from qa.question.request_query import read_request_query, requested_actor
from qa.question.side_query import read_sides
from qa.question.step_query import read_step_query
from qa.question.topic import capitalised_names, names_topic, subject_of, topic_of
from qa.question.turn_cues import read_turn_cues
from qa.question.typed_text import is_readable, unify_characters, without_markup
from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.cite.symbols import SymbolMatch, find_symbols, hide_symbols
from qa.resolutions.cite.typed_symbols import ADDRESS, JOB_NUMBER
from qa.resolutions.model import Kind, Masthead, Span
from qa.resolutions.parse.actions import lemma_of
from qa.resolutions.periods import ANY_TIME
from qa.resolutions.tables.read_tables import words
from qa.settings import MAX_QUESTION_CHARACTERS

_RELATIVE = re.compile(
    r"\b(?:the )?(?P<which>earlier|older|previous|preceding|prior|first|original|later|newer|"
    r"newest|latest|recent|most recent|more recent|last|second|subsequent|following|other) "
    r"(?:resolution|text|document|one)\b",
    re.IGNORECASE,
)
_EARLIER = frozenset(["earlier", "older", "previous", "preceding", "prior", "first", "original"])
_LATER = frozenset(
    [
        *("later", "newer", "newest", "latest", "recent", "most recent", "more recent"),
        *("last", "second", "subsequent", "following"),
    ]
)
_ACTOR = (
    r"(?:the |all )?(?P<actor>(?-i:[A-Z][\w-]*(?: (?:(?:of|on|and|for) (?:the )?)?[A-Z][\w-]*)*)|"
    r"(?:\w+ )?(?:secretary[- ]general|states|governments|commission|office|programme|secretariat|"
    r"assembly|centre|council|countries|donors|committee|sg)\b)"
)
# "what is X asked to do", "what should X do", "what does the Assembly ask of X"
_IS_ASKED = (
    rf"\bwhat (?:else )?(?:is|are|was|were|has|have)\b {_ACTOR}[^?]{{0,25}}\b"
    r"(?:asked|requested|told|called|urged|invited|encouraged|instructed|supposed|required|expected)\b"
)
_SHOULD = rf"\bwhat (?:else )?(?:should|must|shall|does|do|can) {_ACTOR}(?: have to| need to)? do\b"
_ASKS_OF = (
    r"\b(?:asks?|asked|requests?|requested|urges?|urged|invites?|invited|encourages?|encouraged|"
    rf"calls? (?:up)?on|addressed|tells?) (?:of |to |from )?{_ACTOR}"
    r"(?= to\b|\s*[?.]|$| in\b| under\b)"
)
_ASKED = (_IS_ASKED, _SHOULD, _ASKS_OF)
_ASKED_RULES = tuple(re.compile(rule, re.IGNORECASE) for rule in _ASKED)


def read_question(
    text: str, loaded: Sequence[Masthead] = (), names: NameExpansion | None = None
) -> Question:
    """Return what `text` asks for; never raises.

    Args:
        text: anything that was typed.
        loaded: the resolutions whose newest is the present of "last year" and "this session";
            none: these are left as they are.
        names: those of the collection that is asked; None: those of the tables alone.
    """
    is_short = len(text) <= 20 * MAX_QUESTION_CHARACTERS
    unified = unify_characters(text) if is_short else text
    unusable = _unusable(unified)
    if unusable:
        return Question(text=unified[:MAX_QUESTION_CHARACTERS], unusable=unusable)
    opened = without_leading_talk(without_markup(unified))
    typed = opened.text
    asked = resolve_relative_dates(typed, loaded)
    units: tuple[str, ...] = ()
    symbols = _documents(asked, loaded)
    if not symbols and names_places(asked):
        symbols, units = documents_by_name(asked)
    if matches_cue("opinion", typed):
        return Question(text=typed, unusable=Unusable.OPINION)
    if matches_cue("instruction", typed) and not symbols:
        return Question(text=typed, unusable=Unusable.INSTRUCTION)
    places = within_units(read_places(asked, symbols), units)
    question = Question(
        text=asked,
        language=foreign_language(asked),
        symbols=tuple(dict.fromkeys(match.symbol for match in symbols)),
        first_symbol=Span(start=symbols[0].start, end=symbols[0].end) if symbols else None,
        places=places.places,
        unread=places.unread,
        printed_place=printed_place(asked, symbols),
        edge=None if symbols else read_edge_query(asked),
        steps=read_step_query(asked, names_document=bool(symbols)),
        description=read_description(asked),
        sides=read_sides(asked),
        present=read_present(asked, loaded),
        premise=None if symbols else read_premise(asked),
        record=read_record(asked, symbols),
        refers=read_turn_cues(asked, symbols, opened),
    )
    wishes = _with_wishes(question, symbols, names or table_names())
    # A document is named whole: a date next to it does not bound its adoption.
    bounded = BoundedText(rest=asked, period=None) if symbols else adoption_period(asked)
    read = _with_cues(_with_time(wishes, symbols, bounded))
    return read.with_topic(topic_of(bounded.rest if read.adopted.is_range else asked, symbols))


def _with_wishes(
    question: Question, symbols: Sequence[SymbolMatch], names: NameExpansion
) -> Question:
    """Return the question with what it wants of documents and passages."""
    text = ADDRESS.sub(" ", question.text)
    fields, record = _fields(text), question.record
    if question.symbols and fields and record and record.field in OF_MASTHEAD:
        record = None  # a document that is named states it itself
    return replace(
        question,
        fields=fields,
        record=record,
        count=read_count(text),
        documents=None if question.symbols else read_document_query(text),
        requests=None if question.symbols else read_request_query(text, names),
        unrecorded=_unrecorded(text),
        verbs=tuple(_verbs(text)),
        actor=_actor(text, names) or (_requested(question.text, symbols, names)),
        kinds=_kinds(text),
        bodies=frozenset(bodies_of(text)),
        acting_bodies=frozenset() if question.symbols else acting_bodies(text),
        cited_series=_cited_series(text),
        capitalised=tuple(capitalised_names(text, names)),
    )


def _with_time(
    question: Question, symbols: Sequence[SymbolMatch], bounded: BoundedText
) -> Question:
    """Return the question with the dates, years, months and sessions that it names.

    `bounded` is its text without the period of adoption, and that period.
    """
    text = question.text
    unnamed = hide_symbols(text, tuple(symbols))
    claimed = claimed_date(unnamed)
    day = None if symbols or not claimed else claimed.day
    adopted = bounded.period or ANY_TIME
    if adopted.is_range:
        unnamed = bounded.rest
    return replace(
        question,
        adopted=adopted,
        claimed=claimed,
        values=tuple(_values(text, question.fields, day)),
        years=tuple(dict.fromkeys(years_in(unnamed))),
        months=tuple(dict.fromkeys(months_in(unnamed))),
        sessions=tuple(dict.fromkeys(sessions_in(text))),
        fiscal_years=tuple(fiscal_years(text)),
        names_by_year=matches_cue("by_year", text),
        relative=_relative(text),
    )


def _with_cues(question: Question) -> Question:
    """Return the question with the cues of how it wants to be answered."""
    text = question.text
    return replace(
        question,
        every=matches_cue("every", text),
        compares=matches_cue("compares", text),
        lists=matches_cue("lists", text),
        asks_whether=asks_whether(text),
        asks_for_not_adopted=asks_for_not_adopted(text),
        about_citations=matches_cue("about_citations", text),
        asks_how_much=matches_cue("asks_how_much", text),
        asks_when=matches_cue("asks_when", text),
        wants_source=matches_cue("wants_source", text),
        asks_where_cited=matches_cue("where_cited", text),
        asks_which_text=matches_cue("which_text", text),
        asks_what_is_said=matches_cue("what_is_said", text),
        asks_what_is_loaded=matches_cue("loaded", text),
        asks_for_summary=matches_cue("whole", text),
        asks_for_definition=matches_cue("defines", text),
        asks_what_a_year_did=matches_cue("done_in_year", text),
    )


def _unusable(text: str) -> Unusable | None:
    if not text.strip():
        return Unusable.EMPTY
    if len(text) > MAX_QUESTION_CHARACTERS:
        return Unusable.TOO_LONG
    return None if is_readable(text) else Unusable.NOT_TEXT


_LANGUAGE_LETTERS = "ACEFRS"  # that end a job number in the text


def _documents(text: str, loaded: Sequence[Masthead]) -> tuple[SymbolMatch, ...]:
    """Return the documents that `text` names; one named by its job number is that of `loaded`."""
    matches = find_symbols(text, with_unresolved=True)
    bare = bare_documents(text, matches, loaded)
    named = (match for match in (*matches, *bare) if not is_year(text, match, loaded))
    matches = reprints_named(text, sorted(named, key=lambda match: match.start))
    if any(match.is_loose for match in matches) and _says_more(text, matches):
        symbols = {masthead.symbol for masthead in loaded}
        matches = tuple(match for match in matches if not match.is_loose or match.symbol in symbols)
    if not any(match.symbol.startswith(JOB_NUMBER) for match in matches):
        return matches
    jobs = {_job(masthead.job_number): masthead.symbol for masthead in loaded}
    return tuple(
        replace(match, symbol=jobs.get(match.symbol.removeprefix(JOB_NUMBER), match.symbol))
        for match in matches
    )


def _says_more(text: str, matches: tuple[SymbolMatch, ...]) -> bool:
    """Return whether a question has a topic besides its documents, and names no place in them.

    Then a bare number is context: "Golan, December 2013, implement resolution 338" is answered by
    what is loaded, and "UNHCR 2019 asylum" names no document.
    """
    topic = subject_of(topic_of(text, matches))
    return not names_places(text) and names_topic(topic, names_by_year=False)


def _job(number: str | None) -> str:
    """Return a job number as addresses write it: "N0650529" for "N0650529E"."""
    return (number or "").upper().rstrip(_LANGUAGE_LETTERS)


def _unrecorded(text: str) -> Unrecorded | None:
    """Return what a question asks for that resolutions do not record."""
    for what, rule in rules("unrecorded").items():
        if rule.search(text):
            return Unrecorded[what.upper()]
    return None


def _fields(text: str) -> tuple[str, ...]:
    fields = [name for name, rule in rules("field").items() if rule.search(text)]
    if (
        "preambular_count" in fields
        and "operative_count" in fields
        and not matches_cue("operative", text)
    ):
        fields.remove("operative_count")
    if "report" in fields and re.search(r"\bcommittee\b", text, re.IGNORECASE):
        fields.insert(fields.index("report"), "committee")
    return tuple(dict.fromkeys(fields))


def _values(text: str, fields: Collection[str], day: date | None) -> Iterator[tuple[str, str]]:
    """Yield what a question says of the document that it asks for: "agenda item 98"."""
    if day and "adopted" in fields:
        yield "adopted", day.isoformat()
    for name, rule in rules("value").items():
        for match in rule.finditer(text):
            yield name, match["value"]


def _relative(text: str) -> str | None:
    match = _RELATIVE.search(text)
    if not match:
        return None
    which = match["which"].lower()
    if which in _EARLIER:
        return "earlier"
    return "later" if which in _LATER else "other"


def _cited_series(text: str) -> str | None:
    """Return the series of the organ whose resolutions a question asks for."""
    named = r"(?:'s)? (?:resolutions?|decisions?)\b"
    for body in NAMED_BODIES:
        if re.search(rf"\b(?:{body.pattern}){named}", text, re.IGNORECASE):
            return body.series
    return None


def _kinds(text: str) -> frozenset[Kind]:
    kinds = set()
    if matches_cue("preamble", text):
        kinds.add(Kind.PREAMBULAR)
    if matches_cue("notes", text):
        kinds.add(Kind.NOTE)
    if matches_cue("operative", text):
        kinds.add(Kind.OPERATIVE)
    return frozenset(kinds)


def _verbs(text: str) -> Iterator[str]:
    """Yield the verbs that a question asks for: "urge", "the invitations", "thanks"."""
    seen = set()
    for word in re.findall(r"[A-Za-z-]+", text):
        for verb in lemma_of(word):
            if verb not in seen and word.lower() not in _VERBS_OF_TALK:
                seen.add(verb)
                yield verb


# Verbs that a question is put with rather than about.
_VERBS_OF_TALK = words("talk")


def _requested(text: str, symbols: Sequence[SymbolMatch], names: NameExpansion) -> str | None:
    """Return who is asked to act by a document that is named: "UNODC tasks in 80/229"."""
    if not symbols:
        return None
    return requested_actor(hide_symbols(text, tuple(symbols)), names) or None


def _actor(text: str, names: NameExpansion) -> str | None:
    """Return who is asked to act, in the words that resolutions print."""
    for rule in _ASKED_RULES:
        match = rule.search(text)
        if match and match["actor"].lower() not in ("assembly", "council", "general assembly"):
            return names.expand(match["actor"]).strip()
    return None
