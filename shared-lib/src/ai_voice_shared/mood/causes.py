"""What can raise an escalation of a call."""

from typing import Literal, get_args

type Cause = Literal["manager", "repeated", "threat", "apologies", "course"]
"""The customer asks for somebody who decides, asks or calls again and again, or threatens to leave; the agent
apologises again and again; the customer's mood has sunk."""

CAUSES: tuple[Cause, ...] = get_args(Cause.__value__)
