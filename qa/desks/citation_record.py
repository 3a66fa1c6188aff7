"""Citations in both directions as values for programs, lines for people, CSV and GraphML."""

from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from qa.desks.citation_links import CitationLink, by_year_and_body

COLUMNS = (
    *("citing", "label", "adopted", "cited", "cited_label", "treatment", "until", "quotation"),
)
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_CITES = "cites"


def link_record(link: CitationLink) -> dict[str, Any]:
    """Return a citation as values that JSON can hold; `treatment` is null where it only cites."""
    adopted, treated = link.passage.resolution.adopted, link.treated
    return {
        "citing": link.passage.symbol,
        "label": link.passage.label,
        "adopted": adopted.isoformat() if adopted else None,
        "cited": link.cited,
        "cited_label": link.cited_label,
        "treatment": treated.treatment.value if treated else None,
        "until": treated.until.isoformat() if treated and treated.until else None,
        "quotation": link.quotation,
    }


def citations_record(symbol: str, links: Sequence[CitationLink]) -> dict[str, Any]:
    """Return the citations in a document, or of it; the names are kept."""
    return {
        "symbol": symbol,
        "citations": [link_record(link) for link in links],
        "citing_documents": by_year_and_body(links),
    }


def citation_lines(links: Sequence[CitationLink]) -> Iterator[str]:
    """Yield a line for each citation, and one for the words that say what is done."""
    for link in links:
        record = link_record(link)
        done = record["treatment"] or _CITES
        until = f" until {record['until']}" if record["until"] else ""
        cited = f"{link.cited} {link.cited_label}".strip()
        citing = f"{link.passage.symbol} {link.passage.label}"
        yield f"{record['adopted'] or '':10}  {citing} {done}{until} {cited}"
        if link.treated:
            yield f"    “{link.quotation}”"


def citation_rows(links: Sequence[CitationLink]) -> Iterator[tuple[str, ...]]:
    """Yield a table, its heads first."""
    yield COLUMNS
    for link in links:
        record = link_record(link)
        yield tuple(record[name] or "" for name in COLUMNS)


def citation_graph(links: Sequence[CitationLink]) -> str:
    """Return GraphML: a node for each document, an edge for each citation."""
    ET.register_namespace("", _GRAPHML)
    root = ET.Element(f"{{{_GRAPHML}}}graphml")
    names = ("label", "cited_label", "treatment", "until", "quotation")
    for name in names:
        attributes = {"id": name, "for": "edge", "attr.name": name, "attr.type": "string"}
        ET.SubElement(root, f"{{{_GRAPHML}}}key", attributes)
    graph = ET.SubElement(root, f"{{{_GRAPHML}}}graph", {"edgedefault": "directed"})
    for symbol in dict.fromkeys(
        each for link in links for each in (link.passage.symbol, link.cited)
    ):
        ET.SubElement(graph, f"{{{_GRAPHML}}}node", {"id": symbol})
    for link in links:
        record = link_record(link)
        ends = {"source": link.passage.symbol, "target": link.cited}
        edge = ET.SubElement(graph, f"{{{_GRAPHML}}}edge", ends)
        for name in names:
            data = ET.SubElement(edge, f"{{{_GRAPHML}}}data", {"key": name})
            data.text = record[name] or (_CITES if name == "treatment" else "")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)
