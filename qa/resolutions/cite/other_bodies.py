"""Documents of other bodies, as people cite them: "WHA66.10", "decision 1/CP.21", "ESCAP 71/1".

None of them is loaded under such a name. They are recognised so that their numbers are not taken
for those of the General Assembly, and so that their paragraphs are not looked for elsewhere.
"""

import re

_NOUN = r"(?:[Rr]esolutions?|[Dd]ecisions?|[Rr]ecommendations?|[Rr]es\.?|[Dd]ec\.?|[Rr]ec\.?)"
_NO = r"(?:[Nn]o\.? ?)?"
_ITEM = r"[A-Z]{0,4}[-.]?[IVXLC\d]+(?:[/.(-][\w.]+\)?)*(?:\s?\([^()]{1,14}\))?"
_BODIES = (
    r"CND|CCPCJ|CSW|CPD|CSTD|CSD|ECLAC|ESCAP|ESCWA|ECA|ECE|UNECE|UNEA|UNEP|OIC|WMO|ITU|IMO|IAEA|"
    r"WHO|WHA|UNESCO|ICAO|UPU|WIPO|WTO|FAO|WFP|ILO|UNIDO|UNCTAD|UNDP|UNICEF|UNHCR|EU|EC|EEC|AU|"
    r"OAU|OAS|ASEAN|PACE|CITES|CBD|CMS|UNFCCC|UNCCD|IPU|OSCE|NATO|ECOWAS|ACHPR|Ramsar|COP|CMP|"
    r"CMA|CERD|CEDAW|CAT|CRC|CRPD|ICC|ICJ|ITLOS|ISA|IWC|ICCAT|Basel|Stockholm|Minamata|Habitat|"
    r"OPCW|CTBTO|IRENA|UNWTO|IOM|INTERPOL|OIF|CARICOM|SADC|IGAD|EAC|LAS|GCC|OECD|APEC|ICRC|IFRC|"
    r"IUCN|IHO|WCO|WOAH|OIE|IPCC|IPBES|GEF|GCF|IFAD|IMF|IBRD|CCAMLR|NAFO|NEAFC|IATTC|WCPFC|IOTC|"
    r"SPRFMO|IOC|PAHO|OSPAR|HELCOM|COSP|MOP|CSCE|CSTO|SCO|CIS|CELAC|UNASUR|SAARC|IACHR|EP"
)
_ORGAN = r"(?: General Conference| Assembly| Governing Council| Council)?"
# An abbreviation in capitals before "resolution" that names none of our organs is another body,
# unless only the United Nations has such a number: "LAWS resolution 79/62" names a topic.
_OURS = r"(?:UN|GA|UNGA|SC|UNSC|HRC|UNHRC|ESC|ECOSOC|AG|CS|THE|OP|PP|FN|DOC|CHR|SG|US|UK|IN)"
_ABBREVIATED = rf"(?!{_OURS}\b)[A-Z][A-Z]{{1,9}}(?:[-/ ][A-Z]{{2,9}})?"
_LAWS = (
    r"Regulation|Directive|Case|Law|Act|Statutory Instrument|Framework Decision|Executive Order|"
    r"Decree|Docket|Application|Communication|General Comment|General Recommendation|"
    r"Advisory Opinion|UNTS|U\.N\.T\.S\."
)

OTHER_BODIES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"(?<![\w/-]){pattern}")
    for pattern in (
        r"(?:WHA|EBSS|EB)\s?\d{1,3}(?:(?:\.R?|/)\d{1,3}(?:\(\d+\))?|\(\d+\))",
        r"(?:[Dd]ecisions? )?\d{1,3}/(?:CP|COP|CMP|CMA)\.\d{1,2}\b",
        # Of a conference of parties: the number of its meeting in Roman or, of the Organization of
        # American States, behind "AG" or "CP"; "Resolution Conf. 9.24", "Resolution 12.21".
        rf"{_NOUN} {_NO}(?!E?S-)(?:[A-Z]{{2,6}}[-/])?[IVX]{{1,5}}[/.]\d{{1,3}}(?:[/-]\w+)?(?!\w)",
        r"(?:AG|CP|CD)/(?:RES|DEC|INF)\.? ?\d+(?: ?\([IVXLC]+-[OE]/\d+\)| ?\(\d+/\d+\))?",
        rf"{_NOUN} Conf\. ?\d+\.\d+(?: \(Rev\.[^()]*\))?",
        r"(?:GC|MSC|MEPC|LEG|FAL|TC|LC|LP)[.(]\d+\(?\d*\)?(?:/RES(?:/\d+)?)?[\w()./]*",
        rf"(?:{_BODIES}){_ORGAN}(?: {_NOUN})? {_NO}(?=[\w.-]*\d|[IVXLC]+/){_ITEM}(?!\w)",
        rf"(?:{_LAWS})(?: \([A-Z, ]+\))?(?: [Nn]os?\.?| vol\.?)? ?[A-Z]{{0,2}}[-.]?\d[\w./-]*",
    )
)
# Of a body that is not in the list.
ABBREVIATED = re.compile(
    rf"(?<![\w/-]){_ABBREVIATED} (?:[A-Z][a-z]+ )?{_NOUN} {_NO}(?=[\w.-]*\d|[IVXLC]+/)"
    rf"(?P<number>{_ITEM})(?!\w)"
)
