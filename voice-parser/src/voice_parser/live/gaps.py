"""What is missing from a live call at the moment, as far as its state tells."""

from collections.abc import Sequence

from ai_voice_shared.calls.live_records import RECENT, LiveState
from ai_voice_shared.calls.transcript import Gap


def gaps(state: LiveState) -> Sequence[Gap]:
    """The gaps that lie among the last sentences; the transcript of the whole call names all."""
    oldest = state.recent[0].number if len(state.recent) == RECENT else 0
    return [_gap(state, first, last) for first, last in state.seen.missing() if last > oldest]


def _gap(state: LiveState, first: int, last: int) -> Gap:
    start = max((one.end for one in state.recent if one.number < first), default=0.0)
    end = min((one.start for one in state.recent if one.number > last), default=start)
    return Gap(first - 1, last - first + 1, start, max(start, end))
