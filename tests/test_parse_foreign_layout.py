"""Texts in the official languages other than English: openers, dates, meetings, agenda items."""

from datetime import date

import pytest

from qa.resolutions.document import Document
from qa.resolutions.model import Kind, Resolution, Source, SourceFormat
from qa.resolutions.parse.parse_document import parse_document

FRENCH = """Nations Unies\tA/RES/77/119
Assemblée générale\tDistr. générale
15 décembre 2022

Soixante-dix-septième session
Points 9 et 46 b) de l’ordre du jour

Résolution adoptée par l’Assemblée générale le 12 décembre 2022

[sur la base du rapport de la Commission des questions politiques (Quatrième Commission) (A/77/401)]

77/119.\tEffets des rayonnements ionisants

\tL’Assemblée générale,

\tRappelant sa résolution 913 (X) du 3 décembre 1955,

\t1.\tFélicite le Comité scientifique :

\ta)\tDe sa contribution ;

\tb)\tDe ses travaux ;

\t2.\tPrie le Comité de poursuivre ses travaux.

52e séance plénière
12 décembre 2022

Annexe

\t1.\tPremier principe.
"""
SPANISH = """A/RES/77/119
Distr. general
15 de diciembre de 2022

Tema 46 del programa

Resolución aprobada por la Asamblea General el 12 de diciembre de 2022

[sobre la base del informe de la Cuarta Comisión (A/77/401, párr. 7)]

77/119. Efectos de las radiaciones atómicas

\tLa Asamblea General,

\tRecordando su resolución 913 (X), de 3 de diciembre de 1955,

\t1. Felicita al Comité Científico;

\t2. Pide al Comité que prosiga su labor.

52ª sesión plenaria
12 de diciembre de 2022
"""
RUSSIAN = """Резолюция, принятая Генеральной Ассамблеей 12 декабря 2022 года

[по докладу Четвертого комитета (A/77/401, пункт 7)]

77/119.\tДействие атомной радиации

\tГенеральная Ассамблея,

\tссылаясь на свою резолюцию 913 (X) от 3 декабря 1955 года,

\t1.\tвыражает признательность Научному комитету;

\tа)\tза его вклад;

\t2.\tпросит Комитет продолжать свою работу.

52-е пленарное заседание
12 декабря 2022 года

Distr.: General
15 December 2022
Пункт 46 повестки дня
"""
CHINESE = """2022年12月12日大会决议

[根据第四委员会的报告(A/77/401，第7段)]

77/119.\t原子辐射的影响

\t大会，

\t回顾其1955年12月3日第913(X)号决议，

\t1、\t赞扬科学委员会；

\t2、\t请委员会继续工作。

第52次全体会议
2022年12月12日

Distr.: General
15 December 2022
议程项目46
"""
ARABIC = """قرار اتخذته الجمعية العامة في 12 كانون الأول/ديسمبر 2022

[بناء على تقرير اللجنة الرابعة (A/77/401، الفقرة 7)]

77/119\tآثار الإشعاع الذري

\tإن الجمعية العامة،

\tإذ تشير إلى قرارها 913 (د-10) المؤرخ 3 كانون الأول/ديسمبر 1955،

\t1 -\tتثني على اللجنة العلمية؛

\t2\tتطلب إلى اللجنة أن تواصل عملها.

الجلسة العامة 52
12 كانون الأول/ديسمبر 2022

Distr.: General
15 December 2022
البند 46 من جدول الأعمال
"""


def read(text: str) -> Resolution:
    """Return the one resolution of a text whose file has no telling name."""
    (resolution,) = parse_document(Document(text=text), Source(file="text.txt", sha256=""))
    return resolution


def labels(resolution: Resolution) -> list[str]:
    """Return the labels of the paragraphs."""
    return [one.label for one in resolution.paragraphs if one.kind is not Kind.HEADING]


