"""`operative get` and `operative update`: published texts fetched, and built into the index."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from qa.cli.commands import DONE, USER_CAN_FIX, build
from qa.publishers.fetch import FetchedSource, NothingFetchedError, fetch, fetched_sources
from qa.publishers.published import Selection, read_sessions
from qa.settings import published_folder


def get(args: Namespace) -> int:
    """Fetch the UN's published texts (ga, sc, or an address) and add them to the index."""
    selection = Selection(sessions=read_sessions(args.sessions or ""), language=args.language)
    return _fetch_and_build(args, [(args.source, selection)])


def update(args: Namespace) -> int:
    """Fetch what is new in the published texts that were fetched before, and add it."""
    sources = [(source.named, source.selection) for source in fetched_sources(_home(args))]
    if not sources:
        raise NothingFetchedError
    return _fetch_and_build(args, sources)


def _fetch_and_build(args: Namespace, sources: Sequence[tuple[str, Selection]]) -> int:
    """Fetch each source, then build once for each language; the worst exit status counts."""
    fetched = [_fetch(named, selection, _home(args)) for named, selection in sources]
    status = DONE
    for language in sorted({source.selection.language for source in fetched}):
        paths = [source.texts for source in fetched if source.selection.language == language]
        building = {"paths": paths, "language": language, "store": None, "add": True}
        if build(Namespace(**{**vars(args), **building})) != DONE:
            status = USER_CAN_FIX
    return status


def _fetch(named: str, selection: Selection, home: Path) -> FetchedSource:
    from qa.indexing.progress_bar import ProgressBars

    with ProgressBars() as bars:
        source = fetch(named, selection, home, lambda done, of: bars(f"Fetching {named}", done, of))
    state = "fetched" if source.changed else "unchanged since the last fetch"
    print(f"{named}: {state}. Source: {source.publisher}.", file=sys.stderr)
    return source


def _home(args: Namespace) -> Path:
    return Path(args.folder) if args.folder else published_folder()
