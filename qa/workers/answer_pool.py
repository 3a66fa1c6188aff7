"""Where a server has its answers made: in this process, or in others (`worker_pool`)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from qa.workers.answer_summary import AnswerSummary
from qa.workers.fair_queue import CHARACTERS_PER_S, FairQueue

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.assistant import Assistant
    from qa.corpus.info import Info

Given = ParamSpec("Given")
Result = TypeVar("Result")
Heard = Callable[[AnswerSummary], None]


class AnswerPool(Protocol):
    """Runs jobs for clients, fairly.

    A job is a function of a module, which takes the assistant first; its parameters and its result
    can be pickled.
    """

    on_answer: Heard
    """Called with a summary of every answer to a question."""
    ended: int
    """How many processes have ended unexpectedly."""

    @property
    def waiting(self) -> int:
        """How many calls wait."""

    @property
    def workers(self) -> int:
        """How many other processes there are."""

    @property
    def is_warm(self) -> bool:
        """Whether what answers need is loaded."""

    @property
    def info(self) -> "Info":
        """What is loaded."""

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
            OperativeError, EmbeddingsError: what the job raises.
        """

    def renew(self) -> None:
        """Answer from the newest generation before anything else is answered.

        Raises:
            OperativeError, EmbeddingsError: it cannot be opened; the old one still serves.
        """


class OwnProcess:
    """Runs jobs in this process, one at a time."""

    workers = 0
    ended = 0

    def __init__(self, assistant: "Assistant", places: FairQueue | None = None) -> None:
        self._assistant = assistant
        self._places = places or FairQueue()
        self.on_answer: Heard = lambda _summary: None
        assistant.on_answer = self._hear

    @property
    def waiting(self) -> int:
        """How many calls wait."""
        return self._places.waiting

    @property
    def is_warm(self) -> bool:
        """Whether what answers need is loaded."""
        return self._assistant.is_warm

    @property
    def info(self) -> "Info":
        """What is loaded."""
        return self._assistant.info()

    def run(
        self,
        client: str,
        job: "Callable[Concatenate[Assistant, Given], Result]",
        *args: Given.args,
        **given: Given.kwargs,
    ) -> Result:
        """Return the result of a job once it is the turn of its client."""
        with self._places.place(client, expected_s=expected_seconds(*args, **given)):
            return job(self._assistant, *args, **given)

    def renew(self) -> None:
        """Answer from the newest generation before anything else is answered."""
        self._assistant.renew()

    def _hear(self, answer: "Answer", milliseconds: float) -> None:
        self.on_answer(AnswerSummary.of(answer, milliseconds))


def expected_seconds(*args: object, **given: object) -> float:
    """Return how long a job is expected to take: longer for long texts."""
    texts = [value for value in (*args, *given.values()) if isinstance(value, str)]
    return sum(map(len, texts)) / CHARACTERS_PER_S
