"""The processes that answer for a server. They share the files of the index in memory.

One is started with the server, the others once calls have to wait. A process that ends is replaced.
"""

import atexit
import os
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate

from qa.errors import OperativeError
from qa.workers.answer_pool import Given, Heard, Result, expected_seconds
from qa.workers.fair_queue import FairQueue, PlaceLostError
from qa.workers.messages import Answered, IndexOpened, NotStarted, OfWorker, Warm
from qa.workers.worker_process import HARD_LIMIT_S, WorkerEndedError, WorkerProcess

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.corpus.info import Info

_TRIES = 3  # of a call whose worker ended before it began, or through another call
_RETRY_S = 1  # before the next start, where a worker ended before it was warm
_JOIN_S = 2
_NEVER_STARTED = "The process that answers ended while it was starting; run `operative doctor`."


class WorkerStartError(OperativeError):
    """No worker could start; the message says why."""


def default_workers() -> int:
    """Return the number of cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerPool:
    """Runs jobs in other processes; see `AnswerPool`."""

    def __init__(
        self,
        index: Path,
        model: str | None = None,
        *,
        workers: int,
        hard_limit_s: float = HARD_LIMIT_S,
    ) -> None:
        """Start the first process.

        Args:
            index: folder of the index.
            model: name or path of the model; None for the one that the index names.
            workers: processes at most.
            hard_limit_s: seconds that a call may take without a place where it would end.
        """
        self.on_answer: Heard = lambda _summary: None
        self.ended = 0
        """How many processes have ended unexpectedly."""
        self._index, self._model = str(index), model
        self._most, self._hard_limit_s = workers, hard_limit_s
        self._places = FairQueue(())
        self._workers: dict[int, WorkerProcess] = {}
        self._numbers = count()
        self._changed = threading.Condition(threading.RLock())
        self._info: Info | None = None
        self._problem = ""
        self._is_closed = False
        atexit.register(self.close)
        self._start()

    @property
    def waiting(self) -> int:
        """How many calls wait."""
        return self._places.waiting

    @property
    def is_warm(self) -> bool:
        """Whether a process answers without loading anything first."""
        return any(worker.is_warm for worker in list(self._workers.values()))

    @property
    def workers(self) -> int:
        """How many processes there are, those included that are starting."""
        return len(self._workers)

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes."""
        return tuple(worker.pid for worker in list(self._workers.values()))

    @property
    def info(self) -> "Info":
        """What is loaded, once that is known.

        Raises:
            WorkerStartError: no process could start.
        """
        if self._info is None:
            self._wait(lambda: self._info is not None)
        if self._info is None:
            raise WorkerStartError(_NEVER_STARTED)
        return self._info

    def wait_until_warm(self) -> None:
        """Return once a process answers without loading anything first.

        Raises:
            WorkerStartError: none could start.
        """
        self._wait(lambda: self.is_warm)

    def run(
        self,
        client: str,
        job: "Callable[Concatenate[Assistant, Given], Result]",
        *args: Given.args,
        **given: Given.kwargs,
    ) -> Result:
        """Return the result of a job once it is the turn of its client.

        Raises:
            BusyError: it was not reached in time.
            TookTooLongError: it took too long, and its process was ended.
            WorkerEndedError: its process ended.
            OperativeError: what the job raised.
        """
        expected_s = expected_seconds(*args, **given)
        for _ in range(_TRIES):
            if not self._places.has_free_place:
                self._grow()
            try:
                with self._places.place(client, expected_s=expected_s) as held:
                    worker = self._workers.get(held.number)
                    if worker is not None:
                        result: Result = worker.run(
                            job, args, given, limit_s=self._hard_limit_s, worked=held.worked
                        )
                        return result
            except PlaceLostError:
                continue
        raise WorkerEndedError

    def renew(self) -> None:
        """Answer from the newest generation before anything else is answered.

        Raises:
            OperativeError: it cannot be opened; the old one still serves.
        """
        for worker in list(self._workers.values()):
            try:
                worker.run(_renew, (), {}, limit_s=10 * self._hard_limit_s)
            except (PlaceLostError, WorkerEndedError):
                continue  # the process that replaces it opens the newest

    def close(self) -> None:
        """End all processes."""
        atexit.unregister(self.close)
        with self._changed:
            self._is_closed = True
            self._places.stop()
            workers = list(self._workers.values())
        for worker in workers:
            worker.end()
        for worker in workers:
            worker.join(_JOIN_S)

    def _start(self) -> None:
        with self._changed:
            if self._is_closed or len(self._workers) >= self._most:
                return
            number = next(self._numbers)
            self._workers[number] = WorkerProcess(number, self._index, self._model, self._hear)

    def _grow(self) -> None:
        """Start another process, unless one is starting or there are enough."""
        with self._changed:
            is_starting = any(not worker.is_warm for worker in self._workers.values())
            if self._workers and not is_starting:
                self._start()

    def _hear(self, worker: WorkerProcess, message: OfWorker | Answered) -> None:
        if isinstance(message, Answered):
            self._info = message.info or self._info
            for summary in message.summaries:
                self.on_answer(summary)
            return
        with self._changed:
            if isinstance(message, IndexOpened):
                self._info = message.info
                self._places.open(worker.number)
            elif isinstance(message, Warm):
                worker.is_warm = True
                self._problem = ""
            elif isinstance(message, NotStarted):
                self._problem = message.message
                worker.end()
            else:
                self._replace(worker)
            self._changed.notify_all()

    def _replace(self, ended: WorkerProcess) -> None:
        self._places.close(ended.number)
        if self._workers.pop(ended.number, None) is None or self._is_closed:
            return
        self.ended += 1
        if ended.is_warm:
            self._start()
        else:  # another one may end as well
            self._problem = self._problem or _NEVER_STARTED
            retry = threading.Timer(_RETRY_S, self._start)
            retry.daemon = True
            retry.start()

    def _wait(self, is_so: Callable[[], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: is_so() or bool(self._problem) or self._is_closed)
            if not is_so() and self._problem:
                raise WorkerStartError(self._problem)


def _renew(assistant: "Assistant") -> None:
    assistant.renew()
