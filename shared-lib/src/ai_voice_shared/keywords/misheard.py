"""Finds the stem that a misheard one stands for: one sound-alike letter is different, missing, or too many.

Each stem is listed under all its forms with one letter less, so a word costs the same with ten stems or a thousand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

_SHORTEST = 5
"""Letters of a stem that is found alone; with fewer, one letter makes too many other words."""

_IN_A_PHRASE = 2
"""Letters of a stem that is found beside the other words of its phrase."""

_CERTAIN = 7
"""Letters of a stem in which any one letter may be wrong, not only a sound-alike one."""

_ALIKE = ("aeou", "eiyj", "bpv", "dt", "cgkq", "fpvw", "mn", "cszx", "lr", "ou", "jgh")
"""Letters that recognisers take for each other, as they sound alike in some language."""


class Misheard:
    """Stems by which others are corrected."""

    def __init__(self, stems: Iterable[str]) -> None:
        """Keeps those that are long enough."""
        self._listed: dict[str, list[str]] = defaultdict(list)
        for stem in sorted(stems):
            if len(stem) >= _IN_A_PHRASE and stem.isalpha():
                for form in {stem, *_shortened(stem)}:
                    self._listed[form].append(stem)

    def meant(self, heard: str) -> tuple[str, bool]:
        """The known stem that was meant, and whether that is sure without the words beside it.

        Empty if none is near enough, or several are.
        """
        if len(heard) < _IN_A_PHRASE or not heard.isalpha():
            return "", False
        near = {stem for form in (heard, *_shortened(heard)) for stem in self._listed.get(form, ())}
        sure = [stem for stem in near if min(len(heard), len(stem)) >= _SHORTEST and _is_near(heard, stem)]
        if len(sure) == 1:
            return sure[0], True
        return (near.pop() if len(near) == 1 else ""), False


def _shortened(stem: str) -> Iterator[str]:
    return (stem[:place] + stem[place + 1 :] for place in range(len(stem)))


def _is_near(heard: str, meant: str) -> bool:
    begin = next((at for at, (one, other) in enumerate(zip(heard, meant, strict=False)) if one != other), None)
    if begin is None:
        return True  # one letter more or less at the end
    if heard[begin + 1 :] == meant[begin + 1 :]:
        return len(meant) >= _CERTAIN or _sound_alike(heard[begin], meant[begin])
    lost = heard[begin:] == meant[begin + 1 :] or heard[begin + 1 :] == meant[begin:]
    return lost and (begin > 0 or len(meant) >= _CERTAIN)


def _sound_alike(one: str, other: str) -> bool:
    return any(one in some and other in some for some in _ALIKE)
