"""A conversation remembers each turn, also if others write to it at the same moment."""

from support.account import Account

from ai_voice_shared.records.conversations import Conversations, Turn

BOILER, PUMP, VALVE = Turn("the boiler?", "It leaks."), Turn("the pump?", "It runs."), Turn("the valve?", "It is shut.")


def turns(account: Account) -> tuple[Turn, ...]:
    return Conversations(account.ledger).turns("acme", "sam", "c")


def test_turns_are_remembered_in_their_order_each_once(account: Account) -> None:
    conversations = Conversations(account.ledger)
    for turn in (BOILER, BOILER, PUMP, PUMP):
        conversations.add("acme", "sam", "c", turn)
    assert turns(account) == (BOILER, PUMP)


def test_the_oldest_turn_is_forgotten(account: Account) -> None:
    every = tuple(Turn(f"question {number}", "answer") for number in range(8))
    for turn in every:
        Conversations(account.ledger).add("acme", "sam", "c", turn)
    assert turns(account) == every[-6:]


def test_of_two_who_have_read_the_same_neither_turn_is_lost(account: Account) -> None:
    Conversations(account.ledger).add("acme", "sam", "c", BOILER)
    one, other = Conversations(account.ledger), Conversations(account.ledger)
    assert one.turns("acme", "sam", "c") == other.turns("acme", "sam", "c") == (BOILER,)
    one.add("acme", "sam", "c", PUMP)
    other.add("acme", "sam", "c", VALVE)
    assert turns(account) == (BOILER, PUMP, VALVE)


def test_what_was_erased_since_it_was_read_stays_erased(account: Account) -> None:
    conversations = Conversations(account.ledger)
    conversations.add("acme", "sam", "c", BOILER)
    assert conversations.turns("acme", "sam", "c") == (BOILER,)
    pk = Conversations.partition("acme")
    account.ledger.delete_all(pk, account.ledger.places(pk))
    conversations.add("acme", "sam", "c", PUMP)
    assert turns(account) == (PUMP,)
