"""A server under load: `python -m benchmarks.load INDEX` prints a table.

It starts servers on this machine and measures: readers at once, each asking its next question when
the last is answered; an honest reader next to hostile clients, and next to heavy calls of another;
ten readers for some minutes, and what the memory grows by. Every run has a fixed length. Clients
have addresses of their own, as behind a proxy on the same machine.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.hardware import describe
from benchmarks.load_clients import LoadClient, Tally
from benchmarks.served_index import QUESTIONS, ServedIndex

READERS = (1, 10, 50, 200)
HOSTILE = 50
SOAKING = 10
PAUSE_S = 0.5  # of an honest reader after an answer
MIB = 2**20
_NETWORKS = count()
Call = tuple[str, dict[str, Any]]
_MOST = 999_999_999
_WORDS = "the of and to in for "
_QUOTED = "It “reaffirms the principles of the Charter” (A/RES/61/181, para. 6). "
HOSTILE_CALLS: tuple[Call, ...] = (
    ("verify_quote", {"text": _WORDS * 1000, "citation": "S/RES/2231"}),
    ("ask", {"question": "list all resolutions that mention peace", "top": _MOST}),
    ("ask", {"question": "Which paragraphs request the Secretary-General to report?", "top": 100}),
    ("mandates", {"top": 1000}),
    ("check_text", {"text": _QUOTED * 800}),
    ("check_text", {"text": _QUOTED * (MIB // len(_QUOTED))}),  # the gate refuses it
    ("agreed", {"draft": "Urges all States to cooperate with the Secretary-General;\n\n" * 500}),
    ("show", {"citation": "A/RES/70/1"}),
    ("show", {"citation": "x" * (64 * 1024 + 1)}),  # the gate refuses it
)
HEAVY_CALLS: dict[str, Call] = {
    "a list of 100": HOSTILE_CALLS[2],
    "a check of 58 kB": HOSTILE_CALLS[4],
    "a draft of 29 kB": HOSTILE_CALLS[6],
    "all mandates": HOSTILE_CALLS[3],
    "a whole document": HOSTILE_CALLS[7],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """Seconds of each kind of run."""

    readers: int
    hostile: int
    heavy: int
    soak: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("index", type=Path, help="folder of an index")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=60, help="of a run with readers")
    parser.add_argument("--minutes", type=int, default=10, help="of the runs that are longest")
    args = parser.parse_args()
    lengths = Lengths(
        readers=args.seconds,
        hostile=60 * args.minutes,
        heavy=args.seconds,
        soak=60 * args.minutes,
    )
    print(f"{describe()}\n\n| measure | measured |\n| --- | --- |", flush=True)
    for workers in sorted({1, args.workers}):
        with _served(args.index, workers) as server:
            for name, measured in _reader_rows(server, lengths.readers):
                print(f"| {name}, {workers} at work | {measured} |", flush=True)
    with _served(args.index, args.workers) as server:
        for rows in (_hostile_rows, _heavy_rows, _soak_rows):
            for name, measured in rows(server, lengths):
                print(f"| {name} | {measured} |", flush=True)


@contextmanager
def _served(index: Path, workers: int) -> Iterator[ServedIndex]:
    server = ServedIndex(index, "--public", "--workers", str(workers))
    try:
        server.wait("ready")
        asyncio.run(_ask_at_once(server.port, 4 * workers, 15))  # until all processes are warm
        yield server
    finally:
        server.close()


def _reader_rows(server: ServedIndex, seconds: int) -> Iterator[tuple[str, str]]:
    for way in ("functions", "gradio"):
        for readers in READERS:
            tally = asyncio.run(_ask_at_once(server.port, readers, seconds, way))
            yield (
                f"{_counted(readers, 'reader')} at once, {way}, {seconds} s",
                f"{len(tally.seconds) / tally.elapsed_s:.1f}/s, {_times(tally)}",
            )


def _hostile_rows(server: ServedIndex, lengths: Lengths) -> Iterator[tuple[str, str]]:
    alone = asyncio.run(_honest_among(server.port, lengths.readers, []))
    yield f"an honest reader alone, {lengths.readers} s", _times(alone)
    hostile = [_hostile(server.port, number, lengths.hostile) for number in range(HOSTILE)]
    tally = asyncio.run(_honest_among(server.port, lengths.hostile, hostile))
    yield f"the same next to {HOSTILE} hostile clients, {lengths.hostile} s", _times(tally)
    yield "memory after that", f"{server.megabytes() / 1024:.2f} GB"


def _heavy_rows(server: ServedIndex, lengths: Lengths) -> Iterator[tuple[str, str]]:
    for name, (function, given) in HEAVY_CALLS.items():
        heavy = _repeat(server.port, lengths.heavy, function, given)
        tally = asyncio.run(_honest_among(server.port, lengths.heavy, [heavy]))
        yield f"an honest reader next to {name}, again and again, {lengths.heavy} s", _times(tally)


def _soak_rows(server: ServedIndex, lengths: Lengths) -> Iterator[tuple[str, str]]:
    settling = lengths.soak // 4
    asyncio.run(_ask_at_once(server.port, SOAKING, settling))
    before = server.megabytes()
    tally = asyncio.run(_ask_at_once(server.port, SOAKING, lengths.soak - settling))
    grown = server.megabytes() - before
    yield f"{SOAKING} readers, {lengths.soak} s", f"{len(tally.seconds):,} answers, {_times(tally)}"
    yield f"growth of memory after the first {settling} s", f"{grown:.0f} MB of {before:.0f}"


async def _ask_at_once(port: int, readers: int, seconds: int, way: str = "functions") -> Tally:
    """Return what came of the questions of so many readers, each without a pause."""
    tally, until = Tally(), time.perf_counter() + seconds
    network = f"10.{next(_NETWORKS)}"  # clients that the server has not seen

    async def ask(number: int) -> None:
        client = LoadClient(port, f"{network}.{number // 250}.{number % 250 + 1}")
        questions = islice(cycle(QUESTIONS), number % len(QUESTIONS), None)
        while time.perf_counter() < until:
            question = next(questions)
            if way == "gradio":
                await client.ask(question, tally)
            else:
                await client.call("ask", {"question": question}, tally)

    began = time.perf_counter()
    await asyncio.gather(*(ask(number) for number in range(readers)))
    tally.elapsed_s = time.perf_counter() - began  # with what was under way at the end
    return tally


async def _honest_among(port: int, seconds: int, others: Sequence[Awaitable[None]]) -> Tally:
    """Return what came of the questions of one reader, next to others."""
    tally, until = Tally(), time.perf_counter() + seconds

    async def ask() -> None:
        client, questions = LoadClient(port, "203.0.113.7"), cycle(QUESTIONS)
        while time.perf_counter() < until:
            await client.call("ask", {"question": next(questions)}, tally)
            await asyncio.sleep(PAUSE_S)

    await asyncio.gather(ask(), *others)
    return tally


async def _hostile(port: int, number: int, seconds: int) -> None:
    """Send what costs most, by plain HTTP and by MCP, for so long."""
    client, choice = LoadClient(port, f"192.0.2.{number + 1}"), random.Random(number)
    ways: tuple[Callable[..., Awaitable[None]], ...] = (client.call, client.call_tool)
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        function, given = choice.choice(HOSTILE_CALLS)
        await choice.choice(ways)(function, given, Tally())


async def _repeat(port: int, seconds: int, function: str, given: dict[str, Any]) -> None:
    client, until = LoadClient(port, "192.0.2.1"), time.perf_counter() + seconds
    while time.perf_counter() < until:
        await client.call(function, given, Tally())


def _times(tally: Tally) -> str:
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    times = ", ".join(f"{name} {tally.quantile(share):.3f} s" for name, share in shares.items())
    return f"{times}, {tally.refused} refused"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


if __name__ == "__main__":
    main()
