"""Questions in a language that cannot be searched."""

from qa.answer import Answer, RefusalKind
from qa.answering.context import AnswerContext
from qa.answering.replies import refuse


def refuse_foreign_language(context: AnswerContext) -> Answer | None:
    """Refuse free text in a language that the model does not serve."""
    language = context.question.language
    if language is None:
        return None
    return refuse(
        RefusalKind.OTHER_LANGUAGE,
        f"The question seems to be in {language}, and only English can be searched; "
        "ask in English, or name a paragraph, such as 61/181 OP6.",
    )
