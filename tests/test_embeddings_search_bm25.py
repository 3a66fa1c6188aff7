"""Best rows by words: BM25 against a slow one, terms, and the repair of misspelt words."""

import functools
import json
import math
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import embeddings
from embeddings.index_errors import IndexDamagedError
from embeddings.search.bm25 import LENGTHS_FILE, WORDS_FILE, Bm25Index
from embeddings.search.inverted_index import COUNTS_FILE, ENDS_FILE, NAMES_FILE, NEW, ROWS_FILE
from embeddings.search.parameters import Bm25Parameters, bm25_parameters, read_group
from embeddings.search.spelling import Speller
from embeddings.text_analysis import RULES, stop_words, terms

TEXTS = [
    "Urges Member States to combat money-laundering in all its forms",
    "Requests the Secretary-General to report to the General Assembly at its sixtieth session",
    "Encourages States to pay their contributions, contributions and again contributions",
    "",
    "The elimination of violence against women",
    "Requests the Secretary-General to report to the General Assembly at its sixtieth session",
    "Decides to remain seized of the matter",
    "Calls upon juvenile justice systems to protect the child; Côte d\u2019Ivoire's children",
    "of the and",
    "Juvenile assembly of money and laundering",
]
ALL = np.arange(len(TEXTS))


def slow_bm25(texts: list[str], query: str, weights: dict[str, float] | None = None) -> list[float]:
    """BM25 as the class describes it, without a library."""
    rows = [terms(text) for text in texts]
    average = sum(map(len, rows)) / len(rows)
    scores = []
    for row in rows:
        score = 0.0
        for term in set(terms(query)):
            holders = sum(term in other for other in rows)
            if not row.count(term):
                continue
            idf = math.log(1 + (len(rows) - holders + 0.5) / (holders + 0.5))
            k1, b = bm25_parameters().k1, bm25_parameters().b
            norm = k1 * (1 - b + b * len(row) / average)
            factor = (weights or {}).get(term, 1.0)
            score += factor * idf * row.count(term) / (row.count(term) + norm)
        scores.append(score)
    return scores


QUERIES = [
    "money laundering",
    "Who should report at the sixtieth session?",
    "contributions contributions contributions",
    "violence against women",
    "nothing here is known xyzzy",
    "juvenile justice assembly money laundering report",
    "",
]


@pytest.mark.parametrize("query", QUERIES)
def test_scores_agree_with_a_slow_bm25(query: str) -> None:
    found = Bm25Index.build(TEXTS).scores(query)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, slow_bm25(TEXTS, query), rtol=1e-5)


def test_scores_agree_on_many_random_texts() -> None:
    chance = random.Random(4)
    letters = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
    texts = [" ".join(chance.choices(letters, k=chance.randint(0, 12))) for _ in range(200)]
    index = Bm25Index.build(texts)
    for _ in range(20):
        query = " ".join(chance.choices(letters, k=3))
        np.testing.assert_allclose(index.scores(query), slow_bm25(texts, query), rtol=1e-5)


def test_weights_multiply_what_a_term_adds() -> None:
    weights = {"money": 3.0, "assembl": 0.0}
    query = "money for the assembly and its report"
    found = Bm25Index.build(TEXTS).scores(query, weights=weights)
    np.testing.assert_allclose(found, slow_bm25(TEXTS, query, weights), rtol=1e-5)
    assert found[9] > 0


def test_equal_rows_have_equal_scores() -> None:
    texts = ["peace", "peace peace", "war", "peace", "peace", "peace peace"]
    scores = Bm25Index.build(texts).scores("peace")
    assert scores.dtype == np.float32
    assert np.lexsort((np.arange(6), -scores)).tolist() == [1, 5, 0, 3, 4, 2]
    assert len(set(scores.tolist())) == 3


def test_rows_without_a_common_word_are_not_found() -> None:
    index = Bm25Index.build(TEXTS)
    assert not index.scores("xyzzy").any()
    assert not index.scores("the of and").any()


def test_a_saved_index_answers_the_same(tmp_path: Path) -> None:
    built = Bm25Index.build(TEXTS)
    built.save(tmp_path / "words")
    loaded = Bm25Index.load(tmp_path / "words")
    assert len(loaded) == len(TEXTS)
    for query in QUERIES:
        np.testing.assert_array_equal(loaded.scores(query), built.scores(query))
    assert loaded.nearest_term("laundring") == "laundering"
    assert loaded.idf("money") == built.idf("money") > 0


@pytest.mark.parametrize("texts", [[], ["", "of the"]], ids=["no rows", "no words"])
def test_an_index_without_words_finds_nothing(tmp_path: Path, texts: list[str]) -> None:
    Bm25Index.build(texts).save(tmp_path / "words")
    index = Bm25Index.load(tmp_path / "words")
    assert len(index) == len(texts)
    assert index.scores("money").tolist() == [0.0] * len(texts)
    assert not index.known("money")
    assert index.nearest_term("laundring") is None


