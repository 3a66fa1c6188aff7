"""A build in a process of its own, so that questions are answered meanwhile."""

import multiprocessing
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from qa.resolutions.readers.files import Problem

NICE = 10  # lowers the priority of the build below that of questions, on systems with `nice`


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The progress of a build."""

    stage: str  # "Reading", "Embedding"
    done: int
    of: int  # 0 if the total is unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The result of a build."""

    generation: str = ""  # the current one after the build; "" if the build failed
    resolutions: int = 0
    unchanged: bool = False
    problems: tuple[Problem, ...] = ()
    fault: str = ""  # one sentence: the problem and the next step


def build_beside(
    paths: Sequence[Path],
    index: Path,
    *,
    model: str | None = None,
    without: Collection[str] = (),
    every: float = 0.5,
) -> Iterator[Step | Ended]:
    """Build in another process; yield its progress, and at the end its result.

    Args:
        paths: files and folders to add to the index.
        index: folder of the index.
        model: name or path of the model; None for the packaged one.
        without: names of files to remove from the index.
        every: seconds after which the last step is yielded again if nothing is new.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=_build, args=(sender, tuple(paths), index, model, tuple(without)), daemon=False
    )
    process.start()
    sender.close()
    try:
        yield from _messages(receiver, every)
    finally:
        if process.is_alive():
            process.terminate()  # the texts that it has encoded are not encoded again
        process.join()


def _messages(receiver: Connection, every: float) -> Iterator[Step | Ended]:
    """Yield the newest step at least `every` seconds, and at the end the result."""
    step = Step(stage="Starting", done=0, of=0)
    while True:
        try:
            while receiver.poll(every):
                message = receiver.recv()
                if isinstance(message, Ended):
                    yield message
                    return
                step = message
                if not receiver.poll():
                    break
        except EOFError:
            yield Ended(fault="The build ended before it was done; start it again.")
            return
        yield step


def _build(
    pipe: Connection, paths: Sequence[Path], index: Path, model: str | None, without: Sequence[str]
) -> None:
    """Run in the other process."""
    from embeddings.index_errors import EmbeddingsError
    from embeddings.model.encoder import Encoder
    from qa.errors import OperativeError
    from qa.indexing.build import build

    if sys.platform != "win32":
        os.nice(NICE)

    def progress(stage: str, done: int, of: int) -> None:
        pipe.send(Step(stage=stage, done=done, of=of))

    try:
        report = build(
            paths,
            index,
            load_encoder=lambda: Encoder.load(model),
            progress=progress,
            adds=True,
            without=without,
        )
    except (OperativeError, EmbeddingsError) as error:
        pipe.send(Ended(fault=str(error)))
        return
    pipe.send(
        Ended(
            generation=report.generation,
            resolutions=report.resolutions,
            unchanged=report.unchanged,
            problems=report.problems,
        )
    )
