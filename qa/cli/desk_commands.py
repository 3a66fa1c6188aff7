"""The commands of the desks: what a text quotes, what was agreed before, who must do what."""

from argparse import Namespace
from pathlib import Path

from qa.cli.commands import DONE, NOTHING_FOUND, open_assistant, print_json
from qa.errors import InputError


def check(args: Namespace) -> int:
    """Check every quotation and citation of a text; exit status 1 if one is wrong."""
    from qa.corpus.text_origin import with_origins
    from qa.desks.check_record import is_all_right, text_check_record, text_check_table
    from qa.desks.check_report import check_html, check_word
    from qa.desks.text_files import read_brought_text

    brought = read_brought_text(args.file, with_quotation_marks=True)
    assistant = open_assistant(args)
    checked = assistant.check_text(brought.text, sha256=brought.sha256)
    if args.docx:
        _write(Path(args.docx), check_word(checked))
    if args.html:
        print(check_html(checked))
    elif args.json:
        print_json(with_origins(text_check_record(checked), assistant.corpus))
    elif not args.docx:
        print(text_check_table(checked))
    return DONE if is_all_right(checked, is_strict=args.strict) else NOTHING_FOUND


def agreed(args: Namespace) -> int:
    """Find the agreed wording that each paragraph of a draft is like."""
    from qa.corpus.text_origin import with_origins
    from qa.desks.agreed_record import agreement_csv, agreement_record, agreement_table
    from qa.desks.agreed_word import agreement_word
    from qa.desks.text_files import read_brought_text
    from qa.search.filters import Filters

    brought = read_brought_text(args.file, with_note_markers=False)
    assistant = open_assistant(args)
    compared = assistant.agreed(
        brought.text,
        filters=Filters(bodies=frozenset(args.body), since=args.since, until=args.until),
        exclude=args.exclude,
        sha256=brought.sha256,
    )
    if args.docx:
        _write(Path(args.docx), agreement_word(compared))
    if args.json:
        print_json(with_origins(agreement_record(compared), assistant.corpus))
    elif args.csv:
        print(agreement_csv(compared), end="")
    else:
        print(agreement_table(compared))
    return DONE


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); name a file.") from error
