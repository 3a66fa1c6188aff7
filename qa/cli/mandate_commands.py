"""The command that lists mandates, as JSON lines, CSV or a workbook."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from qa.cli.commands import DONE, NOTHING_FOUND, open_assistant


def mandates(args: Namespace) -> int:
    """List who is asked for what, for whom and by when: a row for each action."""
    from qa.desks.mandate_files import mandates_jsonl, require_writable, save_mandates
    from qa.desks.mandate_filter import MandateFilter, verbs_named
    from qa.desks.mandate_list import mandate_rows

    verbs_named(args.verb)
    out = Path(args.out) if args.out is not None else None
    if out is not None:
        require_writable(out)
    wanted = MandateFilter(
        to=args.to,
        verb=args.verb,
        deliverable=args.deliverable,
        due=args.due,
        since=args.since,
        body=args.body,
        current=args.current,
        asks=args.asks or (_is_workbook(out) and not args.verb and not args.every_verb),
        preamble=args.preamble,
    )
    rows = mandate_rows(open_assistant(args).corpus, wanted)
    first = next(rows, None)
    if first is None:
        print("no row has all of that.", file=sys.stderr)
        return NOTHING_FOUND
    found = chain((first,), rows)
    if out is None:
        sys.stdout.writelines(mandates_jsonl(found))
    else:
        print(f"{save_mandates(found, out)} rows written to {out}.", file=sys.stderr)
    return DONE


def _is_workbook(out: Path | None) -> bool:
    return out is not None and out.suffix.lower() == ".xlsx"


def add_mandates(command: Callable[..., ArgumentParser]) -> ArgumentParser:
    """Add the command that lists mandates, and return it for the options of all."""
    sub = command(mandates)
    sub.add_argument("--to", default="", metavar="NAME", help="whom: UNDP, Secretary-General, Mali")
    sub.add_argument("--verb", default="", help="the verb: requests, decides")
    sub.add_argument("--deliverable", default="", metavar="KIND", help="report, review, meeting …")
    sub.add_argument("--due", default="", metavar="WHEN", help="a session (81), a day or a year")
    sub.add_argument("--since", type=int, metavar="YEAR", help="adopted in this year or later")
    sub.add_argument("--body", default="", metavar="A|S|E|HRC", help="adopting body")
    sub.add_argument("--current", action="store_true", help="leave out what a later text replaces")
    sub.add_argument("--asks", action="store_true", help="leave out verbs that ask nothing")
    sub.add_argument(
        "--every-verb", action="store_true", help="keep verbs that ask nothing in a workbook, too"
    )
    sub.add_argument("--preamble", action="store_true", help="add the phrases of preambles")
    sub.add_argument("--out", metavar="FILE", help=".xlsx, .csv or .json (default: JSON lines)")
    return sub
