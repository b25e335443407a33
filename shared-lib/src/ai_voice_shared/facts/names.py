"""Which names a statement tells, and whether a text has them: inflected, or in another script."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ai_voice_shared.facts import vocabulary as claim_vocabulary
from ai_voice_shared.facts.vocabulary import listed
from ai_voice_shared.words.languages import primary
from ai_voice_shared.words.text_words import Word, cut, plain

_GIVEN = Path(__file__).parent / "claim_words" / "given_names.txt"
"""Made of Faker's by `shared-lib/claim_words.py`."""

_NOUNS_TOO = frozenset({"de", "lb"})
"""Languages that write every noun with a capital."""

_BEFORE_THINGS = listed("das ein kein dieses jedes im am ins ans vom zum beim")
"""What stands before a thing, not before a person: "das Tor" is no Tor."""

_INFLECTING = listed("bg bs cs el et fi hr hu lt lv mk pl ro ru sk sl sr tr uk az kk")
"""Languages whose names have other endings than the one in a note; elsewhere an s is all."""

_TITLES = listed(
    "mr mrs ms miss dr prof sir madam herr herrn frau hr fr firma fa familie monsieur madame mademoiselle m "
    "mme mlle "
    "señor señora señorita sr sra srta don doña senhor senhora dona signor signora signore sig meneer mevrouw dhr mevr "
    "pan pani pana panu paní pán господин господину госпожа госпоже мистер bay bayan company team"
)
_PLACES = listed(
    "street st road rd avenue ave lane square place court drive way house building floor room unit flat office "
    "site "
    "north south east west upper lower old new strasse straße str platz weg allee gasse rue avenue place boulevard "
    "calle avenida plaza rua praça via piazza viale straat laan plein ulice ulica улица улице дом"
)
"""What a place is, which is translated, unlike its name."""

_NO_OWNERS = listed(
    "it that there here he she what who where how when why let one everyone everybody nobody somebody someone anybody "
    "anyone today tomorrow yesterday customer client company"
)
_GENITIVE = re.compile("['’]s\\b")
"""A first word that owns something is mostly a name in English: others have an article."""

_ENDINGS = frozenset(["", "s", "es"])
_LEAST = 3
_ACRONYM = 5
_WINDOW = 8
"""Characters before a word that tell whether a sentence begins with it."""

