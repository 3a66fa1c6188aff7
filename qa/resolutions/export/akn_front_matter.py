"""The front matter of an AKN4UN document: metadata, cover page, and the place of adoption."""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from qa.resolutions.body_names import BODY_NAMES
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.export import akn_attributes as outline
from qa.resolutions.export.akn_markup import E, clean
from qa.resolutions.languages import ISO_CODES
from qa.resolutions.model import Body, Record, Resolution, Status

Element = etree._Element  # lxml has no other name for it
ORGAN_NAMES = {Body(body): name for body, name in BODY_NAMES.items()}
_ORGANS = {
    Body.GENERAL_ASSEMBLY: "ga",
    Body.SECURITY_COUNCIL: "sc",
    Body.ECOSOC: "ecosoc",
    Body.HUMAN_RIGHTS_COUNCIL: "hrc",
    Body.OTHER: "un",
}
_NO_DAY = "0001-01-01"


def metadata(resolution: Resolution) -> Element:
    """Return all metadata of a resolution."""
    return E.meta(
        _identification(resolution),
        *_subjects(resolution.record),
        *_workflow(resolution),
        *_vote(resolution),
        _references(resolution.body),
    )


def identification_alone(resolution: Resolution) -> Element:
    """Return the metadata of an annex: the identification of its resolution."""
    return E.meta(_identification(resolution))


def _identification(resolution: Resolution) -> Element:
    """Return the work, its expression in one language, and this file."""
    day = resolution.adopted.isoformat() if resolution.adopted else _NO_DAY
    issued = resolution.issued.isoformat() if resolution.issued else day
    language = ISO_CODES.get(resolution.language, "eng")
    name = re.sub(r"[^\w-]+", "-", resolution.symbol.split("RES/")[-1]).strip("-")
    organ = _ORGANS[resolution.body]
    work = f"/akn/un/statement/deliberation/un-{organ}/{day}/{name}"
    return E.identification(
        E.FRBRWork(
            E.FRBRthis(value=f"{work}/!main"),
            E.FRBRuri(value=work),
            E.FRBRalias(value=work.replace("/un-", "/un", 1), name="DGACM"),
            E.FRBRdate(date=day, name="adoption"),
            E.FRBRauthor(href=f"#{organ}"),
            E.FRBRcountry(value="un"),
        ),
        E.FRBRExpression(
            E.FRBRthis(value=f"{work}/{language}@/!main"),
            E.FRBRuri(value=f"{work}/{language}@"),
            E.FRBRdate(date=issued, name="publication"),
            E.FRBRauthor(href=f"#{organ}"),
            E.FRBRlanguage(language=language),
        ),
        E.FRBRManifestation(
            E.FRBRthis(value=f"{work}/{language}@/!main.xml"),
            E.FRBRuri(value=f"{work}/{language}@.akn"),
            E.FRBRdate(date=day, name="adoption"),
            E.FRBRauthor(href="#operative"),
            E.FRBRformat(value="xml"),
        ),
        source="#operative",
    )


def _references(body: Body) -> Element:
    """Return the organizations and concepts that the document refers to."""
    return E.references(
        E.TLCOrganization(
            eId=_ORGANS[body],
            href=f"/akn/ontology/organization/un/{_ORGANS[body]}",
            showAs=ORGAN_NAMES.get(body, "United Nations"),
        ),
        E.TLCOrganization(
            eId="operative", href="/akn/ontology/organization/operative", showAs="Operative"
        ),
        E.TLCConcept(eId="preamble", href="/akn/ontology/concept/un/preamble", showAs="Preamble"),
        source="#operative",
    )


def _subjects(record: Record | None) -> Iterator[Element]:
    """Yield the index terms, the name of the agenda item and the by-name, as the UN writes them."""
    if record is None or not record.topics:
        return
    keywords = [_keyword(subject, dictionary="UNBIS Thesaurus") for subject in record.subjects]
    if record.agenda_item_name:
        keywords.append(_keyword(record.agenda_item_name, refersTo="agenda"))
    if record.by_name:
        keywords.append(_keyword(f"[on {record.by_name}]", refersTo="title"))
    yield E.classification(*keywords, source="DHLAUTH")


def _keyword(shown: str, dictionary: str = "DHL", **attributes: str) -> Element:
    return E.keyword(value=clean(shown), showAs=clean(shown), dictionary=dictionary, **attributes)


def _workflow(resolution: Resolution) -> Iterator[Element]:
    """Yield the outcome of a text that was not adopted: its files hold no vote on a resolution."""
    if resolution.status is Status.ADOPTED:
        return
    outcome = "notAdopted" if resolution.status is Status.NOT_ADOPTED else "draftResolution"
    step = E.step(outcome=outcome, date=_NO_DAY, by="")
    if resolution.record and resolution.record.reason:
        outline.write_reason(step, clean(resolution.record.reason))
    yield E.workflow(step, source="#operative")


def _vote(resolution: Resolution) -> Iterator[Element]:
    vote = resolution.vote
    if vote is None:
        return
    sides = (
        ("inFavour", vote.in_favour, vote.states_in_favour),
        ("against", vote.against, vote.states_against),
        ("abstaining", vote.abstaining, vote.states_abstaining),
    )
    voting = E.voting(eId="voting_1")
    if vote.printed or not vote.is_listed:
        how = "adoptedRecordedVote" if vote.is_recorded else "adoptedWithoutVote"
        voting.set("outcome", clean(vote.printed or how))
    for side, count, states in sides:
        value = "" if count is None else str(count)
        counted = E.count(refersTo=side, value=value, eId=f"voting_1__count_{side}")
        counted.extend(outline.voting_state(clean(state)) for state in states)
        voting.append(counted)
    yield E.analysis(E.parliamentary(voting), source="#operative")


def cover_page(resolution: Resolution) -> Element:
    """Return symbol, dates, agenda items and committee."""
    number = E.docNumber(spaced_symbol(resolution.symbol), refersTo="#symbol")
    outline.write_symbol(number, resolution.symbol)
    lines = [E.p(number)]
    if resolution.issued:
        lines.append(E.p(_dated(resolution.issued, "#dateOfIssuance")))
    if resolution.agenda_items:
        items = " and ".join(resolution.agenda_items)
        lines.append(E.p(E.inline(f"Agenda items {items}", name="agenda item")))
    if resolution.adopted:
        organ = ORGAN_NAMES.get(resolution.body, "United Nations")
        lines.append(
            E.p(
                E.docTitle(
                    f"Resolution adopted by the {organ} on ",
                    _dated(resolution.adopted, "#adoptionDate"),
                )
            )
        )
    if resolution.committee or resolution.report:
        committee, report = resolution.committee or "Committee", resolution.report or ""
        printed = f"[on the report of the {committee} ({report})]"
        lines.append(E.p(E.docProponent(clean(printed))))
    return E.coverPage(*lines)


def conclusions(resolution: Resolution) -> Element | None:
    """Return the meeting at which the resolution was adopted, if it is known."""
    if not resolution.meeting:
        return None
    line = E.p(E.location(clean(resolution.meeting), refersTo="#adoptionMeeting"))
    if resolution.adopted:
        line.append(E.eol())
        line.append(_dated(resolution.adopted, "#adoptionDate"))
    return E.conclusions(line)


def _dated(day: date, refers: str) -> Element:
    printed = f"{day.day} {day:%B} {day.year}"
    return E.docDate(printed, date=day.isoformat(), refersTo=refers)
