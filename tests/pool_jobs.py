"""Jobs that a worker of the tests runs; they are imported there."""

import os
import time
from pathlib import Path
from typing import NoReturn

from qa.assistant import Assistant
from qa.errors import InputError
from qa.time_budget import check_time


def wait_for(_assistant: Assistant, path: str) -> str:
    """Work until a file is there, and give way to others meanwhile."""
    until = time.monotonic() + 20
    while not Path(path).exists() and time.monotonic() < until:
        check_time()
    return "went on"


def note(_assistant: Assistant, path: str) -> int:
    """Leave a file, and say which process did."""
    Path(path).touch()
    return os.getpid()


def hang(_assistant: Assistant, path: str) -> None:
    """Work for long without a place where it could end."""
    Path(path).touch()
    time.sleep(60)


def die(_assistant: Assistant) -> NoReturn:
    """End the process, as the system does when memory is short."""
    os._exit(9)


def refuse(_assistant: Assistant) -> NoReturn:
    """Raise what a reader can correct."""
    raise InputError("Name a document.")


def stumble(_assistant: Assistant) -> NoReturn:
    """Raise an unexpected error."""
    raise KeyError("/a/secret/path")


def pid(_assistant: Assistant) -> int:
    """Say which process answers."""
    return os.getpid()
