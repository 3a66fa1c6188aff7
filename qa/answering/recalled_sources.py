"""The document that a paragraph recalls: it did what the paragraph only remembers."""

import re

from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Kind, Masthead

_RECALLS = re.compile(
    r"\W*(?:\w+ )?(?:recall|reaffirm|reiterat)(?:s|es|ing)?\b[^;,]{0,60}\b(?:decision|resolution)",
    re.IGNORECASE,
)


def recalled_source(corpus: Corpus, passage: Passage) -> Masthead | None:
    """Return the one loaded document whose decision a passage recalls; None if there is none.

    "Recalling its decision in resolution 1970 (2011) to refer …" refers nothing itself.
    """
    if passage.kind is not Kind.PREAMBULAR and not _RECALLS.match(passage.text):
        return None
    cited = {without_part(each.symbol.split(" ")[0]) for each in passage.citations}
    cited.discard(passage.symbol)
    return corpus.masthead(cited.pop()) if len(cited) == 1 else None
