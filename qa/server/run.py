"""Start the server: one Assistant behind the page at http://127.0.0.1:7860."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.index_errors import EmbeddingsError
from qa.errors import InputError, OperativeError
from qa.server.gate.start_token import new_token
from qa.settings import (
    DEFAULT_HOST,
    DEFAULT_PORT,
    Serving,
    default_feedback,
    default_index,
    is_this_machine,
)

if TYPE_CHECKING:
    from qa.workers.worker_pool import WorkerPool

TOKEN_VARIABLE = "OPERATIVE_TOKEN"  # noqa: S105 - where a chosen token is read from


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the server; `operative serve` has the same."""
    parser.add_argument(
        "--host", default=DEFAULT_HOST, help="address to listen on (default: %(default)s)"
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="port (default: %(default)s)"
    )
    parser.add_argument("--model", help="name or path of the model")
    parser.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="processes that answer, at most (default: one for each core)",
    )
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address; do not open a browser"
    )
    parser.add_argument("--api-only", action="store_true", help="serve the API without the page")
    parser.add_argument(
        "--public",
        action="store_true",
        help="disable uploads and feedback; always on unless --host is local",
    )
    parser.add_argument(
        "--no-token",
        action="store_true",
        help="let every user of this machine in, without a token",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="also answer under this name, and to pages of it; may be repeated",
    )
    parser.add_argument(
        "--feedback", type=Path, metavar="FILE", help="save readers' feedback to FILE"
    )
    parser.add_argument(
        "--log",
        type=Path,
        metavar="FILE",
        help='log each answer to FILE as a JSON line, without its question; "-" is stderr',
    )


def serving_of(args: argparse.Namespace) -> Serving:
    """Return the settings that the options ask for."""
    is_private = is_this_machine(args.host) and not args.public
    has_token = is_private and not args.no_token
    return Serving(
        host=args.host,
        port=args.port,
        opens_browser=not args.no_browser and not args.api_only,
        programs_only=args.api_only,
        adds_texts=is_private,
        feedback=args.feedback or (default_feedback() if is_private else None),
        log=args.log,
        token=(os.environ.get(TOKEN_VARIABLE) or new_token()) if has_token else "",
        allowed_hosts=tuple(args.allow_host),
    )


def serve(args: argparse.Namespace) -> int:
    """Serve until interrupted; return 2 for a problem that the user can fix."""
    from qa.server.launch import import_gradio, launch_page
    from qa.server.ports import require_free_port

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it ends the server as Ctrl+C does
    try:
        require_free_port(args.host, args.port)
        pool = _started_pool(args)
        try:
            import_gradio()  # takes seconds, while the first worker opens the index
            launch_page(pool, serving_of(args))
        finally:
            pool.close()
    except (OperativeError, EmbeddingsError) as error:
        print(f"operative: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # Ctrl+C or SIGTERM, also during start-up
        return 0
    return 0


def _started_pool(args: argparse.Namespace) -> "WorkerPool":
    """Return the processes that answer, over an index that is there."""
    from qa.workers.worker_pool import WorkerPool, default_workers  # slow: after --help

    workers = default_workers() if args.workers is None else args.workers
    if workers < 1:
        raise InputError(f"{workers} workers cannot answer: `--workers` takes 1 or more.")
    if args.index is None:
        _build_packaged(args.model)
    return WorkerPool(args.index or default_index(), args.model, workers=workers)


def _build_packaged(model: str | None) -> None:
    from qa.indexing.packaged import build_packaged
    from qa.indexing.progress_bar import ProgressBars

    with ProgressBars() as bars:
        build_packaged(default_index(), model, bars)


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the page; see `serve`."""
    parser = argparse.ArgumentParser(
        prog="app.py", description="Ask United Nations resolutions on a page in the browser."
    )
    parser.add_argument(
        "--index", type=Path, help="folder of an index (default: the index of data/)"
    )
    add_options(parser)
    return serve(parser.parse_args(argv))


if __name__ == "__main__":
    raise SystemExit(main())
