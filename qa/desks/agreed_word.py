"""A draft compared with agreed wording as a Word file: a comment for each paragraph."""

from collections.abc import Iterator

from qa.desks.agreed_record import STATUS_NAMES, match_lines, summary_lines
from qa.desks.agreed_wording import AgreedParagraph, AgreedStatus, DraftAgreement
from qa.render.commented_word import CommentedRun, commented_word_bytes

_TITLE = "Agreed wording"
_COMMENTED = 3  # wordings in a comment


def agreement_word(agreement: DraftAgreement) -> bytes:
    """Return a comparison as a .docx file."""
    paragraphs = [
        (CommentedRun(text=_text(paragraph), comment=number),)
        for number, paragraph in enumerate(agreement.paragraphs)
    ]
    comments = [tuple(_comment(paragraph)) for paragraph in agreement.paragraphs]
    return commented_word_bytes(_TITLE, tuple(summary_lines(agreement)), paragraphs, comments)


def _text(paragraph: AgreedParagraph) -> str:
    label = paragraph.draft.label
    return f"{label}\t{paragraph.draft.text}" if label else paragraph.draft.text


def _comment(paragraph: AgreedParagraph) -> Iterator[str]:
    name = STATUS_NAMES[paragraph.status]
    yield f"{name[0].upper()}{name[1:]}."
    if paragraph.note:
        yield paragraph.note
    is_composed = paragraph.status is AgreedStatus.COMPOSED
    for match in paragraph.matches[:_COMMENTED]:
        if match.span or not is_composed:
            yield from match_lines(match)
            yield f"Text: {match.text}"
