"""Attribution: which organ owns a number, by its shape, the named organ, and the year.

Source: the domain guide's rules 1 to 3 and 8: a number of an unknown owner stays unresolved.
"""

from qa.resolutions.cite.citing_context import Context
from qa.resolutions.cite.mentions import Mention
from qa.resolutions.cite.organs import COUNCIL, Owner, nearest_owner, owner_of
from qa.resolutions.cite.sessions import (
    FIRST_SLASH,
    LAST_ROMAN,
    fits_council_session,
    fits_old_ecosoc,
    fits_series,
    fits_session,
    fits_special_session,
    is_security_council,
)
from qa.resolutions.cite.symbol_tokens import Shape, with_parts

_ITS_REACH = 160  # characters before "its" within which its organ is looked for
UNKNOWN = Owner("", "", "")
_KNOWN_ORGANS = ("A", "S", "E", "HRC")


def symbols_of(mention: Mention, text: str, context: Context) -> tuple[tuple[str, ...], bool]:
    """Return the canonical symbols of a mention, one for each part, and whether they are resolved.

    Empty if the mention is not a citation; a description such as "CCPCJ resolution 27/2" if the
    organ or the form of its symbols is unknown.
    """
    token = mention.token
    if token.shape is Shape.FULL:
        return token.symbols, True
    if token.shape is Shape.YEAR_AFTER:
        if is_security_council(int(token.item), token.year):
            return (f"S/RES/{token.number}",), True
        if mention.owner is None or mention.owner.organ:  # a slip of print, "2140 (2015)"
            return ((f"S/RES/{token.number}",), False) if mention.noun else ((), True)
        owner: Owner | None = mention.owner
    else:
        owner = _OWNERS[token.shape](mention, text, context)
    if owner is None:
        return (), True
    if not owner.series:
        return ((_described(mention, owner, text),), False) if mention.noun else ((), True)
    symbol = owner.series.format(number=token.number, session=token.session, item=token.item)
    if mention.noun == "decision":
        symbol = symbol.replace("RES", "DEC", 1)
    return with_parts(symbol, token.parts), True


def _described(mention: Mention, owner: Owner, text: str) -> str:
    printed = text[mention.start : mention.end]
    return " ".join(filter(None, (owner.name, mention.noun, printed)))


def _slash(mention: Mention, text: str, context: Context) -> Owner | None:
    """Decide "61/181": the General Assembly's, the Human Rights Council's, or another's."""
    session, year, owner = mention.token.session, mention.year, mention.owner
    if owner is not None and owner is not COUNCIL and owner.organ not in ("S", "E"):
        return owner
    if year:
        return _by_year(mention, text, context)
    if owner is COUNCIL:
        return owner_of("HRC") if _names_rights_council(text, context) else COUNCIL
    if not mention.noun and session < FIRST_SLASH:
        return None  # "24/7": a number of the Assembly has the session first, at least 31
    if mention.is_its and (antecedent := _antecedent(mention, text)):
        if antecedent is COUNCIL:
            return owner_of("HRC")
        if antecedent.organ not in ("S", "E"):
            return antecedent
    return _slash_without_owner(session, text, context)


def _slash_without_owner(session: int, text: str, context: Context) -> Owner:
    """Decide an undated number without a named owner by the organ of the citing text."""
    if context.organ == "HRC":
        return owner_of("HRC")
    if context.organ not in _KNOWN_ORGANS:
        return UNKNOWN  # of another body, which numbers likewise
    if session < FIRST_SLASH:
        return owner_of("HRC") if _names_rights_council(text, context) else UNKNOWN
    return owner_of("A")


def _by_year(mention: Mention, text: str, context: Context) -> Owner:
    """Decide a dated number: the Assembly and the Human Rights Council share no session's year."""
    session, year = mention.token.session, mention.year
    if fits_session(session, year) and mention.owner is not COUNCIL:
        return owner_of("A")
    owner = (_antecedent(mention, text) if mention.is_its else mention.owner) or UNKNOWN
    may_be_council = owner is COUNCIL or _names_rights_council(text, context)
    if may_be_council and fits_council_session(session, year):
        return owner_of("HRC")
    return UNKNOWN if owner.organ else owner


def _names_rights_council(text: str, context: Context) -> bool:
    return context.organ == "HRC" or "Human Rights Council" in text


def _antecedent(mention: Mention, text: str) -> Owner | None:
    """Return the organ that "its" refers to; None if no organ is named right before it."""
    low = max(0, mention.its_at - _ITS_REACH)
    nearest = nearest_owner(text, low, mention.its_at)
    return nearest[0] if nearest and nearest[1] else None


def _year_first(mention: Mention, text: str, context: Context) -> Owner | None:
    """Decide "2006/19": the Economic and Social Council's unless another body is named."""
    owner = mention.owner
    if owner is None and mention.is_its:
        owner = _antecedent(mention, text)
    if owner is not None and owner is not COUNCIL and not owner.organ:
        return owner
    if not mention.noun and context.symbol is not None:
        return None  # a season, "2019/20"
    return owner_of("E")


def _roman(mention: Mention, text: str, context: Context) -> Owner | None:
    """Decide "217 A (III)": the Assembly's to the thirtieth session, or another's."""
    session, year, owner = mention.token.session, mention.year, mention.owner
    if owner is None and mention.is_its:
        owner = _antecedent(mention, text)
    if "S-" in mention.token.number:
        return owner_of("A")
    if owner is COUNCIL or (owner is None and context.organ == "E" and mention.noun):
        fits = not year or fits_old_ecosoc(session, year)
        return owner_of("E") if fits else UNKNOWN
    if owner is not None and owner.organ in ("", "A", "E"):
        return owner
    if session == 0 or not (mention.noun or context.symbol is None):
        return None
    if session <= LAST_ROMAN:
        fits = fits_session(session, year) if year else True
        is_assembly = fits and fits_series(session, int(mention.token.item))
        return owner_of("A") if is_assembly else UNKNOWN
    fits = fits_old_ecosoc(session, year) if year else "L" in mention.token.number
    return owner_of("E") if fits else UNKNOWN


def _special(mention: Mention, text: str, context: Context) -> Owner | None:
    """Decide "S-25/1": a special session of the Assembly or of the Human Rights Council."""
    council, assembly = owner_of("HRC"), owner_of("A")
    if mention.token.number.startswith("E"):
        return assembly
    owner = mention.owner
    if owner is not None and owner.organ in ("A", "HRC"):
        return owner
    session, year = mention.token.session, mention.year
    if year:
        fits = [body for body in ("A", "HRC") if fits_special_session(body, session, year)]
        body = context.organ if context.organ in fits else (fits or [""])[0]
        return owner_of(body) if body else UNKNOWN
    if (
        mention.is_its
        and (antecedent := _antecedent(mention, text))
        and antecedent.organ in ("", "HRC")
    ):
        return council if antecedent is COUNCIL else antecedent
    if owner is COUNCIL or context.organ == "HRC":
        return council
    return assembly


_OWNERS = {
    Shape.SLASH: _slash,
    Shape.YEAR_FIRST: _year_first,
    Shape.ROMAN: _roman,
    Shape.SPECIAL: _special,
}
