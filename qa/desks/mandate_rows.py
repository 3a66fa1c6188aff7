"""Mandates: a row for each action of a text, with who, what, for whom and by when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from qa.desks.mandate_cell import MandateCell, cell_at
from qa.desks.mandate_dues import normalised_due
from qa.desks.mandate_names import ActorNames
from qa.desks.mandate_reading import ActingVerb, MandateCells, read_cells
from qa.desks.mandate_verbs import (
    actions_of,
    asks,
    duty_of,
    preambular_phrase,
    speaks_as_we,
    verb_name,
)
from qa.resolutions.model import Action, Kind, Masthead, Paragraph

_ACTING = frozenset({Kind.OPERATIVE, Kind.ANNEX})


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageEditions:
    """In how many texts of its series a paragraph recurs, and which of them replaces it."""

    count: int = 1
    superseded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRow:
    """One action of a text; cells that the text does not have are empty.

    `offsets` are where the words of each cell begin and end in the paragraph `label`; those of the
    verb and of the addressees in the paragraph `chapeau` where that is set.
    """

    symbol: str
    label: str
    adopted: str
    title: str
    verb: str
    grade: int
    is_ask: bool
    from_chapeau: bool
    chapeau: str
    addressee: tuple[str, ...]
    addressee_names: tuple[str, ...]
    asked: str
    deliverable: str
    recipient: str
    due: str
    due_kind: str
    due_value: str
    money: str
    editions: int
    superseded_by: str
    offsets: Mapping[str, tuple[tuple[int, int], ...]]


class DocumentMandates:
    """The rows of one document."""

    def __init__(
        self,
        masthead: Masthead,
        paragraphs: tuple[Paragraph, ...],
        names: ActorNames,
        editions: Mapping[str, PassageEditions],
    ) -> None:
        """Prepare the rows.

        Args:
            masthead: of the document.
            paragraphs: all of them, in order.
            names: of actors, in the collection.
            editions: of its paragraphs by their labels; one that is not there is alone.
        """
        self._masthead = masthead
        self._paragraphs = paragraphs
        self._names = names
        self._editions = editions
        self._by_label = {paragraph.label: paragraph for paragraph in paragraphs}

    @cached_property
    def _actions(self) -> Mapping[str, tuple[Action, ...]]:
        body, is_declaration = self._masthead.body, speaks_as_we(self._paragraphs)
        return {
            paragraph.label: actions_of(paragraph, body, is_declaration=is_declaration)
            for paragraph in self._paragraphs
            if paragraph.kind in _ACTING
        }

    def rows(
        self, *, with_preamble: bool = False, verbs: frozenset[str] = frozenset()
    ) -> Iterator[MandateRow]:
        """Yield a row for each action.

        Args:
            with_preamble: with the phrases that open the preamble.
            verbs: leave out paragraphs that have none of these; empty for all.
        """
        chapeau = None  # the last paragraph that ends with a colon, until another has a verb
        for paragraph in self._paragraphs:
            if paragraph.kind is Kind.PREAMBULAR and with_preamble:
                phrase = preambular_phrase(paragraph.text)
                if phrase:
                    acting = ActingVerb(paragraph, paragraph, phrase, len(paragraph.text))
                    yield self._row(
                        acting, MandateCells(cell_at(paragraph.text, acting.verb_end, acting.end))
                    )
            if paragraph.kind not in _ACTING:
                continue
            acting_verbs = self._verbs(paragraph, chapeau)
            if not verbs or any(verb_name(each.action) in verbs for each in acting_verbs):
                yield from self._rows_of(acting_verbs)
            if self._actions[paragraph.label] and paragraph.parent is None:
                chapeau = paragraph if paragraph.text.rstrip().endswith(":") else None

    def _rows_of(self, verbs: list[ActingVerb]) -> Iterator[MandateRow]:
        previous: tuple[MandateCell, ...] = ()
        for acting in verbs:
            cells = read_cells(acting, self._masthead.body, previous)
            previous = cells.addressees or previous
            yield self._row(acting, cells)

    def _verbs(self, paragraph: Paragraph, chapeau: Paragraph | None) -> list[ActingVerb]:
        """Return the verbs that act in a paragraph: its own, or that of its chapeau."""
        actions = self._actions[paragraph.label]
        if actions:
            ends = [*(action.start for action in actions[1:]), len(paragraph.text)]
            return [
                ActingVerb(paragraph, paragraph, action, end)
                for action, end in zip(actions, ends, strict=True)
            ]
        source = self._source(paragraph, chapeau)
        if source is not None:
            last = self._actions[source.label][-1]
            return [ActingVerb(paragraph, source, last, len(source.text))]
        for acting in (paragraph, self._by_label.get(paragraph.parent or "")):
            duty = duty_of(acting) if acting else None
            if acting and duty:
                return [ActingVerb(paragraph, acting, duty, len(acting.text))]
        return []

    def _source(self, paragraph: Paragraph, chapeau: Paragraph | None) -> Paragraph | None:
        """Return the nearest paragraph above an item that has a verb, or the open chapeau."""
        top, above = paragraph, self._by_label.get(paragraph.parent or "")
        while above is not None and not self._actions.get(above.label):
            top, above = above, self._by_label.get(above.parent or "")
        if above is not None or chapeau is None or top.kind is not chapeau.kind:
            return above
        return chapeau if top.printed is None or chapeau.printed is None else None

    def _row(self, acting: ActingVerb, cells: MandateCells) -> MandateRow:
        paragraph, action, masthead = acting.paragraph, acting.action, self._masthead
        asked = cells.asked
        spans: dict[str, tuple[tuple[int, int], ...]] = {
            name: ((cell.start, cell.end),) for name, cell in cells.cells.items()
        }
        if cells.addressees:
            spans["addressee"] = tuple((cell.start, cell.end) for cell in cells.addressees)
        edition = self._editions.get(paragraph.label, PassageEditions())
        due = normalised_due(cells.text("due"))
        return MandateRow(
            symbol=masthead.symbol,
            label=paragraph.label,
            adopted=masthead.adopted.isoformat() if masthead.adopted else "",
            title=masthead.title,
            verb=verb_name(action),
            grade=action.grade,
            is_ask=asks(action) and paragraph.kind in _ACTING,
            from_chapeau=not acting.is_own,
            chapeau="" if acting.is_own else acting.source.label,
            addressee=tuple(cell.text for cell in cells.addressees),
            addressee_names=self._named(acting, cells),
            asked=asked.text,
            deliverable=cells.deliverable,
            recipient=cells.text("recipient"),
            due=cells.text("due"),
            due_kind=due.kind,
            due_value=due.value,
            money=cells.text("money"),
            editions=edition.count,
            superseded_by=edition.superseded_by,
            offsets={
                "verb": ((action.start, acting.verb_end),),
                "asked": ((asked.start, asked.end),),
                **spans,
            },
        )

    def _named(self, acting: ActingVerb, cells: MandateCells) -> tuple[str, ...]:
        text = acting.source.text
        return tuple(
            self._names.in_text(cell.text, text[: cell.start]) for cell in cells.addressees
        )