@pytest.mark.parametrize(
    ("text", "language", "meeting", "expected"),
    [
        pytest.param(
            FRENCH,
            "fr",
            "52e séance plénière",
            ["PP1", "OP1", "OP1(a)", "OP1(b)", "OP2", "annex para. 1"],
            id="French",
        ),
        pytest.param(SPANISH, "es", "52ª sesión plenaria", ["PP1", "OP1", "OP2"], id="Spanish"),
        pytest.param(
            RUSSIAN, "ru", "52-е пленарное заседание", ["PP1", "OP1", "OP1(a)", "OP2"], id="Russian"
        ),
        pytest.param(CHINESE, "zh", "第52次全体会议", ["PP1", "OP1", "OP2"], id="Chinese"),
        pytest.param(ARABIC, "ar", "الجلسة العامة 52", ["PP1", "OP1", "OP2"], id="Arabic"),
    ],
)
def test_a_text_in_another_language_is_read(
    text: str, language: str, meeting: str, expected: list[str]
) -> None:
    resolution = read(text)
    assert resolution.symbol == "A/RES/77/119"
    assert resolution.language == language
    assert resolution.adopted == date(2022, 12, 12)
    assert resolution.issued == date(2022, 12, 15)
    assert resolution.meeting == meeting
    assert resolution.report == "A/77/401"
    assert resolution.committee == "Fourth Committee"
    assert "46" in resolution.agenda_items or "46 (b)" in resolution.agenda_items
    assert labels(resolution) == expected


def test_a_resolution_of_the_security_council_in_french_is_read() -> None:
    resolution = read(
        "Résolution 1325 (2000)\n\n"
        "Adoptée par le Conseil de sécurité à sa 4213e séance, le 31 octobre 2000\n\n"
        "\tLe Conseil de sécurité,\n\n\tRappelant ses résolutions,\n\n"
        "\t1.\tDemande instamment aux États Membres de faire en sorte ;\n"
    )
    assert resolution.symbol == "S/RES/1325(2000)"
    assert resolution.adopted == date(2000, 10, 31)
    assert labels(resolution) == ["PP1", "OP1"]


def test_a_text_is_cited_as_it_is_printed() -> None:
    resolution = read(ARABIC)
    paragraph = resolution.paragraphs[1]
    assert paragraph.text == "تثني على اللجنة العلمية؛"
    assert ARABIC[paragraph.start : paragraph.end] == paragraph.text


SPANISH_LINES = (
    "Naciones Unidas S/RES/2725 (2024)",
    "Consejo de Seguridad Distr. general",
    "12 de marzo de 2024",
    "Resolución 2725 (2024)",
    "Aprobada por el Consejo de Seguridad en su 9570a sesión, celebrada el 12 de marzo de 2024",
    "El Consejo de Seguridad,",
    "Recordando sus resoluciones y declaraciones anteriores,",
    "Reafirmando su compromiso,",
    "1. Decide prorrogar el mandato;",
    "2. Exige a las partes que:",
    "a) Cooperen plenamente;",
    "b) Informen al Consejo.",
)


@pytest.mark.parametrize("form", [SourceFormat.WORD, SourceFormat.TEXT])
def test_lines_without_indents_are_paragraphs_of_their_own(form: SourceFormat) -> None:
    source = Source(file="texto.docx", sha256="", form=form)
    parts = SPANISH_LINES if form is SourceFormat.WORD else "\n\n".join(SPANISH_LINES).split("\n")
    (resolution,) = parse_document(Document(text="\n".join(parts)), source)
    assert (resolution.symbol, resolution.language) == ("S/RES/2725(2024)", "es")
    assert (resolution.meeting, resolution.adopted) == ("9570a sesión", date(2024, 3, 12))
    labels = [paragraph.label for paragraph in resolution.paragraphs]
    assert labels == ["PP1", "PP2", "OP1", "OP2", "OP2(a)", "OP2(b)"]


def test_the_sole_operative_paragraph_in_spanish_is_operative() -> None:
    text = (*SPANISH_LINES[:8], "Decide seguir ocupándose activamente de la cuestión.")
    (resolution,) = parse_document(Document(text="\n\n".join(text)), Source(file="a", sha256=""))
    assert [paragraph.label for paragraph in resolution.paragraphs] == ["PP1", "PP2", "OP1"]
