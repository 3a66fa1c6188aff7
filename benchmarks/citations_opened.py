"""Every citation that an index can print, read again as a person would type it.

`python -m benchmarks.citations_opened INDEX` reads the citation and the label of each passage and
looks it up: the first passage that comes back must be the one that was cited, and all others its
sub-paragraphs. Nothing is searched or answered.

`--inside-a-question` reads each citation in "What does … say?" instead. One passage in 50 goes
through the reading of whole questions, all others through its two parts that read citations, which
takes a tenth of the time.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from qa.answering.lookup import look_up
from qa.answering.quotation import citation_of
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.places import printed_place, read_places
from qa.question.question import Question
from qa.question.read import read_question
from qa.resolutions.cite.symbols import find_symbols
from qa.resolutions.model import Masthead, Span

WHOLE_EVERY = 50


class TypedAs(Enum):
    """How a citation is typed."""

    ALONE = "alone"
    INSIDE_A_QUESTION = "inside a question"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongOpening:
    """A citation that does not open its passage, or that two passages share."""

    typed: str
    fault: str  # "symbol", "unread", "nothing", "another", "more", "shared"
    opened: str


def openings(
    corpus: Corpus, resolutions: Sequence[Masthead], typed_as: TypedAs = TypedAs.ALONE
) -> Iterator[tuple[Passage, tuple[WrongOpening, ...]]]:
    """Yield each passage of `resolutions` with what is wrong with its citation and its label.

    A label is held against nothing inside a question, where few would type one.
    """
    for resolution in resolutions:
        passages = corpus.passages_of(resolution.symbol)
        printed = [citation_of(corpus, passage) for passage in passages]
        shared = Counter(printed)
        for passage, citation in zip(passages, printed, strict=True):
            forms = [f"What does {citation} say?"]
            if typed_as is TypedAs.ALONE:
                forms = [citation, f"{resolution.symbol} {passage.label}"]
            faults = [fault for typed in forms for fault in _faults(corpus, passage, typed)]
            if shared[citation] > 1:
                faults.append(WrongOpening(typed=citation, fault="shared", opened=""))
            yield passage, tuple(faults)


def _faults(corpus: Corpus, passage: Passage, typed: str) -> Iterator[WrongOpening]:
    """Yield what is wrong with the reading of one printed citation."""
    question = _read(corpus, passage, typed)
    if question.symbols != (passage.symbol,):
        yield WrongOpening(typed=typed, fault="symbol", opened="; ".join(question.symbols))
        return
    opened = look_up(corpus, question).passages
    is_printed = bool(opened) and bool(question.after_symbol)
    if question.unread and not is_printed:
        yield WrongOpening(typed=typed, fault="unread", opened=question.unread)
        return
    labels = " ".join(part.label for part in opened[:4])
    if not opened:
        yield WrongOpening(typed=typed, fault="nothing", opened="")
    elif opened[0] != passage:
        yield WrongOpening(typed=typed, fault="another", opened=labels)
    elif not all(part.label.startswith(f"{passage.label}(") for part in opened[1:]):
        yield WrongOpening(typed=typed, fault="more", opened=labels)


def _read(corpus: Corpus, passage: Passage, typed: str) -> Question:
    """Return a citation as it is read: as a whole question, or by the parts that read citations."""
    is_whole = passage.row % WHOLE_EVERY == 0
    symbols = find_symbols(typed, with_unresolved=True)
    read = read_places(typed, symbols)
    parts = Question(
        text=typed,
        symbols=tuple(dict.fromkeys(match.symbol for match in symbols)),
        places=read.places,
        unread=read.unread,
        printed_place=printed_place(typed, symbols),
        first_symbol=Span(start=symbols[0].start, end=symbols[0].end) if symbols else None,
    )
    if not is_whole:
        return parts
    whole = read_question(typed, corpus.resolutions)
    if (whole.symbols, whole.places, whole.unread) != (parts.symbols, parts.places, parts.unread):
        return Question(text=typed, unread="differs from the whole question")
    return parts


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the citations of an index and print what does not open its passage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--every", type=int, default=1, help="read one resolution in N")
    parser.add_argument("--show", type=int, default=20, help="wrong ones to print")
    parser.add_argument("--inside-a-question", action="store_true")
    options = parser.parse_args(arguments)
    typed_as = TypedAs.INSIDE_A_QUESTION if options.inside_a_question else TypedAs.ALONE
    corpus = Corpus.open(options.index)
    started = time.process_time()
    count, wrong = 0, list[WrongOpening]()
    for _, faults in openings(corpus, corpus.resolutions[:: options.every], typed_as):
        count += 1
        wrong += faults
    spent = time.process_time() - started
    for each in wrong[: options.show]:
        print(f"{each.fault}: {each.typed} → {each.opened}")
    forms = count if options.inside_a_question else 2 * count
    print(f"\n{count:,} passages, {forms:,} citations; {spent:.0f} s of processor time")
    right = 1 - len({each.typed for each in wrong}) / max(1, forms)
    print(f"opened exactly: {right:.4%}; {dict(Counter(each.fault for each in wrong))}")


if __name__ == "__main__":
    main()
