"""Start the page: one Assistant, drawn at http://127.0.0.1:7860."""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.index_errors import EmbeddingsError
from qa.errors import OperativeError
from qa.settings import DEFAULT_HOST, DEFAULT_PORT, Serving, default_feedback, is_this_machine

if TYPE_CHECKING:
    from qa.assistant import Assistant


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the server; `operative serve` has the same."""
    parser.add_argument(
        "--host", default=DEFAULT_HOST, help="address to listen at (default: %(default)s)"
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="port (default: %(default)s)"
    )
    parser.add_argument("--model", help="encoder, by name or path")
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address, open no browser"
    )
    parser.add_argument("--api-only", action="store_true", help="no page: only what programs call")
    parser.add_argument(
        "--public",
        action="store_true",
        help="readers add no texts and their verdicts are not kept; so it is unless --host is "
        "this machine alone",
    )
    parser.add_argument(
        "--feedback", type=Path, metavar="FILE", help="keep readers' verdicts there"
    )
    parser.add_argument(
        "--log",
        type=Path,
        metavar="FILE",
        help='note every answer there, without its question, as JSON lines; "-" is stderr',
    )


def serving_of(args: argparse.Namespace) -> Serving:
    """Return how the server is to be run."""
    is_private = is_this_machine(args.host) and not args.public
    return Serving(
        host=args.host,
        port=args.port,
        opens_browser=not args.no_browser and not args.api_only,
        programs_only=args.api_only,
        adds_texts=is_private,
        feedback=args.feedback or (default_feedback() if is_private else None),
        log=args.log,
    )


def serve(args: argparse.Namespace) -> int:
    """Serve until interrupted; exit status 2 if the user can fix what is wrong."""
    from qa.server.launch import launch_page, load_page, require_free_port

    try:
        require_free_port(args.host, args.port)
        from qa.assistant import Assistant  # heavy: after --help and after the port

        with ThreadPoolExecutor(1) as beside:
            opening = beside.submit(_opened, Assistant, args)
            warming = beside.submit(lambda: opening.result().warm_up())
            load_page()  # takes seconds: the index is opened meanwhile
            launch_page(opening.result(), serving_of(args), warming)
    except (OperativeError, EmbeddingsError) as error:
        print(f"operative: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # Ctrl+C is how the page is ended, also while it starts
        return 0
    return 0


def _opened(kind: "type[Assistant]", args: argparse.Namespace) -> "Assistant":
    from qa.indexing.progress_bar import ProgressBars

    with ProgressBars() as bars:
        return kind.open(args.index, model=args.model, progress=bars)


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the page; see `serve`."""
    parser = argparse.ArgumentParser(
        prog="app.py", description="Ask United Nations resolutions on a page in the browser."
    )
    parser.add_argument("--index", type=Path, help="folder of an index; without it that of data/")
    add_options(parser)
    return serve(parser.parse_args(argv))


if __name__ == "__main__":
    raise SystemExit(main())
