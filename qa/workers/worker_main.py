"""The process of a worker: it opens the index and runs jobs, one at a time.

A job that takes long asks to go on; meanwhile others may run here, in threads of their own. The
process ends with the one that started it, when the link between them breaks.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

from embeddings.index_errors import EmbeddingsError
from qa.answer import Answer
from qa.assistant import Assistant
from qa.errors import OperativeError
from qa.time_budget import giving_way, time_not_counted
from qa.workers.answer_summary import AnswerSummary
from qa.workers.fair_queue import QUANTUM_S, PlaceLostError
from qa.workers.messages import (
    Answered,
    Failed,
    GivingWay,
    GoOn,
    IndexOpened,
    NotStarted,
    Refused,
    StartCall,
    Warm,
)
from qa.workers.plain_stderr import plain_line, plain_stderr

_MAX_THREADS = 512  # calls that gave way, and one that runs
_summaries: ContextVar[list[AnswerSummary] | None] = ContextVar("summaries", default=None)


def work(link: Connection, index: str, model: str | None) -> None:
    """Answer the calls that come through `link` until it breaks.

    Args:
        link: to the server.
        index: folder of the index.
        model: name or path of the model; None for the one that the index names.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server drains, and then ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with plain_stderr():
        _Worker(link).serve(index, model)
    os._exit(0)  # calls that still run are of no use to anybody


class _PausedCall:
    """Lets one call give way after each `QUANTUM_S` of work."""

    def __init__(self, ask: Callable[[float], None]) -> None:
        self._ask = ask
        self._began = self._resumed = 0.0
        self._told = threading.Event()
        self._is_given_up = False

    def begin(self) -> None:
        """Count the processor time of this thread from now on."""
        self._began = self._resumed = time.thread_time()

    @property
    def worked_s(self) -> float:
        """The processor time of the call so far."""
        return time.thread_time() - self._began

    def give_way(self) -> None:
        """Wait until the call may go on, if it has worked for a while.

        Raises:
            PlaceLostError: it may not.
        """
        if time.thread_time() - self._resumed < QUANTUM_S:
            return
        with time_not_counted():
            self._told.clear()
            self._ask(self.worked_s)
            self._told.wait()
        if self._is_given_up:
            raise PlaceLostError
        self._resumed = time.thread_time()

    def tell(self, *, goes_on: bool) -> None:
        """End the wait of the call."""
        self._is_given_up = not goes_on
        self._told.set()


class _Worker:
    def __init__(self, link: Connection) -> None:
        self._link = link
        self._sending = threading.Lock()
        self._threads = ThreadPoolExecutor(_MAX_THREADS)
        self._paused: dict[int, _PausedCall] = {}
        self._assistant: Assistant
        self._generation = ""  # that the server knows of

    def serve(self, index: str, model: str | None) -> None:
        """Open the index, say so, and run what is asked."""
        try:
            self._assistant = Assistant.open(index, model=model)
        except (OperativeError, EmbeddingsError) as error:
            self._send(NotStarted(str(error)))
            return
        self._assistant.on_answer = _hear
        self._generation = self._assistant.corpus.generation
        self._send(IndexOpened(self._assistant.info()))
        self._threads.submit(self._assistant.warm_up).add_done_callback(self._report_warm)
        while True:
            try:
                message = self._link.recv()
            except (EOFError, OSError):  # the server has ended
                return
            if isinstance(message, StartCall):
                self._begin(message)
            elif paused := self._paused.get(message.call):
                paused.tell(goes_on=isinstance(message, GoOn))

    def _begin(self, call: StartCall) -> None:
        def ask(worked_s: float) -> None:
            self._send(GivingWay(call.call, worked_s))

        self._paused[call.call] = paused = _PausedCall(ask)
        result = self._threads.submit(self._result, call, paused)
        result.add_done_callback(partial(self._report, call.call))

    def _result(self, call: StartCall, paused: _PausedCall) -> bytes:
        """Return the message that holds the result of a call."""
        summaries: list[AnswerSummary] = []
        token = _summaries.set(summaries)
        paused.begin()
        try:
            with giving_way(paused.give_way):
                result = call.job(self._assistant, *call.args, **call.given)
        finally:
            _summaries.reset(token)
        generation = self._assistant.corpus.generation
        is_new, self._generation = generation != self._generation, generation
        info = self._assistant.info() if is_new else None
        return _pickled(Answered(call.call, paused.worked_s, result, tuple(summaries), info))

    def _report(self, number: int, result: "Future[bytes]") -> None:
        del self._paused[number]
        error = result.exception()
        if error is None:
            self._send_bytes(result.result())
        elif isinstance(error, OperativeError | EmbeddingsError):
            self._send(Refused(number, str(error)))
        else:
            self._send(Failed(number, plain_line(f"{type(error).__name__}: {error}")))

    def _report_warm(self, warming: "Future[None]") -> None:
        error = warming.exception()
        self._send(NotStarted(str(error)) if error else Warm())

    def _send(self, message: Any) -> None:  # noqa: ANN401 - of those in `messages`
        self._send_bytes(_pickled(message))

    def _send_bytes(self, message: bytes) -> None:
        try:
            with self._sending:
                self._link.send_bytes(message)
        except OSError:  # the server has ended
            os._exit(0)


def _pickled(message: object) -> bytes:
    return bytes(ForkingPickler.dumps(message))


def _hear(answer: Answer, milliseconds: float) -> None:
    summaries = _summaries.get()
    if summaries is not None:
        summaries.append(AnswerSummary.of(answer, milliseconds))
