"""A worker as the server sees it: a process that is started, runs calls, and may end."""

import logging
import multiprocessing
import threading
from collections.abc import Callable, Mapping
from itertools import count
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any

from qa.errors import OperativeError
from qa.time_budget import TookTooLongError, check_time
from qa.workers.fair_queue import BusyError, PlaceLostError
from qa.workers.messages import (
    Answered,
    Failed,
    GiveUp,
    GivingWay,
    GoOn,
    IndexOpened,
    NotStarted,
    OfCall,
    OfWorker,
    Refused,
    StartCall,
    ToWorker,
    Warm,
    WorkerEnded,
)
from qa.workers.worker_main import work

HARD_LIMIT_S = 20.0  # of work without a place where a call would give way or end
_LOG = logging.getLogger(__name__)


class WorkerRefusalError(OperativeError):
    """What a job raised in a worker: a sentence for its client."""


class WorkerFailedError(OperativeError):
    """A call met an unexpected error."""

    def __init__(self) -> None:
        super().__init__("An unexpected error ended this call; please ask in other words.")


class WorkerEndedError(OperativeError):
    """The process that worked on a call has ended."""

    def __init__(self) -> None:
        super().__init__(
            "The process that worked on this has ended, and another takes its place; "
            "please ask again, or for less at a time."
        )


class WorkerProcess:
    """One worker. Its messages that concern no call are handed to `on_message`."""

    def __init__(
        self,
        number: int,
        index: str,
        model: str | None,
        on_message: "Callable[[WorkerProcess, OfWorker | Answered], None]",
    ) -> None:
        """Start the process.

        Args:
            number: of its place.
            index: folder of the index.
            model: name or path of the model; None for the one that the index names.
            on_message: called from another thread.
        """
        self.number = number
        self.is_warm = False
        self.is_open = False
        self._on_message = on_message
        self._calls: dict[int, SimpleQueue[OfCall]] = {}
        self._numbers = count()
        self._sending = threading.Lock()
        context = multiprocessing.get_context("spawn")
        self._link, theirs = context.Pipe()
        self._process = context.Process(
            target=work, args=(theirs, index, model), name=f"worker-{number}", daemon=True
        )
        self._process.start()
        theirs.close()
        self._listener = threading.Thread(
            target=self._listen, args=(self._link,), name=f"worker-{number}", daemon=True
        )
        self._listener.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    def run(
        self,
        job: Callable[..., Any],
        args: tuple[Any, ...],
        given: Mapping[str, Any],
        *,
        limit_s: float = HARD_LIMIT_S,
        worked: Callable[[float], None] = lambda _seconds: None,
    ) -> Any:  # noqa: ANN401 - what the job returns
        """Return the result of a job.

        Args:
            job: takes the assistant, and the rest.
            args: the rest.
            given: parameters by name.
            limit_s: seconds of work without a sign, after which the process is ended.
            worked: called with the processor time that the job has used so far.

        Raises:
            OperativeError: the job did, or the process ended.
        """
        number, replies = next(self._numbers), SimpleQueue[OfCall]()
        self._calls[number] = replies
        try:
            self._send(StartCall(number, job, args, given))
            while True:
                reply = self._next(replies, limit_s)
                if isinstance(reply, GivingWay | Answered):
                    worked(reply.worked_s)
                if isinstance(reply, GivingWay):
                    self._let_others_go_first(number)
                else:
                    return self._result(reply)
        finally:
            del self._calls[number]

    def end(self) -> None:
        """End the process at once."""
        self._on_message(self, WorkerEnded())  # before others are sent to it
        self._process.kill()

    def join(self, seconds: float) -> None:
        """Return once the process has ended, or after some time."""
        self._listener.join(seconds)

    def _next(self, replies: "SimpleQueue[OfCall]", limit_s: float) -> OfCall:
        while True:
            try:
                return replies.get(timeout=limit_s)
            except Empty:
                if self.is_warm:  # until then, calls wait for what is loaded
                    self.end()
                    raise TookTooLongError(limit_s) from None

    def _let_others_go_first(self, call: int) -> None:
        try:
            check_time()
        except (BusyError, PlaceLostError):
            self._send(GiveUp(call))
            raise
        self._send(GoOn(call))

    def _result(self, reply: OfCall) -> Any:  # noqa: ANN401 - what the job returned
        if isinstance(reply, Answered):
            self._on_message(self, reply)
            return reply.result
        if isinstance(reply, Refused):
            raise WorkerRefusalError(reply.message)
        if isinstance(reply, Failed):
            _LOG.error("a call failed: %s", reply.line)
            raise WorkerFailedError
        raise WorkerEndedError

    def _send(self, message: ToWorker) -> None:
        try:
            with self._sending:
                self._link.send(message)
        except OSError as error:
            raise PlaceLostError from error

    def _listen(self, link: Connection) -> None:
        """Hand on what the process sends, until it ends."""
        while True:
            try:
                message = link.recv()
            except (EOFError, OSError):
                break
            if isinstance(message, IndexOpened | Warm | NotStarted):
                self._on_message(self, message)
            elif replies := self._calls.get(message.call):
                replies.put(message)
        self._on_message(self, WorkerEnded())
        for replies in list(self._calls.values()):
            replies.put(WorkerEnded())
        self._process.join()
        link.close()
