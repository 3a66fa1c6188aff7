"""Numbers in words: "sixth", "twenty-first", "the last but one"."""

from collections.abc import Mapping

CARDINALS = "no one two three four five six seven eight nine ten eleven twelve".split()
_UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = "twent thirt fort fift sixt sevent eight ninet".split()
_FROM_THE_END = {
    -1: ("last", "final", "concluding", "closing", "dernier", "dernière", "último", "ultimo"),
    -2: (
        *("penultimate", "last but one", "next to last"),
        *("second to last", "second-to-last", "second last"),
    ),
}
_FOREIGN = {
    1: ("premier", "première", "primer", "primero"),
    2: ("deuxième", "segundo"),
    3: ("troisième", "tercer", "tercero"),
    4: ("quatrième", "cuarto"),
    5: ("cinquième", "quinto"),
}


def ordinal(number: int) -> str:
    """Return an ordinal in words up to "ninety-ninth", and "100th" and so on above."""
    if 1 <= number < 20:
        return _UNITS[number - 1]
    if number >= 100 or number < 1:
        teens = 11 <= number % 100 <= 13
        suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{suffix}"
    tens, unit = divmod(number, 10)
    stem = _TENS[tens - 2]
    return f"{stem}y-{_UNITS[unit - 1]}" if unit else f"{stem}ieth"


def _ordinals() -> dict[str, int]:
    table = {ordinal(number): number for number in range(1, 100)}
    table |= {word.replace("-", " "): number for word, number in table.items()}
    for words in (_FROM_THE_END, _FOREIGN):
        table |= {word: number for number, each in words.items() for word in each}
    return table


# From 1; negative numbers count from the end.
ORDINALS: Mapping[str, int] = _ordinals()
