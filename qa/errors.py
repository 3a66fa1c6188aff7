"""Errors shown to users. Each message is one sentence and names the next step."""


class OperativeError(Exception):
    """Base of every error that Operative shows to a user; its text is shown unchanged."""


class InputError(OperativeError):
    """Invalid input from the user: a path, a question file, an option."""


class UnreadableFileError(OperativeError):
    """A file exists, but no resolution can be read from it."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(f"{file}: {problem}")
        self.file = file
        self.problem = problem
