"""The ledger of a generation: each file that it was built from, where it came from, and when.

It has no part in the contents of a generation, which are the same whenever they are built; the
seal of the generation covers it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from embeddings.index_errors import IndexDamagedError
from embeddings.store.seal import LEDGER_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One source file."""

    file: str
    sha256: str
    container: str = ""  # the archive on the disk that holds it
    is_own: bool = False  # a reader added it
    publisher: str = ""  # "" where it is not known
    release: str = ""
    fetched: str = ""  # when it was fetched from the publisher, ISO
    added: str = ""  # when a build first took it into this index, ISO


class SourceLedger:
    """The source files of a generation; none of one that was built without a ledger."""

    def __init__(self, rows: Iterable[LedgerRow] = ()) -> None:
        """Take the rows, each once, by file."""
        by_file = sorted(dict.fromkeys(rows), key=lambda row: (row.container, row.file))
        self.rows = tuple(by_file)
        self._by_file = {(row.file, row.sha256): row for row in self.rows}

    def row(self, file: str, sha256: str) -> LedgerRow | None:
        """Return the row of a file with these bytes; None if there is none."""
        return self._by_file.get((file, sha256))

    def to_json(self) -> bytes:
        """Return the ledger as it is written, a row a line."""
        import msgspec

        rows = (msgspec.json.encode(row, order="sorted") for row in self.rows)
        return b"[\n" + b",\n".join(rows) + b"\n]\n"

    @classmethod
    def load(cls, folder: Path) -> "SourceLedger":
        """Return the ledger of a generation.

        Raises:
            IndexDamagedError: its file does not hold what `to_json` writes.
        """
        import msgspec

        try:
            rows = msgspec.json.decode(
                (folder / LEDGER_FILE).read_bytes(), type=tuple[LedgerRow, ...]
            )
        except FileNotFoundError:
            return cls()
        except (OSError, msgspec.MsgspecError) as error:
            raise IndexDamagedError(LEDGER_FILE, f"cannot be read ({error})") from error
        return cls(rows)
