"""Which words of a question no note of the company has, in any form: all that is done for them costs others nothing."""

from collections.abc import Callable, Sequence

from ai_voice_shared.search_near import asked, forms
from ai_voice_shared.search_question import Sought


def missing(question: str, languages: Sequence[str], sought: Sought, is_word: Callable[[str], bool]) -> list[str]:
    """The words of letters alone that are in no note of these languages; none of those that only ask.

    `is_word` tells whether a word, as the index holds it, is in some note; `sought` is what is looked for.
    """
    if any(all(map(is_word, of_one)) for of_one in sought.of_each):
        return []
    return [word for word in asked(question, languages) if not any(map(is_word, forms(word, languages)))]
