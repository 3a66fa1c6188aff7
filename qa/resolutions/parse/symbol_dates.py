"""Whether a text with a symbol can be of a day: the session or the year in the symbol says it."""

import re
from datetime import date

from qa.resolutions.cite.numbers import roman_number
from qa.resolutions.cite.sessions import (
    LAST_OLD_ECOSOC,
    fits_council_session,
    fits_old_ecosoc,
    fits_series,
    fits_session,
    is_security_council,
)
from qa.resolutions.periods import date_in_words

_COUNCIL = re.compile(r"S/RES/(?P<item>\d+)\((?P<year>\d{4})\)")
_STATEMENT = re.compile(r"S/PRST/(?P<year>\d{4})/")
_ECOSOC = re.compile(r"E/(?:CN\.4/)?(?:RES|DEC)/(?P<year>\d{4})/")
_OLD_ECOSOC = re.compile(r"E/RES/\d+\((?P<roman>[IVXLC]+)\)")
_ASSEMBLY = re.compile(r"A/(?:RES|DEC)/(?P<session>\d+)/")
_OLD_ASSEMBLY = re.compile(r"A/RES/(?P<item>\d+)\((?P<roman>[IVXLC]+)\)")
_RIGHTS_COUNCIL = re.compile(r"A/HRC/(?:RES|DEC|PRST)/(?P<session>\d+)/")
_HEALTH = re.compile(r"WHA(?P<session>\d+)[.(]")
_FIRST_YEAR = 1946
_OF_FIRST_YEAR = 3  # sessions of ECOSOC
_LAST_OF_HALF_YEARS = 13
_FIRST_HEALTH_ASSEMBLY = 1948


def fits_symbol(symbol: str, day: date | None) -> bool | None:
    """Tell whether a text of this symbol can be of this day.

    Returns:
        None where the symbol does not say; False without a day only for a symbol that cannot be,
        such as a number of the Security Council with the year of another.
    """
    year = day.year if day else None
    if match := _COUNCIL.match(symbol):
        if not is_security_council(int(match["item"]), int(match["year"])):
            return False
        return year == int(match["year"]) if year else None
    if (match := _OLD_ASSEMBLY.match(symbol)) and not fits_series(
        roman_number(match["roman"]), int(match["item"])
    ):
        return False
    if day and (match := _OLD_ECOSOC.match(symbol)):
        return _fits_old_ecosoc(roman_number(match["roman"]), day)
    return _fits_year(symbol, year) if year else None


def _fits_old_ecosoc(session: int, day: date) -> bool | None:
    """Tell whether ECOSOC's session of this number can have been held on this day.

    Source: three sessions in 1946; from the fourth, in 1947, to the thirteenth, in 1951, the even
    ones in the first half of a year and the odd ones in the second.
    """
    if session <= _OF_FIRST_YEAR:
        return day.year == _FIRST_YEAR
    if session <= _LAST_OF_HALF_YEARS:
        is_first_half = day.month <= 6
        return day.year == _FIRST_YEAR - 1 + session // 2 and is_first_half == (session % 2 == 0)
    return fits_old_ecosoc(session, day.year) if session <= LAST_OLD_ECOSOC else None


def _fits_year(symbol: str, year: int) -> bool | None:
    if match := _STATEMENT.match(symbol):
        return year == int(match["year"])
    if match := _ECOSOC.match(symbol):  # since 2014 a session begins in July of the year before
        return int(match["year"]) - year in (0, 1)
    if match := _ASSEMBLY.match(symbol):
        return fits_session(int(match["session"]), year)
    if match := _OLD_ASSEMBLY.match(symbol):
        return fits_session(roman_number(match["roman"]), year)
    if match := _RIGHTS_COUNCIL.match(symbol):
        return fits_council_session(int(match["session"]), year)
    if match := _HEALTH.match(symbol):
        return year == _FIRST_HEALTH_ASSEMBLY + int(match["session"]) - 1
    return None


def day_that_fits(
    symbol: str, stated: date | None, printed: date | None
) -> tuple[date | None, str]:
    """Return the day of adoption that a symbol allows, and a remark where it is not the stated one.

    Args:
        symbol: of the text.
        stated: the day that its format states.
        printed: the day in its words.
    """
    if stated is None or fits_symbol(symbol, stated) is not False:
        return stated, ""
    day = printed if printed and fits_symbol(symbol, printed) else None
    instead = f"{date_in_words(day)} is printed in it" if day else "the date is left out"
    return day, (
        f"its text is dated {date_in_words(stated)}, which the symbol {symbol} contradicts; "
        f"{instead}."
    )
