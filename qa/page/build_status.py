"""A build as HTML: what lies in files, how far the build is, how it ended."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from qa.indexing.background import Ended, Step
from qa.indexing.uploads import MAX_PREVIEWED_FILES, PreviewedText, UploadPreview
from qa.resolutions.periods import date_in_words
from qa.resolutions.readers.files import ON_PURPOSE, Problem
from qa.settings import LANGUAGES

SHOWN_PROBLEMS = 20


def look_html(look: UploadPreview) -> str:
    """Return what was read, a row a resolution, and what was wrong."""
    count = len(look.seen)
    told = f"{count} resolution{'' if count == 1 else 's'} read"
    if not look.is_whole:
        told += f" from the first {MAX_PREVIEWED_FILES} files; there are more"
    table = ""
    if look.seen:
        heads = ("File", "Symbol", "Title", "Adopted", "Paragraphs")
        row = "".join(f'<th scope="col">{one}</th>' for one in heads)
        table = (
            f'<div class="op-scroll" tabindex="0" role="region" aria-label="{told}"><table><thead>'
            f"<tr>{row}</tr></thead><tbody>"
            f"{''.join(map(_row, look.seen))}</tbody></table></div>"
        )
    return f'<div role="status"><p>{told}.</p>{table}{_problems(look.problems)}</div>'


def step_html(step: Step) -> str:
    """Return how far a build is, as a bar that is read out."""
    share = f"{step.done:,} of {step.of:,}" if step.of else f"{step.done:,}" if step.done else ""
    bounds = f' max="{step.of}" value="{step.done}"' if step.of else ""
    return (
        f'<div role="status"><label>{escape(step.stage)} {share}'
        f"<progress{bounds}></progress></label></div>"
    )


def ended_html(ended: Ended) -> str:
    """Return how a build ended."""
    told = (
        "Nothing has changed: the index holds all of this already."
        if ended.unchanged
        else f"Built: {ended.resolutions:,} resolutions are loaded, and answers come from them now."
    )
    return f'<div role="status"><p>{told}</p>{_problems(ended.problems)}</div>'


def _row(one: PreviewedText) -> str:
    language = f" ({LANGUAGES.get(one.language, one.language)})" if one.language != "en" else ""
    cells = (
        one.file,
        one.symbol,
        one.title + language,
        date_in_words(one.adopted) if one.adopted else "",
        f"{one.operative} operative, {one.preambular} preambular, {one.notes} notes",
    )
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _problems(problems: Iterable[Problem]) -> str:
    """What could not be read, with its reason; what was left out on purpose is counted."""
    problems = tuple(problems)
    wrong = [one for one in problems if one.kind not in ON_PURPOSE]
    items = "".join(
        f"<li>{escape(one.file)}: {escape(one.reason)}</li>" for one in wrong[:SHOWN_PROBLEMS]
    )
    more = len(wrong) - SHOWN_PROBLEMS
    items += f"<li>and {more:,} more</li>" if more > 0 else ""
    kinds = Counter(one.kind for one in problems if one.kind in ON_PURPOSE)
    items += "".join(f"<li>{kind}: {count:,} left out</li>" for kind, count in kinds.items())
    return f'<ul class="op-problems">{items}</ul>' if items else ""
