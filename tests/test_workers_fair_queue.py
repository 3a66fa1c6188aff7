"""Who is answered next."""

import threading
import time
from collections.abc import Callable, Sequence

import pytest

from qa.time_budget import check_time
from qa.workers.answer_pool import expected_seconds
from qa.workers.fair_queue import HALF_LIFE_S, LONG_S, BusyError, FairQueue, PlaceLostError


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

    def fail() -> None:
        raise ValueError("bad")

    for _ in range(2):
        with pytest.raises(ValueError, match="bad"), queue.place("one"):
            fail()


def test_a_long_call_gives_way_to_a_short_one_and_then_goes_on() -> None:
    queue = FairQueue()
    events: list[str] = []
    is_long_begun = threading.Event()

    def long() -> None:
        with queue.place("greedy"):
            is_long_begun.set()
            until = time.monotonic() + 10
            while "short" not in events and time.monotonic() < until:
                check_time()
            events.append("long")

    def short() -> None:
        with queue.place("reader"):
            events.append("short")

    calls = [threading.Thread(target=long), threading.Thread(target=short)]
    calls[0].start()
    is_long_begun.wait()
    calls[1].start()
    for call in calls:
        call.join()
    assert events == ["short", "long"]
    with queue.place("anybody", 0):  # every place was given back
        assert queue.waiting == 0


def test_a_call_does_not_give_way_to_who_has_used_more() -> None:
    clock = Clock()
    queue = FairQueue(clock=clock)
    with queue.place("greedy"):
        clock.now += 100

    def wait() -> None:
        with queue.place("greedy"):
            pass

    with queue.place("reader"):
        waiting = threading.Thread(target=wait)
        waiting.start()
        while not queue.waiting:
            pass
        clock.now += 1
        check_time()
        assert queue.waiting == 1
    waiting.join()


def test_waiting_for_others_is_not_counted_and_ends_too() -> None:
    clock = Clock()
    queue = FairQueue(clock=clock)
    held, is_held = threading.Event(), threading.Event()

    def hold() -> None:
        with queue.place("reader"):
            is_held.set()
            held.wait()

    holder = threading.Thread(target=hold)
    with pytest.raises(BusyError), queue.place("greedy", 0):
        holder.start()
        while not queue.waiting:
            pass
        clock.now += 1
        check_time()
    is_held.wait()
    held.set()
    holder.join()
    with queue.place("anybody", 0):
        assert queue.waiting == 0


def test_of_equals_the_shortest_text_is_answered_first() -> None:
    queue = FairQueue(clock=Clock())
    served: list[str] = []

    def check(text: str) -> None:
        with queue.place(text[:5], expected_s=expected_seconds(text)):
            served.append(text[:5])

    with queue.place("first"):
        calls = []
        for number, text in enumerate(["long " * 9000, "short"], 1):
            calls.append(threading.Thread(target=check, args=(text,)))
            calls[-1].start()
            while queue.waiting < number:
                pass
    for thread in calls:
        thread.join()
    assert served == ["short", "long "]


def test_calls_run_in_as_many_places_as_are_open() -> None:
    queue = FairQueue(())
    with pytest.raises(BusyError), queue.place("one", 0):
        pass
    queue.open(7)
    queue.open(8)
    with queue.place("one") as first, queue.place("two") as second:
        assert {first.number, second.number} == {7, 8}
        assert not queue.has_free_place
        with pytest.raises(BusyError), queue.place("three", 0):
            pass
    queue.close(7)
    with queue.place("one") as place:
        assert place.number == 8


def test_a_call_that_gave_way_goes_on_in_its_own_place() -> None:
    queue = FairQueue((1, 2))
    seen: list[int] = []
    with queue.place("greedy"), queue.place("reader") as mine:
        short = threading.Thread(target=lambda: seen.append(held(queue, "short")))
        short.start()
        until = time.monotonic() + 10
        while not seen and time.monotonic() < until:
            check_time()
        assert seen == [mine.number]
        short.join()
        with pytest.raises(BusyError), queue.place("other", 0):
            pass


def held(queue: FairQueue, client: str) -> int:
    """The place that a client gets."""
    with queue.place(client) as place:
        return place.number


def test_a_call_whose_place_is_closed_while_others_go_first_says_so() -> None:
    clock = Clock()
    queue = FairQueue((1,), clock)

    def close() -> None:
        with queue.place("reader"):
            queue.close(1)

    closer = threading.Thread(target=close)
    with pytest.raises(PlaceLostError), queue.place("greedy"):
        closer.start()
        while not queue.waiting:
            pass
        clock.now += 1
        check_time()
    closer.join()
    queue.open(2)
    assert held(queue, "greedy") == 2


def test_calls_that_wait_end_when_the_queue_stops() -> None:
    queue = FairQueue()
    errors: list[str] = []

    def wait() -> None:
        try:
            held(queue, "reader")
        except PlaceLostError as error:
            errors.append(str(error))

    with queue.place("greedy"):
        waiting = threading.Thread(target=wait)
        waiting.start()
        while not queue.waiting:
            pass
        queue.stop()
        waiting.join()
    assert "please ask again" in errors[0]
    with pytest.raises(PlaceLostError):
        held(queue, "late")


def test_a_short_call_goes_before_the_long_one_of_a_client_that_is_new() -> None:
    clock = Clock()
    queue = FairQueue(clock=clock)
    with queue.place("reader"):
        clock.now += 5  # of many short calls
    order: list[str] = []

    def read() -> None:
        with queue.place("reader"):
            order.append("short")

    short = threading.Thread(target=read)
    with queue.place("new"):
        clock.now += 0.7
        short.start()
        while not queue.waiting:
            pass
        check_time()
        order.append("long")
    short.join()
    assert order == ["short", "long"]


def test_of_long_calls_in_a_place_the_oldest_is_ended_first() -> None:
    clock = Clock()
    queue = FairQueue(clock=clock)
    order: list[str] = []

    def work(number: int) -> None:
        with queue.place(f"client {number}"):
            for _ in range(4):
                clock.now += LONG_S
                check_time()
            order.append(f"call {number}")

    calls = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    with queue.place("first"):
        for number, call in enumerate(calls, 1):
            call.start()
            while queue.waiting < number:
                pass
    for call in calls:
        call.join()
    assert order == ["call 0", "call 1", "call 2"]


def test_what_counts_is_the_processor_time_where_that_is_known() -> None:
    clock = Clock()
    queue = FairQueue(clock=clock)
    with queue.place("slow machine") as place:
        clock.now += 100
        place.worked(1)
        assert place.used_s == 1
        place.take_again()
        place.worked(1.5)
        assert place.used_s == 0.5


def test_who_has_used_more_waits_for_a_while_only() -> None:
    clock = Clock()
    queue = FairQueue(clock=clock)
    order: list[str] = []

    def read(client: str) -> None:
        with queue.place(client):
            order.append(client)

    for client, seconds in (("frequent", 8), ("reader", 1)):
        with queue.place(client):
            clock.now += seconds
    calls = [threading.Thread(target=read, args=(client,)) for client in ("frequent", "reader")]
    with queue.place("first"):
        for waiting, call in enumerate(calls, 1):
            call.start()
            while queue.waiting < waiting:
                pass
            clock.now += 20 if waiting == 1 else 0
    for call in calls:
        call.join()
    assert order == ["frequent", "reader"]
