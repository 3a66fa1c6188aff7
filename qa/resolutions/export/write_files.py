"""The resolutions of an index written to files that other programs read."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qa.errors import InputError
from qa.resolutions.export.akn_writer import akn_bytes
from qa.resolutions.export.csv_rows import CSV_HEADER, csv_rows
from qa.resolutions.export.json_records import to_record
from qa.resolutions.model import Resolution


def write_akn(resolutions: Sequence[Resolution], out: Path) -> int:
    """Write one AKN4UN file a resolution into the folder `out`; return how many.

    Raises:
        InputError: the folder cannot be made or written to.
    """
    with _told(out):
        out.mkdir(parents=True, exist_ok=True)
        for resolution in resolutions:
            (out / f"{file_name(resolution.symbol)}.xml").write_bytes(akn_bytes(resolution))
    return len(resolutions)


def write_jsonl(resolutions: Sequence[Resolution], out: Path) -> int:
    """Write one JSON object a line, as `operative parse` prints it; return how many.

    Raises:
        InputError: the file cannot be written.
    """
    with _told(out), out.open("w", encoding="utf-8", newline="\n") as file:
        for resolution in resolutions:
            file.write(json.dumps(to_record(resolution), ensure_ascii=False) + "\n")
    return len(resolutions)


def write_csv(resolutions: Sequence[Resolution], out: Path) -> int:
    """Write one row a paragraph or note; return how many resolutions.

    Raises:
        InputError: the file cannot be written.
    """
    # A mark of UTF-8 at the start: without it spreadsheets read accents wrongly.
    with _told(out), out.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(CSV_HEADER)
        for resolution in resolutions:
            table.writerows(csv_rows(resolution))
    return len(resolutions)


WRITERS: dict[str, Callable[[Sequence[Resolution], Path], int]] = {
    "akn": write_akn,
    "jsonl": write_jsonl,
    "csv": write_csv,
}


def file_name(symbol: str) -> str:
    """Return a symbol as a file can be named on any system: "A_RES_67_234_B"."""
    return "".join(
        character if character.isalnum() or character == "-" else "_" for character in symbol
    ).strip("_")


@contextmanager
def _told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{out} cannot be written ({error.strerror}); choose another path with --out."
        ) from error