def test_no_bars_are_drawn(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Bm25Index.build(TEXTS).save(tmp_path)
    Bm25Index.load(tmp_path).scores("money")
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_the_same_texts_give_the_same_files_whatever_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from embeddings.search.bm25 import Bm25Index;"
        "Bm25Index.build(sys.argv[2:]).save(Path(sys.argv[1]))"
    )
    for seed in ("1", "2"):
        command = [sys.executable, "-c", program, str(tmp_path / seed), *TEXTS]
        root = Path(embeddings.__file__).parents[1]
        subprocess.run(command, check=True, cwd=root, env=os.environ | {"PYTHONHASHSEED": seed})
    first = {path.name: path.read_bytes() for path in (tmp_path / "1").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "2").iterdir()}
    assert len(first) == 6
    assert first == second


@pytest.mark.parametrize(
    "name",
    [
        COUNTS_FILE,
        ENDS_FILE,
        LENGTHS_FILE,
        NAMES_FILE,
        ROWS_FILE,
        WORDS_FILE,
    ],
)
@pytest.mark.parametrize("harm", ["missing", "empty", "half"])
def test_a_harmed_file_is_refused(tmp_path: Path, name: str, harm: str) -> None:
    Bm25Index.build(TEXTS).save(tmp_path)
    path = tmp_path / name
    data = path.read_bytes()
    path.unlink()
    if harm != "missing":
        path.write_bytes(b"" if harm == "empty" else data[: len(data) // 2])
    with pytest.raises(IndexDamagedError, match="operative build"):
        Bm25Index.load(tmp_path)


def test_files_of_two_indexes_do_not_mix(tmp_path: Path) -> None:
    Bm25Index.build(TEXTS).save(tmp_path / "a")
    Bm25Index.build(TEXTS[:3]).save(tmp_path / "b")
    for name in (COUNTS_FILE, ENDS_FILE, NAMES_FILE, ROWS_FILE):
        kept = (tmp_path / "b" / name).read_bytes()
        (tmp_path / "b" / name).write_bytes((tmp_path / "a" / name).read_bytes())
        with pytest.raises(IndexDamagedError, match="is inconsistent"):
            Bm25Index.load(tmp_path / "b")
        (tmp_path / "b" / name).write_bytes(kept)


# Growing

WORDINGS = st.lists(
    st.sampled_from([*TEXTS, "new words here", "and newer ones, newer"]), max_size=8
)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(before=WORDINGS, after=WORDINGS, chance=st.randoms(use_true_random=False))
def test_an_index_that_grew_is_the_one_that_is_built_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[str],
    after: list[str],
    chance: random.Random,
) -> None:
    left = list(range(len(before)))
    kept: list[int] = []
    for text in after:
        same = [row for row in left if before[row] == text]
        kept.append(chance.choice([*same, NEW]))
        if kept[-1] != NEW:
            left.remove(kept[-1])
    new = [text for text, row in zip(after, kept, strict=True) if row == NEW]
    grown = Bm25Index.build(before).updated(kept, new, gone=[before[row] for row in left])
    files = []
    for index in (grown, Bm25Index.build(after)):
        folder = tmp_path_factory.mktemp("words")
        index.save(folder)
        files.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert files[0] == files[1]


def test_other_word_rules_are_refused(tmp_path: Path) -> None:
    Bm25Index.build(TEXTS).save(tmp_path)
    saved = json.loads((tmp_path / WORDS_FILE).read_text())
    (tmp_path / WORDS_FILE).write_text(json.dumps(saved | {"rules": RULES + 1}))
    with pytest.raises(IndexDamagedError, match="another version"):
        Bm25Index.load(tmp_path)


# Terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Requests reports", ["request", "report"], id="stems in lower case"),
        pytest.param("money-laundering", ["moneylaund", "money", "launder"], id="compound"),
        pytest.param("co\u2011operation", ["cooper", "co", "oper"], id="unbreakable hyphen"),
        pytest.param("Côte d\u2019Ivoire", ["cote", "divoir", "d", "ivoir"], id="accents"),
        pytest.param("the children's rights", ["children", "right"], id="possessive"),
        pytest.param(
            "resolution 61/181, para. 6(b)",
            ["resolut", "61", "181", "para", "6", "b"],
            id="numbers",
        ),
        pytest.param("violence against women", ["violenc", "against", "women"], id="against stays"),
        pytest.param("shall not, no", ["not", "no"], id="not and no stay"),
        pytest.param("inter\u00adnational", ["internat"], id="soft hyphen"),
        pytest.param("ﬁnance", ["financ"], id="ligature"),
        pytest.param("_under_score_", ["under", "score"], id="underscores part words"),
        pytest.param("STRASSE straße", ["strass", "strass"], id="sharp s"),
        pytest.param("--- ' - \u2019", [], id="joints alone"),
        pytest.param("联合国", ["联合国"], id="another script"),
    ],
)
def test_a_text_has_the_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_stop_words_leave_what_turns_a_meaning() -> None:
    assert stop_words().isdisjoint({"against", "not", "no", "nor", "without", "member", "all"})
    assert {"the", "of", "and"} <= stop_words()
    assert all(word.islower() and word.isalpha() for word in stop_words())


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_text_has_terms_that_are_found_again(text: str) -> None:
    found = terms(text)
    assert all(found)
    assert terms(text.upper().lower()) == terms(text.upper().lower())
    if found:
        index = Bm25Index.build([text, "another"])
        assert index.scores(text)[0] > 0


