"""The commands of the desks: what a text quotes, what was agreed before, who must do what."""

from argparse import Namespace

from qa.cli.commands import DONE, NOTHING_FOUND, open_assistant, print_json


def check(args: Namespace) -> int:
    """Check every quotation and citation of a text; exit status 1 if one is wrong."""
    from qa.desks.check_record import is_all_right, text_check_record, text_check_table
    from qa.desks.text_files import read_brought_text

    brought = read_brought_text(args.file)
    checked = open_assistant(args).check_text(brought.text, sha256=brought.sha256)
    if args.json:
        print_json(text_check_record(checked))
    else:
        print(text_check_table(checked))
    return DONE if is_all_right(checked, is_strict=args.strict) else NOTHING_FOUND
