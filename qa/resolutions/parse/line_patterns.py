"""Patterns of the lines of a resolution: numbers, letters, headings, opener and closing formula."""

import re

from qa.resolutions.body_names import NAMED_BODIES
from qa.resolutions.periods import DATE
from qa.resolutions.tables.phrase_patterns import any_of
from qa.resolutions.tables.read_tables import rows

ORGANS = tuple(body.name.lower() for body in NAMED_BODIES)
_ORGAN = any_of(ORGANS, blank=" ")
# Bodies whose names go on after such a word, or are printed in capitals: "The Conference of the
# Parties serving as the meeting of the Parties to the Paris Agreement,", "THE ASSEMBLY,".
_BODIES = {opener.lower() for row in rows("bodies") for opener in row["opener"].split("|")}
_OPENS = "".join(sorted({name[0] for name in ("the", *ORGANS)}))
_OPENS += _OPENS.upper()
# Organs that are not in the table open their texts likewise: "The United Nations Environment
# Assembly,", "The Conference of the Parties,".
OPENER = re.compile(
    rf"\s*+[\"']?\s*+(?=[{_OPENS}])(?:(?i:The (?P<organ>{_ORGAN})|(?P<bare>{_ORGAN})(?=\s*,))"
    r"|The (?P<other>[A-Z][\w ,'-]{0,80}?"
    r"(?:Assembly|Council|Commission|Committee|Conference|Board|Part(?:ies|y)|Meeting|Forum|"
    r"Congress|Bodies)(?: of the Parties| (?:on|for) [A-Z][\w ]{0,60})?)"
    rf"|(?i:The {any_of(_BODIES, blank=' ')})(?:(?:,| and)?(?: the Conference of the Parties"
    r"| serving as the meeting of the Parties)[\w ,]{0,240})?)\s*+,?\s*"
)
HEADER = re.compile(
    rf"\s*(?:(?:Resolution|Decision)s?\s+(?:\S+\s+)?)?adopted by the (?P<organ>{_ORGAN})"
    rf"(?:,?\s+(?:at its .*? meeting,?\s+)?on (?P<date>{DATE}))?.*",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\s*[\"']?(?P<number>\d{1,3})\s?\.\s*(?:\t\s*|\s+|(?=[A-Z\"'][a-z]))(?=\S)")
# A lone number whose text is the list below it: "58." above "(a) Requests …".
BARE_NUMBER = re.compile(r"\t(?P<number>\d{1,3})\.\s*")
LEVELS = re.compile(
    r"\s*(?P<printed>\d{1,3}(?:(?:\.(?:\d{1,3}|[a-z]))+\.?|\s?\([a-z]{1,2}\)\.))\s+(?=\S)"
)
# "(a)", "(xiv)", "(aa)", "(1)"; "a." and bullets only where a tab sets them off.
ITEM = re.compile(
    r"\s*[\"']?(?P<printed>\((?:[a-z]{1,2}|[ivxl]{1,7}|\d{1,2}|[A-Z])\)|(?<=\t)(?:[a-z]|[ivx]{1,5})[.)](?=\t)|"
    r"[\u2022\u00b7\uf0b7\u25cf\u25aa*](?=\s)|(?<=\t)[-\u2013\u2014](?=\s))\s*(?=\S)"
)
ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
SECTION = re.compile(
    rf"\s*(?:(?:Part|Section|Chapter)\s+(?P<named>{ROMAN}|[A-Z]|\d{{1,2}})\b\.?[:\s]*"
    rf"|(?P<section>{ROMAN}|[A-Z])(?:\.(?=\s|$)|(?=\t)|(?=\s*$)))\s*(?P<heading>.*)"
)
# Annexed texts are numbered by article, rule, principle …
ARTICLE = re.compile(
    r"\s*(?P<printed>(?:Article|Rule|Regulation|Principle|Guideline|Action|Paragraph|Objective)"
    rf"\s(?:\d{{1,3}}|{ROMAN})(?:\s?\(?bis\)?)?)\b[.:]?\s*(?P<rest>.*)",
)
ANNEX = re.compile(
    rf"\s*(?=[ae])(?P<name>(?:Annex|Appendix|Enclosure|Attachment)(?:\s+(?:{ROMAN}|\d{{1,2}}|[A-Z]))?)"
    r"(?:\s*[*:\u2020]*\s*|\s*\t.*|:\s+.*)",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"\s*(?:(?i:(?P<word>Resolution|Decision))\s+)?(?P<number>(?:E?S-|SS\.)?\d{1,4}/\d{1,3}"
    r"|\d{1,3}/[A-Z]{2,4}\.\d{1,3}|PRST (?:OS/)?\d{1,3}/\d{1,3}"
    r"|(?:WHA|EB)\d{1,3}(?:\.R?\d{1,3}|\(\d{1,3}\))"
    r"|\d{1,4}(?: (?P<oldpart>[A-Z]))? ?\((?:\d{4}|(?:E?S-)?[IVXLC]+)\))"
    r"(?:\s(?P<part>[A-Z](?:\s?-\s?[A-Z]|,? and [A-Z])?)(?=[.\s]))?\.?\s*(?:\s|$)"
    r"(?P<title>(?:\S.*)?)"
)
# A number that opens a title, not a sentence: "61/181. Strengthening …", "242 (1967). Resolution".
ENTITLES = re.compile(
    r"\s*(?:(?:\d{1,4}/\d{1,3}|\d{1,4}(?: [A-Z])? ?\([IVXLC\d-]+\))\.\s"
    r"|(?:Decision|Resolution)\s+\d{1,3}/[A-Z]{2,4}\.\d{1,3}\s*$)"
)
CLOSING_START = re.compile(
    r"\s*(?:(?:Ad[ao]pted|Approved)\b.*\b(?:at|meeting)\b|(?:\d{1,5}|[Il])(?:st|nd|rd|th)"
    r"(?: \((?:resumed|closed|private)\))?"
    r"(?:\s+(?:plenary|special|closed|private|resumed))*\s+meeting\b)",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\s*(?=[ail\d])(?:(?:Ad[ao]pted|Approved)\b.*?\bat (?:the|its)\s+)?"
    r"(?P<meeting>(?:\d{1,5}|[Il])(?:st|nd|rd|th)(?: \((?:resumed|closed|private)\))?"
    r"(?:\s+(?:plenary|special|closed|private|resumed))*\s+meeting(?: \(resumed\))?)\b"
    rf"(?:[.,;*]?|[\s,.]*(?:(?:on\s+)?{DATE})?[.,]?"
    r"|[\s,]+(?:by|without|with|unanimously|as a whole)\b.*)\s*",
    re.IGNORECASE,
)
# Its first line, if the number of the meeting is on the second.
CLOSING_BROKEN = re.compile(r"\s*(?:Ad[ao]pted|Approved)(?: unanimously)? at the\s*", re.IGNORECASE)
# Also the stops of Chinese and of Arabic.
_MARKS = ",;:.\u3002\uff1b\uff0c\uff1a\u060c\u061b"
_STOPS = tuple(_MARKS)
_STOP = re.compile(rf"[{_MARKS}]['\"\])]*\s?[\d\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{{0,3}}\s*$")
_STOP_REACH = 12  # characters from the end in which a stop, quotes and a note marker have room


def ends_a_paragraph(text: str) -> bool:
    """Return whether `text` ends with a stop, ignoring note markers and quotes."""
    text = text.rstrip()
    return text.endswith(_STOPS) or bool(_STOP.search(text[-_STOP_REACH:]))