_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…:;]\s+|[\n•*–—-]\s+|[\"'“”«»„‚‘(\[]\s*|\d\.\s+)$")  # noqa: RUF001

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ"
_AS_LATIN = "a,b,v,g,d,e,e,zh,z,i,i,k,l,m,n,o,p,r,s,t,u,f,h,ts,ch,sh,sch,,y,,e,yu,ya,i,i,e,g"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψως"
_GREEK_AS_LATIN = "a,v,g,d,e,z,i,th,i,k,l,m,n,x,o,p,r,s,t,i,f,h,ps,o,s"
_LATIN = str.maketrans(
    dict(zip(_CYRILLIC, _AS_LATIN.split(","), strict=True)) | dict(zip(_GREEK, _GREEK_AS_LATIN.split(","), strict=True))
)
_SOUNDS = (
    ("sch", "s"),
    ("tch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("zh", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "k"),
    ("x", "ks"),
    ("ts", "s"),
    ("c", "k"),
    ("q", "k"),
    ("w", "v"),
    ("z", "s"),
    ("j", ""),
    ("y", ""),
    ("h", ""),
    ("g", "k"),
    ("d", "t"),
)


@dataclass(frozen=True)
class Names:
    """What a text has that a statement's names can be found in.

    Attributes:
        words: all its words in plain form.
    """

    words: frozenset[str]

    def has(self, name: str, language: str) -> bool:
        """Whether one of the words is this name, as the language of the answer inflects it."""
        sought = plain(name)
        return sought in self.words or any(_same(sought, word, language) for word in self.words)


def names_of(texts: Iterable[str]) -> Names:
    """The words of texts."""
    return Names(frozenset(plain(word.text) for text in texts for word in cut(text)))


def told(text: str, language: str, *, others: Collection[str], calendar: Collection[str]) -> list[Word]:
    """The statement's words that are names.

    `others` are words (plain) that are names in what the statement does not cite; `calendar` are months and days.
    """
    words = [word for word in cut(text) if not word.unspaced]
    found = []
    for place, word in enumerate(words):
        if word.text[:1].isupper() and word.text not in calendar and _is_name(text, words, place, language, others):
            found.append(word)
    return found


def is_given(word: str) -> bool:
    """Whether it is a given name somewhere, and no ordinary word that we know of."""
    return word in _given() or (word[-1:] == "s" and word[:-1] in _given())


def capitalised(text: str, language: str) -> set[str]:
    """The words of a text (plain) that are names by their capitals, as far as the language tells."""
    words = [word for word in cut(text) if not word.unspaced]
    return {plain(words[place].text) for place in range(len(words)) if _is_name(text, words, place, language, ())}


def _is_name(text: str, words: Sequence[Word], place: int, language: str, others: Collection[str]) -> bool:
    word = words[place].text
    same = plain(word)
    if (
        not word[:1].isupper()
        or len(word) < _LEAST - 1
        or same in _TITLES
        or same in _PLACES
        or any(map(str.isdigit, word))
    ):
        return False
    is_acronym = word.isupper() and len(word) <= _ACRONYM
    if is_acronym or (claim_vocabulary.known([word], language).meanings and not is_given(same)):
        return False
    begins = _SENTENCE_BEGINS.search(text[max(0, words[place].start - _WINDOW) : words[place].start]) is not None
    if primary(language) in _NOUNS_TOO and place > 0 and plain(words[place - 1].text) in _BEFORE_THINGS:
        return False
    titled = place > 0 and plain(words[place - 1].text) in _TITLES
    owns = begins and primary(language) == "en" and same not in _NO_OWNERS and _GENITIVE.match(text, words[place].end)
    if titled or owns or same in others or is_given(same):
        return True
    labelled = place + 1 < len(words) and _is_label(words[place + 1].text)
    if begins or labelled or primary(language) in _NOUNS_TOO:
        return place > 0 and not begins and _is_first_name(words[place - 1].text)
    return not (primary(language) == "en" and same == "i")


def _is_first_name(word: str) -> bool:
    """Whether a family name may follow it; "Peters" is mostly Peter's."""
    return word[:1].isupper() and not word.endswith("s") and plain(word) in _given()


def _is_label(word: str) -> bool:
    """Whether it numbers what stands before it: "Pump A", "Building 7"."""
    return word.isdigit() or (len(word) == 1 and word.isupper())


def _same(sought: str, word: str, language: str) -> bool:
    if min(len(sought), len(word)) < _LEAST:
        return False
    if sought.isascii() and word.isascii() and sought[:1] != word[:1]:
        return False
    one, other = _latin(sought), _latin(word)
    if _is_other_script(sought, word):
        return _sounds_alike(one, other)
    return _is_inflected(one, other, primary(language))


def _is_inflected(one: str, other: str, language: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS:
        return True
    stem = max(_LEAST, len(shorter) - 1)
    return language in _INFLECTING and one[:stem] == other[:stem] and abs(len(one) - len(other)) <= _LEAST


def _is_other_script(one: str, other: str) -> bool:
    return unicodedata.name(one[0], "").split()[0] != unicodedata.name(other[0], "").split()[0]


def _sounds_alike(one: str, other: str) -> bool:
    """Whether two spellings of different scripts have the same consonants, apart from an ending."""
    shorter, longer = sorted((_skeleton(one), _skeleton(other)), key=len)
    return bool(shorter) and longer.startswith(shorter) and len(longer) - len(shorter) <= 1


@cache
def _skeleton(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    bare = re.sub(r"[aeiouäöü]", "", word)
    return re.sub(r"(.)\1+", r"\1", bare)


@cache
def _latin(word: str) -> str:
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", word.translate(_LATIN)) if not unicodedata.combining(one)
    )
    return bare.translate({ord("ß"): "ss", ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", 0x131: "i"})


@cache
def _given() -> frozenset[str]:
    return frozenset(_GIVEN.read_text(encoding="utf-8").split())