@pytest.mark.parametrize(
    ("query", "row"),
    [
        pytest.param("money laundering", 0, id="compound by its parts"),
        pytest.param("moneylaundering", 0, id="compound in one word"),
        pytest.param("money-laundering", 9, id="parts by a compound"),
        pytest.param("COTE IVOIRE", 7, id="without accents"),
        pytest.param("contribution", 2, id="singular finds plural"),
    ],
)
def test_a_row_is_found_by(query: str, row: int) -> None:
    assert Bm25Index.build(TEXTS).scores(query)[row] > 0


# What is known


def test_a_word_is_known_in_any_of_its_forms() -> None:
    index = Bm25Index.build(TEXTS)
    assert index.known("launder")
    assert index.known("Laundered")
    assert index.known("côte")
    assert not index.known("xyzzy")
    assert not index.known("the")
    assert not index.known("")
    assert index.terms("Laundered") == ["launder"]


def test_rarer_words_weigh_more() -> None:
    index = Bm25Index.build(TEXTS)
    assert index.idf("women") > index.idf("report") > 0 == index.idf("xyzzy")
    assert index.idf("women") == pytest.approx(math.log(1 + 9.5 / 1.5))
    assert index.idf("reporting") == index.idf("report")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("laundring", "laundering", id="dropped letter"),
        pytest.param("contributons", "contributions", id="dropped letter in a long word"),
        pytest.param("juvenil", "juvenile", id="a stem is no word"),
        pytest.param("assembley", "assembly", id="added letter"),
        pytest.param("assmebly", "assembly", id="swapped letters"),
        pytest.param("zssembly", "assembly", id="wrong first letter"),
        pytest.param("Laundring", "laundering", id="capital"),
        pytest.param("wommen", "women", id="double letter"),
        pytest.param("elimnatoin", "elimination", id="two edits in a long word"),
        pytest.param("vilonece", "violence", id="two swaps in a long word"),
        pytest.param("wxmxn", None, id="two edits in a short word"),
        pytest.param("mony", None, id="too short to repair"),
        pytest.param("laundering", None, id="nothing to repair"),
        pytest.param("which", None, id="stop word"),
        pytest.param("photosynthesis", None, id="nothing near"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_misspelt_word_is_repaired(typed: str, meant: str | None) -> None:
    assert Bm25Index.build(TEXTS).nearest_term(typed) == meant


def test_a_right_form_of_a_known_word_is_not_made_another_word() -> None:
    index = Bm25Index.build(["committed commits", "committee committee permitting"])
    assert index.nearest_term("committing") is None


@pytest.mark.parametrize(
    ("frequencies", "typed", "expected"),
    [
        pytest.param({"state": 1, "slate": 9}, "sxate", ["slate", "state"], id="more frequent"),
        pytest.param({"state": 2, "slate": 2}, "sxate", ["slate", "state"], id="alphabet"),
        pytest.param(
            {"reporting": 1, "reposting": 1, "importing": 99},
            "reportingg",
            ["reporting", "reposting"],
            id="nearer before more frequent",
        ),
        pytest.param({"abcde": 1}, "abcxyde", [], id="one edit only for seven letters"),
        pytest.param({}, "anything", [], id="no words"),
    ],
)
def test_candidates_come_in_order(
    frequencies: dict[str, int], typed: str, expected: list[str]
) -> None:
    assert Speller(frequencies).candidates(typed) == expected


@functools.cache
def slow_distance(left: str, right: str) -> int:
    """The edits that turn one word into the other, by their definition."""
    if not left or not right:
        return len(left) + len(right)
    best = min(
        slow_distance(left[:-1], right) + 1,
        slow_distance(left, right[:-1]) + 1,
        slow_distance(left[:-1], right[:-1]) + (left[-1] != right[-1]),
    )
    if left[-2:] == right[-2:][::-1] and min(len(left), len(right)) > 1:
        best = min(best, slow_distance(left[:-2], right[:-2]) + 1)
    return best


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="abcdefgh", min_size=5, max_size=9), st.data())
def test_every_word_within_reach_is_a_candidate(word: str, data: st.DataObject) -> None:
    alphabet = st.text(alphabet="abcdefgh", min_size=4, max_size=10)
    known = dict.fromkeys(data.draw(st.lists(alphabet, max_size=20)), 1)
    reach = 2 if len(word) >= 8 else 1
    expected = {other for other in known if slow_distance(word, other) <= reach}
    assert set(Speller(known).candidates(word)) == expected


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"k1": 0.9, "provenance": {}}, id="missing"),
        pytest.param({"k1": 0.9, "b": 0.4, "c": 1, "provenance": {}}, id="unknown"),
        pytest.param({"k1": 0.9, "b": 0.4}, id="without provenance"),
    ],
)
def test_parameters_with_other_names_are_refused(record: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="missing or unknown"):
        read_group(Bm25Parameters, record)
