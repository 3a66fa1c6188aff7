"""Faults a user can meet. Each message is one sentence with the next step."""


class OperativeError(Exception):
    """Base of every fault that Operative reports to a user; its text is shown as it stands."""


class InputError(OperativeError):
    """What the user handed in cannot be used: a path, a question file, an option."""


class UnreadableFileError(OperativeError):
    """A file was found, but no resolution can be read from it."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(f"{file}: {problem}")
        self.file = file
        self.problem = problem
