"""The kinds of turn of a conversation, and what each keeps of the turn before it."""

from dataclasses import dataclass, replace
from enum import Enum


class TurnKind(Enum):
    """What a turn wants of the turn before it."""

    # Acts: they want no new search.
    CITE = "cite"
    LINK = "link"
    TRANSLATE = "translate"
    SHORTEN = "shorten"
    CLEAR = "clear"
    THANKS = "thanks"
    GREET = "greet"
    HELP = "help"
    # Of what was shown.
    SHOW_DOCUMENT = "show_document"
    ORDINAL = "ordinal"
    MORE = "more"
    # Of the question.
    COMPARE = "compare"
    EARLIER = "earlier"
    LATER = "later"
    NEWEST = "newest"
    RECORD = "record"  # a vote, the sponsors, the draft, in a few words
    WHERE = "where"  # in which paragraph that is
    AGE = "age"  # which of a pair is newer
    NAMES = "names"  # of what was only counted: the States, the documents
    COUNT = "count"  # of what was listed
    NARROW = "narrow"
    WIDEN = "widen"
    TIME = "time"
    BODY = "body"
    CORRECTION = "correction"
    OTHER = "other"  # a question of its own, or one that refers to the turn before in words


ACTS = frozenset(
    {
        TurnKind.CITE,
        TurnKind.LINK,
        TurnKind.TRANSLATE,
        TurnKind.SHORTEN,
        TurnKind.CLEAR,
        TurnKind.THANKS,
        TurnKind.GREET,
        TurnKind.HELP,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inheritance:
    """What a kind of turn keeps of the turns before it; what it does not keep is dropped."""

    question: bool = True  # the last one, with its topic
    restriction: bool = True  # "only 2024"
    time: bool = True  # of the restriction; "an earlier one" is of another year
    documents: bool = True  # those that were named or shown
    shown: bool = True  # the quotations, in their order
    keeps_list: bool = False  # an ordinal still counts in the list before this turn


_ALL = Inheritance()
_DOCUMENT = Inheritance(restriction=False, shown=False)  # with the question that was asked of it
_TOPIC = Inheritance(documents=False, shown=False)
INHERITS: dict[TurnKind, Inheritance] = {
    **dict.fromkeys(ACTS, _ALL),
    TurnKind.CLEAR: Inheritance(question=False, restriction=False, documents=False, shown=False),
    TurnKind.SHOW_DOCUMENT: Inheritance(question=False, restriction=False, shown=False),
    TurnKind.ORDINAL: Inheritance(question=False, keeps_list=True),
    TurnKind.MORE: _ALL,
    TurnKind.RECORD: _ALL,
    TurnKind.NAMES: _ALL,
    TurnKind.COUNT: _ALL,
    TurnKind.WHERE: replace(_ALL, keeps_list=True),
    TurnKind.COMPARE: _DOCUMENT,
    TurnKind.AGE: _DOCUMENT,
    # "The previous one" may be a paragraph.
    **dict.fromkeys((TurnKind.EARLIER, TurnKind.LATER, TurnKind.NEWEST), replace(_ALL, time=False)),
    TurnKind.NARROW: _TOPIC,
    TurnKind.WIDEN: _TOPIC,
    TurnKind.TIME: replace(_TOPIC, documents=True),  # whose year "the year after" follows
    TurnKind.BODY: _TOPIC,
    TurnKind.CORRECTION: _TOPIC,
    TurnKind.OTHER: _ALL,  # where it refers to them; a new topic keeps nothing
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnCues:
    """How a question refers to the turn before it."""

    kind: TurnKind = TurnKind.OTHER
    opens: bool = False  # "And …", "What about …"
    step: int = 0  # 1: "the next one", -1: "the one before"; nothing else is asked
    names_paragraph: bool = False  # of which the step is: "the next paragraph"
    has_pronoun: bool = False  # "it", "that resolution", and no actor that "it" may mean
    is_symbol_only: bool = False  # it names documents and asks nothing of its own
    is_phrase: bool = False  # no sentence: a name, or a few words
    is_elliptical: bool = False  # a sentence without a topic: "by when?"
    own_words: tuple[str, ...] = ()  # of a sentence that names nothing: "a convention"
    preposition: str = ""  # before the phrase: "for"
    rank: int = 0  # of an ordinal, from 1; -1 for the last
    is_correction: bool = False  # "no, I meant …"
    phrase: str = ""  # the words that are left without those that refer: "hospitals"
    form: str = ""  # of a citation, or the code of a language
    years: int = 0  # "the year after": 1
    names_one_year: bool = False  # "the ones from 2019"
    is_excluding: bool = False  # "not the Assembly"
    is_new_topic: bool = False  # "something else: …"
    is_aside: bool = False  # "by the way, …", "another thing: …"
    is_exchange: bool = False  # "the same for UNDOF"
    names_kind_only: bool = False  # "and the preamble?"


NO_CUES = TurnCues()
