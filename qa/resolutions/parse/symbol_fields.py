"""What a canonical symbol says: the body, the session, the number and the part."""

import re

from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.model import Body, Status
from qa.resolutions.tables.symbol_series import TextKind, read_series_symbol, values_of


def session_of(symbol: str) -> str | None:
    """Return the session in a symbol: "61", "S-10", "XXX"; None where symbols carry none."""
    if body_of(symbol) is Body.OTHER:
        return values_of(symbol).get("session")
    match = re.search(r"(?:RES|DEC)/(?P<session>(?:E?S-)?\d+)/\d+", symbol) or re.search(
        r"RES/\d+\((?P<session>(?:E?S-)?[IVXLC]+)\)", symbol
    )
    return match["session"] if match and not symbol.startswith("E/RES/") else None


def body_of(symbol: str) -> Body:
    """Return the organ whose symbols open like `symbol`: of its resolutions, or of its papers."""
    for body in NAMED_BODIES:
        if symbol.startswith(body.series):
            return Body(body.letter)
    if symbol.startswith("A/HRC/"):
        return Body.HUMAN_RIGHTS_COUNCIL
    letter = symbol.split("/", maxsplit=1)[0]
    return Body(letter) if letter in ("A", "S", "E") else Body.OTHER


def number_of(symbol: str) -> str:
    """Return the number of a resolution without its part: "181" of "A/RES/61/181"."""
    if body_of(symbol) is Body.OTHER and (item := values_of(symbol).get("item")):
        return item
    tail = symbol.rsplit("RES/", maxsplit=1)[-1].split("[", maxsplit=1)[0]
    return tail.split("(")[0].split("/")[-1]


def part_of(symbol: str) -> str | None:
    """Return the letter of a part: "B" of "A/RES/67/234[B]"."""
    match = re.search(r"\[([A-Z](?:-[A-Z])?)\]$", symbol)
    return match[1] if match else None


def status_of(symbol: str) -> Status:
    """Return the status of a text that states none: DRAFT under the symbol of a draft."""
    reading = read_series_symbol(symbol)
    return Status.DRAFT if reading and reading.series.kind is TextKind.DRAFT else Status.ADOPTED
