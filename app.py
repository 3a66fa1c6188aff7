"""Start the page: one Assistant, drawn at http://127.0.0.1:7860."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from embeddings.errors import EmbeddingsError
from qa.errors import OperativeError
from qa.page import launch_page, require_free_port
from qa.settings import DEFAULT_HOST, DEFAULT_PORT


def build_parser() -> argparse.ArgumentParser:
    """Return the options of the page."""
    parser = argparse.ArgumentParser(
        prog="app.py", description="Ask United Nations resolutions on a page in the browser."
    )
    parser.add_argument("--index", type=Path, help="folder of an index; without it that of data/")
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
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the page until it is interrupted; exit status 2 if the user can fix what is wrong."""
    args = build_parser().parse_args(argv)
    try:
        require_free_port(args.host, args.port)
        from qa.assistant import Assistant  # heavy: after --help and after the port
        from qa.progress import Bars

        with Bars() as bars:
            assistant = Assistant.open(args.index, model=args.model, progress=bars)
        launch_page(assistant, args.host, args.port, not args.no_browser)
    except (OperativeError, EmbeddingsError) as error:
        print(f"operative: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # Ctrl+C is how the page is ended, also while it starts
        return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
