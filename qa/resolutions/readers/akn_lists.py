"""Texts without a number that go on after the items of a list."""

from dataclasses import dataclass

from qa.resolutions.document import Role
from qa.resolutions.parse.headings import is_title
from qa.resolutions.readers.akn_inline import InlineText
from qa.resolutions.readers.akn_numbering import StatementPart, Unit

_STOPS = (".", "\u3002")


@dataclass(slots=True)
class OpenList:
    """Whether the list before a text is still open."""

    is_introduced: bool = False  # an item that ends with a colon introduces the last text

    def goes_on(self, unit: Unit, role: Role | None, before: InlineText) -> bool:
        """Return whether words go on after an item that introduces them, a list or a table.

        Where letters have case, words that close a list begin with a small one, and are known by
        it.

        Args:
            unit: a text without a number.
            role: of the text before it.
            before: the words of that text.
        """
        end = before.unmarked[-1:]
        if role is Role.REST:
            return self.is_introduced and end == ";"
        text = unit.words.text
        is_own = unit.part is StatementPart.BODY and not is_title(text)
        self.is_introduced = is_own and role is Role.ITEM and end == ":"
        first = next((letter for letter in text if letter.isalpha()), "a")
        is_open = role is Role.TABLE or (role is Role.ITEM and end not in _STOPS)
        return self.is_introduced or (is_open and first.lower() == first.upper())
