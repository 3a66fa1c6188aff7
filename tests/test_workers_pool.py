"""The processes that answer: the same answers, and what becomes of a call when one ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pool_jobs
import pytest

from embeddings.model.encoder import Encoder
from qa.api.functions import ApiFunctions, call_function
from qa.assistant import Assistant
from qa.indexing.build import build
from qa.time_budget import TookTooLongError
from qa.workers.answer_summary import AnswerSummary
from qa.workers.worker_pool import WorkerPool, WorkerStartError
from qa.workers.worker_process import WorkerEndedError, WorkerFailedError, WorkerRefusalError

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent.parent / "data"
LIMIT_S = 1.5
NEW_TEXT = """United Nations A/RES/61/901

General Assembly

Resolution adopted by the General Assembly on 20 December 2006

61/901. Meetings

The General Assembly,

Recalling its resolution 61/181,

1. Decides to meet every year in Geneva;
"""
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("ask", {"question": "What is said about juvenile justice?", "top": 2}),
    ("ask", {"question": "How did France vote on 61/181?"}),
    ("retrieve", {"question": "corruption", "k": 3}),
    ("show", {"citation": "61/181 OP6"}),
    ("verify_quote", {"text": "Urges all States", "citation": "A/RES/61/181, para. 6"}),
    ("mandates", {"to": "States", "top": 2}),
    ("cites", {"citation": "61/181"}),
]


def until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something is so; fail if it does not become so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether a process still runs; one that has ended and is not yet waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture(scope="module")
def index(built_index: Path) -> Path:
    return built_index


@pytest.fixture(scope="module")
def pool(index: Path, encoder: Encoder) -> Iterator[WorkerPool]:
    """A pool of one process, which has the model that other tests have compiled."""
    pool = WorkerPool(index, workers=1, hard_limit_s=LIMIT_S)
    pool.wait_until_warm()
    yield pool
    pool.close()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


@pytest.mark.parametrize(("name", "given"), CALLS, ids=[name for name, _ in CALLS])
def test_a_worker_answers_as_this_process_does(
    name: str, given: dict[str, Any], pool: WorkerPool, assistant: Assistant
) -> None:
    wanted = getattr(ApiFunctions(assistant), name)(**given)
    answered = pool.run("reader", call_function, name, **given)
    for answer in (wanted, answered):
        answer.pop("timing_ms", None)
    assert json.dumps(answered) == json.dumps(wanted)


def test_what_is_loaded_is_known_without_asking(pool: WorkerPool, assistant: Assistant) -> None:
    assert pool.info == assistant.info()


def test_answers_are_counted_and_other_calls_are_not(pool: WorkerPool) -> None:
    heard: list[AnswerSummary] = []
    pool.on_answer = heard.append
    pool.run("reader", call_function, "ask", question="61/181 OP6")
    pool.run("reader", call_function, "cites", citation="61/181")
    assert [(answer.road, answer.quotes) for answer in heard] == [("look_up", 1)]


def test_an_error_is_one_sentence(pool: WorkerPool, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(WorkerRefusalError, match=r"^Name a document\.$"):
        pool.run("reader", pool_jobs.refuse)
    with pytest.raises(WorkerFailedError, match="unexpected error"):
        pool.run("reader", pool_jobs.stumble)
    assert [record.getMessage() for record in caplog.records] == [
        "a call failed: KeyError: '[path]'"
    ]
    assert pool.run("reader", pool_jobs.pid) == pool.pids[0]


def test_a_long_call_gives_way_in_its_process_and_goes_on(
    pool: WorkerPool, threads: ThreadPoolExecutor, tmp_path: Path
) -> None:
    short_ran = str(tmp_path / "short")
    long = threads.submit(pool.run, "greedy", pool_jobs.wait_for, short_ran)
    time.sleep(0.3)
    assert pool.run("reader", pool_jobs.note, short_ran) == pool.pids[0]
    assert long.result() == "went on"


def test_a_call_without_end_is_ended_and_others_go_on(
    pool: WorkerPool, threads: ThreadPoolExecutor, tmp_path: Path
) -> None:
    before, ended = pool.pids, pool.ended
    others_ran = str(tmp_path / "others")
    paused = threads.submit(pool.run, "greedy", pool_jobs.wait_for, others_ran)
    time.sleep(0.3)
    with pytest.raises(TookTooLongError, match="took too long"):
        pool.run("reader", pool_jobs.hang, str(tmp_path / "hangs"))
    Path(others_ran).touch()
    assert paused.result() == "went on"  # it was begun again in another process
    assert pool.ended == ended + 1
    assert pool.pids != before
    assert not is_alive(before[0])


@pytest.mark.slow
def test_a_process_that_dies_is_replaced(pool: WorkerPool) -> None:
    before, ended = pool.pids, pool.ended
    with pytest.raises(WorkerEndedError, match="please ask again"):
        pool.run("reader", pool_jobs.die)
    assert pool.run("reader", pool_jobs.pid) not in before
    assert pool.ended == ended + 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
def test_a_worker_that_is_told_to_stop_with_its_server_answers_until_the_end(
    pool: WorkerPool,
) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(pool.pids[0], number)
    assert pool.run("reader", pool_jobs.pid) == pool.pids[0]


@pytest.mark.slow
def test_a_newer_generation_is_taken_up(index_copy: Path, encoder: Encoder, tmp_path: Path) -> None:
    pool = WorkerPool(index_copy, workers=1)
    try:
        old = pool.info.generation
        newer = tmp_path / "newer.txt"
        newer.write_text(NEW_TEXT, encoding="utf-8")
        build([DATA, newer], index_copy, load_encoder=lambda: encoder)
        pool.run("reader", call_function, "show", citation="61/181 OP6")  # it sees the new one
        pool.renew()
        answer = pool.run("reader", call_function, "show", citation="61/901 OP1")
        assert answer["quotes"][0]["text"] == "Decides to meet every year in Geneva;"
        assert pool.info.generation == answer["index"]["generation"] != old
        assert pool.info.resolutions == 3
    finally:
        pool.close()


def test_an_index_that_is_not_there_is_named(tmp_path: Path) -> None:
    pool = WorkerPool(tmp_path / "none", workers=1)
    with pytest.raises(WorkerStartError, match="operative build"):
        pool.wait_until_warm()
    with pytest.raises(WorkerStartError):
        _ = pool.info
    pool.close()


@pytest.mark.slow
def test_more_processes_are_started_while_calls_wait(
    index: Path, encoder: Encoder, threads: ThreadPoolExecutor, tmp_path: Path
) -> None:
    pool = WorkerPool(index, workers=2)
    pool.wait_until_warm()
    assert pool.workers == 1
    released = str(tmp_path / "released")
    held = [threads.submit(pool.run, name, pool_jobs.wait_for, released) for name in "ab"]
    until(lambda: len(pool.pids) == 2)
    Path(released).touch()
    assert [call.result() for call in held] == ["went on"] * 2
    pids = pool.pids
    pool.close()
    until(lambda: not any(map(is_alive, pids)))
    with pytest.raises(WorkerEndedError):
        pool.run("late", pool_jobs.pid)


ORPHANING = """
import sys
from pathlib import Path
from qa.workers.worker_pool import WorkerPool

if __name__ == "__main__":
    pool = WorkerPool(Path(sys.argv[1]), workers=1)
    pool.wait_until_warm()
    print(*pool.pids, flush=True)
    sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
def test_workers_end_with_the_process_that_started_them(
    index: Path, encoder: Encoder, tmp_path: Path
) -> None:
    script = tmp_path / "server.py"
    script.write_text(ORPHANING, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, index],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(DATA.parent)},
    ) as server:
        assert server.stdout
        pids = [int(pid) for pid in server.stdout.readline().split()]
        assert len(pids) == 1
        assert all(map(is_alive, pids))
        server.kill()
        until(lambda: not any(map(is_alive, pids)))
