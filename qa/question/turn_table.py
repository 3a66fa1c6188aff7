"""Turns that are recognised whole by the tables turn_phrases.tsv and turn_words.tsv: "cite it"."""

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from qa.question.turn_words import LANGUAGES_BY_NAME, kind_by_words, language_named
from qa.question.turns import TurnCues, TurnKind
from qa.resolutions.tables.read_tables import rows
from qa.resolutions.text import squeeze

_OPENING = re.compile(
    r"^[\s,.;:!¡¿–-]*(?:(?:ok(?:ay)?|so|well|and|or|but|also|then|now|please|pls|kindly|great|"
    r"right(?! to\b)|alright|hm+|oh|actually|can you|could you|would you|will you|"
    r"what about|how about|what of|same (?:for|in)|the same (?:for|in))\b(?!-)[\s,.;:!–-]*)+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:[\s,.;:!?–-]+(?:please|pls|svp|then|too|also|as well|for me|instead|again|"
    r"thanks|thank you)\b)*[\s,.;:!?…–-]*$",
    re.IGNORECASE,
)


def core_of(text: str) -> str:
    """Return a turn without its opening and its ending: "and the second one, please"."""
    return squeeze(_ENDING.sub("", _OPENING.sub("", text)))


def cues_by_words(
    core: str, cues: TurnCues, kinds: Collection[TurnKind] = frozenset(TurnKind)
) -> TurnCues | None:
    """Return the cues of a turn that consists of the words of a kind, whatever their order."""
    rule = kind_by_words(core)
    if rule is None or rule.kind not in kinds:
        return None
    form = rule.form
    if rule.kind is TurnKind.TRANSLATE:
        form = language_named(core)
    elif rule.kind is TurnKind.CITE:
        form = _form_named(core)
    return replace(cues, kind=rule.kind, form=form)


def _form_named(core: str) -> str:
    """Return the form of citation that a turn names; "" if it names none."""
    forms = [form.lower() for form in _FORM_NAMED.findall(core)]
    return next((form for form in forms if form != "footnote"), "")


@cache
def _rules() -> tuple[tuple[TurnKind, re.Pattern[str]], ...]:
    languages = "|".join(LANGUAGES_BY_NAME)
    names = {"it": _IT, "language": f"(?P<language>{languages})", "form": _FORM}
    compiled = []
    for row in rows("turn_phrases"):
        rule = row["rule"]
        for name, pattern in names.items():
            rule = rule.replace(f"{{{name}}}", pattern)
        compiled.append((TurnKind(row["kind"]), re.compile(rule, re.IGNORECASE)))
    return tuple(compiled)


_IT = (
    r"(?:it|this|that|them|these|those|the (?:[a-z]+ )?(?:one|quote|quotation|paragraph|passage|"
    r"resolution|document|text|answer|result|decision|clause)|(?:this|that) (?:one|quote|quotation|"
    r"paragraph|passage|resolution|document|text|answer|clause))"
)
_FORM = r"(?:oscola|bluebook|chicago|apa|mla|harvard|turabian|bibtex|markdown|un|footnote)"
_FORM_NAMED = re.compile(_FORM, re.IGNORECASE)


def is_sequence_of(kind: TurnKind, text: str) -> bool:
    """Return whether a turn is nothing but phrases of one kind: "ok thanks, bye"."""
    rules = "|".join(rule.pattern for known, rule in _rules() if known is kind)
    return re.fullmatch(rf"(?:\W*(?:{rules})\b)+\W*", text, re.IGNORECASE) is not None


def without_leading_acts(text: str) -> tuple[str, bool]:
    """Return a turn without thanks before its question, and whether it drops what was before.

    "Thanks. And who abstained?" asks who abstained; "Forget that. Right to food" is a new topic.
    """
    rest, is_new = text, False
    if is_sequence_of(TurnKind.THANKS, text) or is_sequence_of(TurnKind.GREET, text):
        return text, False
    while lead := _LEAD.match(rest):
        first = lead["first"]
        is_clear = any(
            kind is TurnKind.CLEAR and rule.fullmatch(core_of(first)) for kind, rule in _rules()
        )
        is_talk = is_sequence_of(TurnKind.THANKS, first) or is_sequence_of(TurnKind.GREET, first)
        if not is_clear and (not is_talk or _REPLY.match(first)):
            break
        rest, is_new = lead["rest"], is_new or is_clear
    return (rest, is_new) if _LETTER.search(rest) else (text, False)


_LEAD = re.compile(r"^\W*(?P<first>[^.!?;:,–]{2,60}?)\s*[.!?;:,–]+\s+(?P<rest>\S.*)$", re.DOTALL)
_REPLY = re.compile(r"\W*(?:no|yes|nope|never ?mind|right|that|this|it)\b", re.IGNORECASE)


def cues_by_table(core: str, cues: TurnCues) -> TurnCues | None:
    """Return the cues of a turn that one of the phrases of the table is the whole of."""
    for kind, rule in _rules():
        match = rule.fullmatch(core)
        if not match:
            continue
        if kind is TurnKind.TRANSLATE:
            return replace(cues, kind=kind, form=LANGUAGES_BY_NAME[match["language"].lower()])
        if kind is TurnKind.CITE:
            return replace(cues, kind=kind, form=_form_named(core))
        if kind is TurnKind.RECORD:
            form = next((name for name, words in match.groupdict().items() if words), "")
            return replace(cues, kind=kind, form=form.rstrip("2"))
        if kind in _IN_TIME:
            return replace(cues, kind=kind, form=_way_of_asking(core))
        if kind is TurnKind.WIDEN:
            what = next((named for named in match.groupdict().values() if named), "")
            return replace(cues, kind=kind, form=what.lower())
        return replace(cues, kind=kind)
    return None


_IN_TIME = frozenset({TurnKind.EARLIER, TurnKind.LATER, TurnKind.NEWEST})


def _way_of_asking(core: str) -> str:
    """Return "this" for "what did that earlier one say?", "text" where its text is asked for."""
    if re.search(
        r"\b(?:that|this) (?:earlier|older|previous|later|newer|newest|latest)\b", core, re.I
    ):
        return "this"
    return (
        "text"
        if re.search(r"\b(?:say|said|decide|provide|read|show|quote|open)\b", core, re.I)
        else ""
    )


_LETTER = re.compile(r"[^\W\d_]{2}")
