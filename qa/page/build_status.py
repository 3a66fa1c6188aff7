"""A build as HTML: the preview of files, the progress of a build, its result."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from qa.indexing.background import Ended, Step
from qa.indexing.uploads import MAX_PREVIEWED_FILES, PreviewedText, UploadPreview
from qa.page.page_templates import PAGE_TEMPLATES
from qa.resolutions.languages import LANGUAGES
from qa.resolutions.periods import date_in_words
from qa.resolutions.readers.files import ON_PURPOSE, Problem

SHOWN_PROBLEMS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemSummary:
    """Files that gave nothing."""

    unreadable: tuple[Problem, ...]  # the first ones
    more: int  # unreadable files beyond these
    left_out: tuple[tuple[str, int], ...]  # kind and count of files left out on purpose


def preview_html(preview: UploadPreview) -> Markup:
    """Return a table of the resolutions read, and the problems."""
    count = len(preview.seen)
    message = f"{count} resolution{'' if count == 1 else 's'} read"
    if not preview.is_whole:
        message += f" from the first {MAX_PREVIEWED_FILES} files; there are more"
    return PAGE_TEMPLATES.render(
        "preview.html",
        message=message,
        rows=[_row(text) for text in preview.seen],
        summary=_summary(preview.problems),
    )


def step_html(step: Step) -> Markup:
    """Return the progress of a build as a bar that is read out."""
    share = f"{step.done:,} of {step.of:,}" if step.of else f"{step.done:,}" if step.done else ""
    return PAGE_TEMPLATES.render(
        "build_step.html", stage=step.stage, share=share, total=step.of, done=step.done
    )


def ended_html(ended: Ended) -> Markup:
    """Return the result of a build."""
    return PAGE_TEMPLATES.render(
        "build_ended.html",
        is_unchanged=ended.unchanged,
        resolutions=ended.resolutions,
        summary=_summary(ended.problems),
    )


def _row(text: PreviewedText) -> tuple[str, ...]:
    language = f" ({LANGUAGES.get(text.language, text.language)})" if text.language != "en" else ""
    return (
        text.file,
        text.symbol,
        text.title + language,
        date_in_words(text.adopted) if text.adopted else "",
        f"{text.operative} operative, {text.preambular} preambular, {text.notes} notes",
    )


def _summary(problems: Iterable[Problem]) -> ProblemSummary:
    problems = tuple(problems)
    unreadable = tuple(problem for problem in problems if problem.kind not in ON_PURPOSE)
    kinds = Counter(problem.kind for problem in problems if problem.kind in ON_PURPOSE)
    return ProblemSummary(
        unreadable=unreadable[:SHOWN_PROBLEMS],
        more=max(len(unreadable) - SHOWN_PROBLEMS, 0),
        left_out=tuple(kinds.items()),
    )
