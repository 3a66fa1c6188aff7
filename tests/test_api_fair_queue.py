"""Who is answered next."""

import threading
from collections.abc import Callable, Sequence

import pytest

from qa.api.fair_queue import HALF_LIFE_S, BusyError, FairQueue, in_turn


class Clock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def order_of(queue: FairQueue, clients: Sequence[str], work: Callable[[str], None]) -> list[str]:
    """The order in which calls are answered that wait in the order of `clients`."""
    served: list[str] = []

    def call(client: str) -> None:
        with queue.place(client):
            served.append(client)
            work(client)

    threads = []
    with queue.place("first"):
        for number, client in enumerate(clients, 1):
            threads.append(threading.Thread(target=call, args=(client,)))
            threads[-1].start()
            while queue.waiting < number:
                pass
    for thread in threads:
        thread.join()
    return served


def test_a_reader_is_not_behind_all_calls_of_another() -> None:
    clock = Clock()

    def work(_client: str) -> None:
        clock.now += 1

    assert order_of(FairQueue(clock=clock), ["greedy"] * 4 + ["reader"], work) == [
        "greedy",
        "reader",
        "greedy",
        "greedy",
        "greedy",
    ]


def test_who_has_used_much_lets_others_go_first_until_that_is_long_ago() -> None:
    clock = Clock()
    queue = FairQueue(clock=clock)

    def work(_client: str) -> None:
        clock.now += 0

    with queue.place("greedy"):
        clock.now += 100
    with queue.place("reader"):
        clock.now += 1
    assert order_of(queue, ["greedy", "reader"], work) == ["reader", "greedy"]
    clock.now += 20 * HALF_LIFE_S
    with queue.place("reader"):
        clock.now += 1
    assert order_of(queue, ["reader", "greedy"], work) == ["greedy", "reader"]


def test_equals_are_answered_in_their_order() -> None:
    assert order_of(FairQueue(clock=Clock()), list("dbca"), lambda _client: None) == list("dbca")


def test_a_call_that_gets_no_place_says_so() -> None:
    queue = FairQueue()
    with (
        queue.place("one"),
        pytest.raises(BusyError, match="please ask again"),
        queue.place("two", 0),
    ):
        pass
    with queue.place("two", 0):  # the place is free again
        assert queue.waiting == 0


def test_an_error_gives_the_place_back() -> None:
    queue = FairQueue()

    def fail() -> dict[str, object]:
        raise ValueError("bad")

    for _ in range(2):
        with pytest.raises(ValueError, match="bad"):
            in_turn(fail, queue, lambda: "one")()
