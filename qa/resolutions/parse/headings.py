"""Detection of headings: lines without a final stop that do not open a paragraph."""

from qa.resolutions.parse.lead_verbs import Opening, opening_of
from qa.resolutions.parse.line_patterns import ends_a_paragraph

HEADING_WORDS = 30  # a longer line without a full stop is a paragraph that lost it
_PARTICIPLE_WORDS = 12


def is_title(text: str) -> bool:
    """Return whether a line without a number is a heading; "Financing" looks like a participle."""
    text = text.strip()
    if not text or text[0].islower() or ends_a_paragraph(text):
        return False
    words = len(text.split())
    opening = opening_of(text)
    if opening is Opening.PREAMBULAR:
        return words <= _PARTICIPLE_WORDS
    return opening is Opening.NEITHER and words <= HEADING_WORDS
