"""The commands that say what an index is: its contents, and its seal."""

import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from qa.cli.commands import DONE, open_assistant, print_json
from qa.errors import InputError
from qa.settings import default_index

SHOWN_IN_INFO = 20  # entries of a long list


def info(args: Namespace) -> int:
    """Print what the index contains."""
    loaded = asdict(open_assistant(args).info())
    built = loaded["built"]
    loaded["built"] = built.isoformat(timespec="seconds") if built else None
    if args.json:
        print_json(loaded)
        return DONE
    for name, value in loaded.items():
        items = value.items() if isinstance(value, dict) else ()
        words = (
            f"{key} (read from {of})" if isinstance(of, str) else f"{key}: {of}"
            for key, of in items
        )
        entries = list(words) or value
        shown = value
        if isinstance(entries, tuple | list | dict):
            shown = ", ".join(map(str, list(entries)[:SHOWN_IN_INFO])) or "none"
            if len(entries) > SHOWN_IN_INFO:
                shown += f", and {len(entries) - SHOWN_IN_INFO} more"
        print(f"{name.replace('_', ' '):12} {shown}")
    return DONE


def seal(args: Namespace) -> int:
    """Sign the index, or show its seal; --new-key FILE makes the keys."""
    from embeddings.store.generations import open_generation
    from embeddings.store.seal import read_seal, seal_generation

    if args.new_key:
        from embeddings.store.seal_keys import write_new_key

        public = write_new_key(Path(args.new_key))
        print(
            f"{args.new_key} signs: keep it away from servers. {public} checks signatures: "
            "name it with --require-seal.",
            file=sys.stderr,
        )
        if not args.key and args.index is None:
            return DONE
    generation = open_generation(Path(args.index) if args.index else default_index())
    try:
        held = None if args.key else read_seal(generation.path)
        held = held or seal_generation(generation.path, Path(args.key) if args.key else None)
    except OSError as error:
        raise InputError(f"the seal cannot be written ({error.strerror}).") from error
    if args.json:
        print_json(asdict(held))
    else:
        signed = f"signed with the key {held.key}" if held.signature else "not signed"
        print(f"{held.generation}, sealed {held.sealed}, {signed}. SHA-256 {held.manifest}")
    return DONE
