"""Only what is surely not English is called another language."""

import json
from pathlib import Path

import pytest

from qa.question import language
from qa.question.language import foreign_language

GOLD = Path(__file__).parent / "gold"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Welk verslag moet de secretaris-generaal voorleggen?", "Dutch"),
        ("Wat is de rol van de secretaris-generaal in het vredesproces?", "Dutch"),
        ("Kto ma złożyć sprawozdanie Zgromadzeniu Ogólnemu?", "Polish"),
        ("Jakie państwa wezwano do ratyfikacji konwencji?", "Polish"),
        ("O que diz a resolução sobre a justiça juvenil?", "Portuguese"),
        ("Vad säger resolutionen om barnets rättigheter?", "Swedish"),
        ("Çocuk hakları hakkında karar ne diyor?", "Turkish"),
        ("Wann wurde die Resolution in der Generalversammlung angenommen?", "German"),
        ("Chi deve riferire al Consiglio di sicurezza?", "Italian"),
        ("Que dit le paragraphe 9 de la résolution 61/181 ?", "French"),
        ("¿Qué dice la resolución 56/123 sobre la justicia juvenil?", "Spanish"),
        ("Кто должен представить доклад?", "Russian"),
        ("من يقدم التقرير؟", "Arabic"),
        ("谁应该提交报告？", "Chinese"),
    ],
)
def test_a_question_in_another_language_is_named(text: str, expected: str) -> None:
    assert foreign_language(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "MINUSMA mandate",
        "sierra leone diamond ban",
        "burkina faso coup condemnation",
        "torture",
        "Côte d'Ivoire",
        "de facto relief",
        "Médecins Sans Frontières",
        "côte d'ivoire embargo 2011 unoci french enforcement",
        "el niño la niña prepare forecasts money 2021",
        "scanning old Hammarskjöld Library papers DGC plan 2020",
        "Ouattara winner Ivorians must accept",
        "Quelle résolution ?",
        "61/181 OP6",
        "",
    ],
)
def test_names_and_key_words_have_no_language(text: str) -> None:
    assert foreign_language(text) is None


@pytest.mark.slow
def test_english_questions_are_not_called_foreign() -> None:
    lines = (GOLD / "questions-taught.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [turn for line in lines for turn in json.loads(line).get("turns", [])]
    texts += [json.loads(line)["question"] for line in lines if "question" in json.loads(line)]
    assert len(texts) > 100
    assert [text for text in texts if foreign_language(text)] == []


def test_the_model_is_not_loaded_for_plain_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(language, "_identifier", loaded)
    assert (
        foreign_language("Who should report to the General Assembly at its next session?") is None
    )
    assert foreign_language("MINUSMA mandate") is None
    with pytest.raises(AssertionError, match="loaded"):
        foreign_language("Qui doit faire rapport à la prochaine session ?")
