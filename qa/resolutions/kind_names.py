"""What the kinds of passages are called, in one table."""

from collections.abc import Mapping
from typing import NamedTuple

from qa.resolutions.model import Kind


class KindName(NamedTuple):
    """The name of a kind of passage."""

    singular: str
    plural: str
    passage: str  # one passage of this kind: an annex has several
    passages: str


def _same_for_passages(name: str) -> KindName:
    return KindName(name, f"{name}s", name, f"{name}s")


KIND_NAMES: Mapping[Kind, KindName] = {
    Kind.OPERATIVE: _same_for_passages("operative paragraph"),
    Kind.PREAMBULAR: _same_for_passages("preambular paragraph"),
    Kind.ANNEX: KindName("annex", "annexes", "annex paragraph", "annex paragraphs"),
    Kind.NOTE: _same_for_passages("note"),
    Kind.HEADING: _same_for_passages("heading"),
}
