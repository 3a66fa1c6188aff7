"""Talking with an assistant, turn by turn, and what its answer cites."""

from qa import Answer, Assistant


def talk(assistant: Assistant, *turns: str) -> Answer:
    """The answer to the last of several turns."""
    answer: Answer | None = None
    for turn in turns:
        answer = assistant.ask(turn, previous=answer)
    assert answer is not None
    return answer


def cited(answer: Answer) -> list[str]:
    return [f"{one.symbol.removeprefix('A/RES/')} {one.label}" for one in answer.quotes]
