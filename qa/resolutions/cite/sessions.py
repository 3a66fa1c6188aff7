"""Which numbers and sessions belong to which years: where organs number alike, the year decides."""

from collections.abc import Mapping
from functools import cache

from qa.resolutions.cite.numbers import roman
from qa.resolutions.tables.read_tables import rows

LAST_ROMAN = 30  # sessions of the General Assembly had Roman numerals to 1975, the thirtieth
FIRST_SLASH = 31  # and its resolutions are numbered "31/1" since the thirty-first
LAST_OLD_ECOSOC = 63  # ECOSOC kept Roman numerals to 1977
_FOUNDED = 1945  # the first session of the Assembly opened a few days after that year
_COUNCIL_FOUNDED = 2006  # the Human Rights Council: three sessions a year since


def fits_session(session: int, year: int) -> bool:
    """Return whether a General Assembly resolution of `session` can be of `year`.

    Source: a session opens in September of 1945 + its number and ends a year later; measured on
    16,047 official links, all exceptions being errors of the links.
    """
    return year - (_FOUNDED + session) in (0, 1)


def fits_council_session(session: int, year: int) -> bool:
    """Return whether a Human Rights Council resolution of `session` can be of `year`.

    Source: three sessions a year since June 2006, the first three in that year; a text adopted
    at a resumed session may be a year late.
    """
    return year - (_COUNCIL_FOUNDED + (session - 1) // 3) in (0, 1)


def fits_series(session: int, number: int) -> bool:
    """Return whether the Assembly's resolution `number` can be of a session with a Roman numeral.

    Source: one series of numbers to 1975, so that no session reaches into the next.
    """
    lowest, highest = _series()
    return highest.get(session - 1, 0) < number < lowest.get(session + 1, 1 << 30)


def assembly_session(number: int) -> str:
    """Return the session, "XXIX" or "S-VI", of a resolution of the series to 1975; "" if unknown.

    Source: the series is one, so that a number between those of two sessions has one session only
    where the table leaves no gap; numbers in a gap belong to a special session or to none.
    """
    special = next((row["session"] for row in rows("special_numbers") if _holds(row, number)), "")
    if special:
        return special
    return next(
        (roman(int(row["session"])) for row in rows("assembly_numbers") if _holds(row, number)), ""
    )


def _holds(row: Mapping[str, str], number: int) -> bool:
    return int(row["lowest"]) <= number <= int(row["highest"])


def fits_old_ecosoc(session: int, year: int) -> bool:
    """Return whether an ECOSOC resolution of a session with a Roman numeral can be of `year`.

    Source: two sessions a year, the twenty-eighth in 1959, the forty-eighth and the sixtieth in
    1970 and 1976; a year's slack, as some sessions were resumed.
    """
    return session <= LAST_OLD_ECOSOC and year - (_FOUNDED + (session + 1) // 2) in (0, 1, 2)


def fits_special_session(body: str, session: int, year: int) -> bool:
    """Return whether `body` ("A" or "HRC") held its special session of this number in `year`."""
    first, last = _special().get((body, session), (0, -1))
    return first <= year <= last


def security_council_year(number: int) -> int | None:
    """Return the year of a Security Council resolution, looked up; None where it is not known."""
    return _security_council().get(number)


def is_security_council(number: int, year: int) -> bool:
    """Return whether "`number` (`year`)" can be a Security Council resolution."""
    years = _security_council()
    if number in years:
        return years[number] == year
    return number > max(years) and year >= max(years.values())


@cache
def _security_council() -> dict[int, int]:
    return {
        number: int(row["year"])
        for row in rows("security_council")
        for number in range(int(row["first"]), int(row["last"]) + 1)
    }


@cache
def _series() -> tuple[dict[int, int], dict[int, int]]:
    table = rows("assembly_numbers")
    lowest = {int(row["session"]): int(row["lowest"]) for row in table}
    return lowest, {int(row["session"]): int(row["highest"]) for row in table}


@cache
def _special() -> dict[tuple[str, int], tuple[int, int]]:
    return {
        (row["body"], int(row["session"])): (int(row["first"]), int(row["last"]))
        for row in rows("special_sessions")
    }
