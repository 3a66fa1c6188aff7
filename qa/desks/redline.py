"""A comparison of two editions as tracked changes: accepting all gives the later one."""

import re
from collections.abc import Iterator

from qa.desks.alignment import align_whole, solid_runs
from qa.desks.edition_comparison import ComparedPair, EditionComparison, PairKind
from qa.desks.text_edition import EditionParagraph
from qa.render.redline_file import RedlineParagraph, RedlineRun, TextChange, redline_bytes

_NUMBER = re.compile(r"OP(?P<number>\d+)$|(?P<item>\(\w+\))$")
_COMMENTED = {
    PairKind.MOVED: "Moved: {before} became {after}.",
    PairKind.SPLIT: "Split: {after} has a part of {before}.",
    PairKind.MERGED: "Merged: {before} became a part of {after}.",
}


def redline_file(comparison: EditionComparison) -> bytes:
    """Return a comparison as a Word file with tracked insertions and deletions.

    Further parts of a split paragraph are insertions, further ones of a merged one deletions, so
    that each text is in the file once.
    """
    title = f"{comparison.before.name} → {comparison.after.name}"
    return redline_bytes(tuple(_paragraphs(comparison)), title=title)


def _paragraphs(comparison: EditionComparison) -> Iterator[RedlineParagraph]:
    seen: set[tuple[bool, str]] = set()
    for pair in comparison.pairs:
        before = None if pair.before and (False, pair.before.label) in seen else pair.before
        after = None if pair.after and (True, pair.after.label) in seen else pair.after
        seen |= {(False, before.label)} if before else set()
        seen |= {(True, after.label)} if after else set()
        runs = tuple(_merged(_runs(before, after)))
        yield RedlineParagraph(runs=runs, comment=_comment(pair))


def _comment(pair: ComparedPair) -> str:
    if pair.before is None or pair.after is None:
        return ""
    sentence = _COMMENTED.get(pair.kind, "")
    return sentence.format(before=pair.before.label, after=pair.after.label)


def _runs(before: EditionParagraph | None, after: EditionParagraph | None) -> Iterator[RedlineRun]:
    """Yield the text of two versions of a paragraph with its number, each character once."""
    yield from _gap(_printed_number(before), _printed_number(after))
    if before is None or after is None:
        yield from _gap(before.text if before else "", after.text if after else "")
        return
    given, printed = before.tokens, after.tokens
    at_given = at_printed = 0
    for run in solid_runs(align_whole(given, printed).runs):
        for step in range(run.size):
            here, there = run.given + step, run.printed + step
            yield from _gap(
                given.text[at_given : given.starts[here]],
                printed.text[at_printed : printed.starts[there]],
            )
            at_given, at_printed = given.ends[here], printed.ends[there]
            yield from _gap(
                given.text[given.starts[here] : at_given],
                printed.text[printed.starts[there] : at_printed],
            )
    yield from _gap(given.text[at_given:], printed.text[at_printed:])


def _gap(given: str, printed: str) -> Iterator[RedlineRun]:
    """Yield what is between two words that both texts have; blanks around it are kept."""
    if given == printed:
        yield RedlineRun(given, TextChange.KEPT)
        return
    is_led = given[:1] == printed[:1] == " "
    is_closed = given[-1:] == printed[-1:] == " " and min(len(given), len(printed)) > is_led
    inner = slice(int(is_led), -1 if is_closed else None)
    yield RedlineRun(" " * is_led, TextChange.KEPT)
    yield RedlineRun(given[inner], TextChange.DELETED)
    yield RedlineRun(printed[inner], TextChange.INSERTED)
    yield RedlineRun(" " * is_closed, TextChange.KEPT)


def _merged(runs: Iterator[RedlineRun]) -> Iterator[RedlineRun]:
    """Yield runs with neighbours of one kind joined, and without empty ones."""
    former: RedlineRun | None = None
    for run in runs:
        if not run.text:
            continue
        if former and former.change is run.change:
            former = RedlineRun(former.text + run.text, run.change)
            continue
        if former:
            yield former
        former = run
    if former:
        yield former


def _printed_number(paragraph: EditionParagraph | None) -> str:
    mark = _NUMBER.search(paragraph.label) if paragraph else None
    if mark is None:
        return ""
    return f"{mark['number']}. " if mark["number"] else f"{mark['item']} "
