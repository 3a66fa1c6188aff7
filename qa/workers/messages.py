"""What a server and the process of a worker send each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.workers.answer_summary import AnswerSummary

if TYPE_CHECKING:
    from qa.corpus.info import Info


@dataclass(frozen=True, slots=True)
class StartCall:
    """To a worker: run a job."""

    call: int  # its number, in every message about it
    job: Callable[..., Any]
    args: tuple[Any, ...]
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoOn:
    """To a worker: a call that gave way has its place again."""

    call: int


@dataclass(frozen=True, slots=True)
class GiveUp:
    """To a worker: a call that gave way will get no place again."""

    call: int


@dataclass(frozen=True, slots=True)
class IndexOpened:
    """From a worker: it takes calls."""

    info: "Info"


@dataclass(frozen=True, slots=True)
class Warm:
    """From a worker: what answers need is loaded."""


@dataclass(frozen=True, slots=True)
class NotStarted:
    """From a worker: it cannot answer."""

    message: str


@dataclass(frozen=True, slots=True)
class GivingWay:
    """From a worker: a call has worked for a while and waits for `GoOn`."""

    call: int
    worked_s: float  # processor time of the call so far


@dataclass(frozen=True, slots=True)
class Answered:
    """From a worker: a call has ended."""

    call: int
    worked_s: float  # processor time of the call
    result: Any
    summaries: tuple[AnswerSummary, ...]  # of the questions that it answered
    info: "Info | None"  # where another generation serves than before


@dataclass(frozen=True, slots=True)
class Refused:
    """From a worker: a call has ended with an error, in one sentence for its client."""

    call: int
    message: str


@dataclass(frozen=True, slots=True)
class Failed:
    """From a worker: a call has ended with an unexpected error."""

    call: int
    line: str  # for the log


@dataclass(frozen=True, slots=True)
class WorkerEnded:
    """Of a worker: its process has ended."""


ToWorker = StartCall | GoOn | GiveUp
OfCall = GivingWay | Answered | Refused | Failed | WorkerEnded
OfWorker = IndexOpened | Warm | NotStarted | WorkerEnded
