"""The context of a text whose citations are read."""

from collections.abc import Callable
from dataclasses import dataclass

from qa.resolutions.model import Cited, Kind

# The number of paragraphs of a kind in a document; None if it is not loaded.
Count = Callable[[str, Kind], int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The place of a text; the default is a text typed by a person, outside any document.

    A text with a `symbol` is printed: numbers are read as documents print them. Typed text may also
    contain "res 61-181", and names such as UDHR.
    """

    organ: str = "A"  # letter of the adopting body, the value of its `Body`
    symbol: str | None = None  # of the resolution that contains the text
    label: str = ""  # of the paragraph, "OP4", "sect. III OP2", "annex I para. 8": where "above" is
    previous: tuple[Cited, ...] = ()  # earlier citations, for "that resolution" and "Ibid."
    count: Count | None = None  # number of paragraphs of loaded documents, for "the last"
