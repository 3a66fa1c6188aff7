"""One quotation as an HTML card."""

from dataclasses import dataclass
from pathlib import PurePath

from markupsafe import Markup

from qa.answer import Quote
from qa.render.marked_text import IsLoaded, TextRun, nothing_loaded, text_runs
from qa.render.plain_text import (
    GRADES,
    OWN_TEXT,
    citation_line,
    conflict_line,
    kin_text,
    kind_label,
    more_items_line,
    more_kin_line,
    origin_label,
    provenance_line,
    quote_text,
    same_wording_text,
    series_line,
    status_label,
)
from qa.render.references import FORMS
from qa.render.templating import RENDER_TEMPLATES
from qa.render.token_count import count
from qa.resolutions.cite.citation_format import link
from qa.resolutions.model import Action, Kind

SHOWN_SUBJECTS = 4
_WITH_HISTORY = frozenset({Kind.OPERATIVE, Kind.PREAMBULAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """A verb of a paragraph, then its grade, its addressee and its deadline in words."""

    verb: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """A paragraph with the same wording, or one that differs in figures only."""

    url: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """What the template of a card reads."""

    quote: Quote
    text: tuple[TextRun, ...]
    number: int | None  # printed in the margin, outside the quotation
    kind_label: str | None
    status_label: str | None  # "Not adopted"
    subjects: str
    actions: tuple[ActionLine, ...]
    citation_line: str
    copied: str  # what the copy button puts on the clipboard
    tokens: int
    references: tuple[tuple[str, str], ...]  # form and text, ("OSCOLA", "UNGA Res …")
    copies: tuple[CopyLink, ...]
    copied_since: int | None  # first year of the copies
    kin: tuple[CopyLink, ...]
    own_text: str  # what a text that a reader added is called
    origin: str  # whether the file is a published one
    provenance: str  # where the file came from, and when
    conflict: str  # which files have other words under the symbol
    more_items: str  # a sentence that counts the sub-paragraphs which are not listed
    more_kin: str  # a sentence that counts those which are not listed
    file_name: str
    series_line: str
    has_history: bool
    is_nearest: bool


def card_view(
    quote: Quote, *, is_nearest: bool = False, is_loaded: IsLoaded = nothing_loaded
) -> CardView:
    """Return the view of a quotation.

    Args:
        quote: what is shown.
        is_nearest: whether it is near to an answer, but none.
        is_loaded: whether a cited document can be opened here.
    """
    has_number = quote.kind is Kind.OPERATIVE and not quote.chapeau
    years = [same.adopted.year for same in quote.same_wording if same.adopted]
    return CardView(
        quote=quote,
        text=text_runs(quote.text, quote.highlight, quote.citations, is_loaded),
        number=quote.number if has_number else None,
        kind_label=kind_label(quote.kind),
        status_label=status_label(quote),
        subjects="; ".join(quote.subjects[:SHOWN_SUBJECTS]),
        actions=tuple(_action_line(action) for action in quote.actions),
        citation_line=citation_line(quote),
        copied=quote_text(quote),
        tokens=count(quote_text(quote)),
        references=tuple((form, write(quote)) for form, write in FORMS.items()),
        copies=tuple(
            CopyLink(url=link(same.symbol), words=same_wording_text(same))
            for same in quote.same_wording
        ),
        copied_since=min(years, default=None),
        kin=tuple(CopyLink(url=link(kin.symbol), words=kin_text(kin)) for kin in quote.kin),
        own_text=OWN_TEXT,
        origin=origin_label(quote),
        provenance=provenance_line(quote),
        conflict=conflict_line(quote),
        more_items=more_items_line(quote) if quote.more_items else "",
        more_kin=more_kin_line(quote) if quote.more_kin else "",
        file_name=PurePath(quote.source.file).name,
        series_line=series_line(quote),
        has_history=quote.kind in _WITH_HISTORY,
        is_nearest=is_nearest,
    )


def card_html(
    quote: Quote, *, is_nearest: bool = False, is_loaded: IsLoaded = nothing_loaded
) -> Markup:
    """Return a quotation as a card: citation, words, title, copies, copy button."""
    view = card_view(quote, is_nearest=is_nearest, is_loaded=is_loaded)
    return RENDER_TEMPLATES.render("quote_card.html", view=view)


def _action_line(action: Action) -> ActionLine:
    details = []
    if 0 <= action.grade < len(GRADES):
        details.append(f"grade {action.grade}, {GRADES[action.grade]}")
    if action.addressee:
        details.append(f"to: {action.addressee}")
    if action.due:
        details.append(f"due: {action.due}")
    return ActionLine(verb=action.verb, details=tuple(details))
