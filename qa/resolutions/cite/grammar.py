"""Patterns of symbols, numbers and dates, printed and typed; each is defined here only."""

import re

from qa.resolutions.periods import MONTH

# The date after a number; its year determines the session.
DATED = re.compile(rf",? of (?P<date>\d{{1,2}} {MONTH} (?P<year>\d{{4}}))(?!\d)")

_DIGITS = dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3, strict=True))
_PLAIN = {
    **_DIGITS,
    **dict.fromkeys("\u00a0\u2000\u2002\u2003\u2007\u2009\u202f\u3000\t\n\r", " "),
    **dict.fromkeys("\u2010\u2011\u2212", "-"),
}
_ODD = re.compile("[" + "".join(_PLAIN) + "]")
_TO_DIGITS = str.maketrans(_DIGITS)
_TO_PLAIN = str.maketrans(_PLAIN)

# Words that mark a number as that of a resolution, in several languages.
LEADS = (
    r"resolutions?|decisions?|res|résolutions?|resoluci[oó]n(?:es)?|резолюци\w*|القرار|决议|"
    r"entschließung|unga|ga|un"
)
ROMAN = r"(?:E?S-)?[IVXLC]+"
# "A", "A and B", "A to C", "A-B", "A, B and C", after Z "AA"; a letter that opens a word is none.
PARTS = (
    r"(?:AA|BB|[A-Z])(?![A-Za-z'’])"
    r"(?:(?:,\ [A-Z](?!\w))*\ (?:and|to)\ [A-Z](?![\w'’])|-[A-Z](?!\w))?"
)
_BRACKETED = (
    r"(?:[Pp]arts?|[Vv]ols?|[Ss]ects?|[Ii]ncome\ sects?|Introduction|Plan\ outline)\ ?\.?\ ?"
    r"[IVX]*[0-9]{0,2}[A-H]?(?:\ and\ [IVX0-9]+)?"
)
# A slash with a stray blank: "Add.1 /Corr.1", "S/PRST/ 2014/23".
_SLASH = r"(?:/|\ /(?=(?:Add|Corr|Rev)\.)|/\ (?=\d{4}/\d|(?:Add|Corr|Rev)\.))"

# Before a number; "1,234/5" is none, but a blank may be missing: "(2007),1813 (2008)", "70/1,71/2".
_FREE = r"(?<![A-Za-z0-9/.-])(?:(?<!\d,)|(?<=\b[12]\d\d\d,)|(?<=/\d,)|(?<=/\d\d,)|(?<=/\d\d\d,))"

_SHAPES = rf"""
      (?P<res>(?:(?<![A-Za-z])|(?=[A-Z]+[-_/]))(?:A[-_/ ]?HRC|A|S|E)[-_/ ]?(?i:RES)[-_/ ]
          (?P<rnum>(?:E?S-)?\d{{1,4}}(?:[-_/]\d{{1,4}}|\ ?\((?:\d{{4}}|{ROMAN})\))?)
          (?:\ ?\[(?P<rpartb>[A-Z](?:-[A-Z])?)\]|\ ?(?P<rpart>(?-i:{PARTS})))?)
    | (?P<dec>(?P<dbody>A|E|A/HRC)/DEC/(?P<dnum>\d{{1,4}}/\d{{1,4}})(?:\[(?P<dpart>[A-Z])\])?)
    | (?-i:(?:(?<![A-Za-z/)-])|(?<=/)(?=[ASE]/))(?P<doc>(?![IVX]+/)
          (?:[ASET]|[A-Z]{{2,6}}(?:\.?\d{{1,3}}|\(\d{{1,3}}\))?)
          (?:{_SLASH}[A-Z0-9](?:[A-Za-z0-9.]|-(?=[A-Z0-9])|\(\d{{1,2}}\)){{0,40}}
          (?:\ ?\({_BRACKETED}\))?){{1,12}}(?:–\d{{1,3}}(?:/[A-Z][a-z.\d]+)?)?))
    | {_FREE}(?P<special>E?S-[\dIVX]{{1,4}})/(?P<specialnum>\d{{1,3}})(?![\d/])
    | {_FREE}(?P<year>(?:19|20)\d\d)/(?P<yearnum>\d{{1,3}})(?![\d/])
          (?:\ (?P<yearpart>(?-i:{PARTS})))?
    | {_FREE}(?P<session>\d{{1,2}})/(?P<num>\d{{1,3}})(?![\d/])
          (?:\ ?\[(?P<partb>[A-Z](?:-[A-Z])?)\]|\ (?P<part>(?-i:{PARTS})))?
    | {_FREE}(?P<scnum>\d{{1,4}})\ ?\((?P<scyear>19[4-9]\d|20\d\d)\)
    | {_FREE}(?P<oldnum>\d{{1,4}})(?:\ (?P<oldpart>(?-i:{PARTS})))?\ ?
          \((?P<roman>{ROMAN})\)
"""
# In print, a shape is tried only where one can begin: a charset first, so that the scan is fast.
STARTS = re.compile(
    r"""[0-9A-Z](?=[0-9A-Z/(.\ -])(?<![A-Z0-9_].)(?=
        (?<=[0-9])(?<![a-z/.-].)[0-9]{0,3}(?:/[0-9]|(?:\ [A-Z][-,A-Z andto]{0,9})?\ ?\([12IVXLCES])
      | (?<=[A-Z])[A-Z]{0,5}(?:\.?[0-9]{1,3}|\([0-9]{1,3}\))?(?:/[A-Z0-9\ ]|-[0-9IVX]{1,4}/)
    )""",
    re.VERBOSE | re.DOTALL,
)
PRINTED = re.compile(_SHAPES, re.VERBOSE)
# Forms that are only typed: "SCR 1325", "res 61-181", "217 ألف (د-3)".
TYPED = re.compile(
    rf"""{_SHAPES}
    | (?:\b(?:SCR|UNSCR|Security\ Council\ resolutions?|UNSC\ res(?:olution)?s?\.?)\ ?)
          (?P<scbare>\d{{1,4}})(?![\d/])(?:\ ?\((?P<scbareyear>19[4-9]\d|20\d\d)\))?
    | (?P<arabicnum>\d{{1,4}})(?:\ (?P<arabicpart>ألف|باء|جيم|دال))?\ ?
          \((?P<arabicsession>د[اإ]?ط?-\d{{1,2}})\)
    | \b(?:{LEADS})\.?\ (?P<hyphen>\d{{1,2}}\ ?(?:-|\ /\ ?|/\ )\ ?\d{{1,3}})(?![\d/-])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def plain_digits(text: str) -> str:
    """Return `text` with Arabic-Indic and full-width digits as 0 to 9, each in its place."""
    return text.translate(_TO_DIGITS)


def plain(text: str) -> str:
    """Return `text` with digits, blanks and hyphens unified, each in its place."""
    if text.isascii() and "\n" not in text and "\t" not in text and "\r" not in text:
        return text
    return text.translate(_TO_PLAIN) if _ODD.search(text) else text
