"""A build in a process of its own, so that questions are answered meanwhile."""

import multiprocessing
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from qa.resolutions.readers.files import Problem

NICE = 10  # by which the build gives way to those who ask, where the system knows such a thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a build is."""

    stage: str  # "Reading", "Embedding"
    done: int
    of: int  # 0 where nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a build ended."""

    generation: str = ""  # the one that serves then; "" where it failed
    resolutions: int = 0
    unchanged: bool = False
    problems: tuple[Problem, ...] = ()
    fault: str = ""  # one sentence: what happened, and what to do


def build_beside(
    paths: Sequence[Path],
    index: Path,
    *,
    model: str | None = None,
    without: Collection[str] = (),
    every: float = 0.5,
) -> Iterator[Step | Ended]:
    """Build in a process of its own: yield how far it is, and last how it ended.

    Args:
        paths: what is added to the index.
        index: its folder.
        model: name or path of the model; None for the packaged one.
        without: names of files that are taken out.
        every: seconds after which the last step is yielded again where nothing is new.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_build, args=(theirs, tuple(paths), index, model, tuple(without)), daemon=False
    )
    process.start()
    theirs.close()
    step = Step(stage="Starting", done=0, of=0)
    try:
        while True:
            try:
                while ours.poll(every):
                    told = ours.recv()
                    if isinstance(told, Ended):
                        yield told
                        return
                    step = told
                    if not ours.poll():
                        break
            except EOFError:
                yield Ended(fault="The build ended before it was done; start it again.")
                return
            yield step
    finally:
        if process.is_alive():
            process.terminate()  # whatever was encoded is not encoded again
        process.join()


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
