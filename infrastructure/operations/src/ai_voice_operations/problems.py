"""The two ways in which a command can fail. Each has one sentence that says what to do."""


class Refused(Exception):  # noqa: N818 - reads as what happened
    """Something is missing or wrong, and nothing was changed; exit status 2."""


class Failed(Exception):  # noqa: N818 - as above
    """The command was begun and did not finish, or somebody said no; exit status 1."""
