"""Where a text stands whose citations are read."""

from collections.abc import Callable
from dataclasses import dataclass

from qa.resolutions.model import Cited, Kind

# How many paragraphs of a kind a document has; None where it is not at hand.
Count = Callable[[str, Kind], int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of the place of a text; by default it was typed by a person and stands nowhere.

    A text with a `symbol` is one of print: numbers are read as documents print them, while a typed
    one may say "res 61-181", and names such as UDHR stand for what they name.
    """

    organ: str = "A"  # letter of the adopting body, the value of its `Body`
    symbol: str | None = None  # of the resolution in which the text stands
    label: str = ""  # of the paragraph, "OP4", "sect. III OP2", "annex I para. 8": where "above" is
    previous: tuple[Cited, ...] = ()  # read before it, for "that resolution" and "Ibid."
    count: Count | None = None  # of the paragraphs of documents at hand, for "the last"
