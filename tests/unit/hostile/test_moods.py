"""Whatever is said in a call has a score, and what is remembered of it stays small."""

import json

from hypothesis import given
from hypothesis import strategies as st
from unit.hostile.bounded import bounded

from ai_voice_shared.calls.model import Sentence
from ai_voice_shared.mood.cues import LANGUAGES, MoodCues
from ai_voice_shared.mood.escalations import Watched, Watching
from ai_voice_shared.mood.features import Spoken
from ai_voice_shared.mood.scoring import OwnScorer

PIECES = st.sampled_from(
    ["sorry ", "third time ", "manager ", "why ", "ne ", "a ", "I've told ", "1 ", "', ", "é", "\u0301"]
)
TEXTS = st.text(max_size=300) | st.lists(PIECES, max_size=300).map("".join)
SAID = st.lists(st.tuples(st.booleans(), TEXTS, st.floats(-1, 1)), max_size=30)


@bounded(100)
@given(said=SAID, language=st.sampled_from([*LANGUAGES, "", "xx", "pt-BR"]))
def test_a_call_is_watched_whatever_is_said_in_it(said: list[tuple[bool, str, float]], language: str) -> None:
    watching, watched, raised = Watching(MoodCues(language)), Watched(), []
    for number, (by_customer, text, score) in enumerate(said):
        sentence = Sentence(number, "customer" if by_customer else "agent", text, number, number)
        noticed = watching.customer(watched, sentence, score) if by_customer else watching.agent(watched, sentence)
        memory = json.dumps(noticed.watched.to_memory())
        assert len(memory.encode()) < 20_000
        watched = Watched.from_memory(json.loads(memory))
        assert watched == noticed.watched
        assert -1 <= watched.course <= 1
        raised += [one.cause for one in noticed.escalations]
        assert set(watched.open) <= set(watched.raised) == set(raised)
    assert len(raised) == len(set(raised))


@bounded(100)
@given(text=TEXTS, before=st.lists(st.builds(Spoken, TEXTS, st.booleans()), max_size=5))
def test_any_sentence_has_a_score(text: str, before: list[Spoken]) -> None:
    assert -1 <= OwnScorer().score(text, before).score <= 1
