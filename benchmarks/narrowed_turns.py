"""Conversations that are narrowed, over topics drawn at random: does every quotation keep to it?

    python -m benchmarks.narrowed_turns INDEX [--count 100] [--seed 1]

Each conversation asks for the subject of a resolution, restricts the answers ("only 2024", "only
the Security Council", "not the Assembly"), and goes on. While the restriction holds, every
quotation, the nearest ones of a refusal and each copy that is named must be within it. A turn that
is answered as a new topic drops the restriction; those are counted, too.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from qa.answer import Answer
from qa.answering.restricting import is_allowed
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.question.restriction import NO_RESTRICTION, Restriction

NARROWING = (
    "only {year}",
    "just the ones from {year}",
    "only since {year}",
    "only before {year}",
    "only the Security Council",
    "only the General Assembly",
    "not the Assembly",
    "only preambular paragraphs",
    "only operative paragraphs",
    "{year} only please",
    "only the General Assembly in {year}",
)
GOING_ON = (
    "more",
    "and about women?",
    "what about funding",
    "the second one",
    "who must report?",
    "by when?",
    "anything on children",
    "the newest one",
    "an earlier one?",
    "thanks",
    "by the way, what about training?",
    "and which reports are asked for",
)


def outside(answer: Answer, restriction: Restriction, corpus: Corpus) -> Iterator[str]:
    """Yield the places that an answer shows and a restriction excludes."""
    nearest = answer.refusal.nearest if answer.refusal else ()
    for quote in (*answer.quotes, *nearest):
        copies = ((copy.symbol, None) for copy in quote.same_wording)
        for symbol, kind in ((quote.symbol, quote.kind), *copies):
            masthead = corpus.masthead(symbol)
            if masthead is None or not is_allowed(restriction, masthead, kind):
                yield f"{symbol} {quote.label}"


def conversations(corpus: Corpus, count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield the turns of conversations over the subjects of resolutions drawn at random."""
    draw = random.Random(seed)
    titled = [masthead for masthead in corpus.resolutions if masthead.title and masthead.adopted]
    for masthead in draw.sample(titled, count):
        subject = " ".join(masthead.title.split()[:6])
        year = masthead.adopted.year if masthead.adopted else 2020
        narrowing = draw.choice(NARROWING).format(year=draw.choice((year, year - 1, 2024)))
        yield (subject, narrowing, *draw.sample(GOING_ON, 3))


def main() -> None:
    """Print how many answers there were within a restriction, and every place outside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    assistant = Assistant.open(options.index)
    assistant.limit_s = None
    seen: Counter[str] = Counter()
    for turns in conversations(assistant.corpus, options.count, options.seed):
        answer: Answer | None = None
        for number, turn in enumerate(turns):
            answer = assistant.ask(turn, previous=answer, top=10)
            restriction = answer.conversation.restriction
            if number and restriction == NO_RESTRICTION:
                seen["turns that dropped it"] += 1
            elif number:
                wrong = list(outside(answer, restriction, assistant.corpus))
                seen.update({"answers within": 1, "quotations": len(answer.quotes)})
                seen["outside"] += len(wrong)
                for place in wrong:
                    print(f"outside: {place}: {' / '.join(turns[: number + 1])}")
    print(", ".join(f"{name} {value}" for name, value in sorted(seen.items())))


if __name__ == "__main__":
    main()
