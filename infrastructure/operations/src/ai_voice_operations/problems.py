"""The two ways in which a command does not do what it was asked for, each one sentence that says what to do."""


class Refused(Exception):  # noqa: N818 - reads as what happened
    """Something is missing or wrong, and nothing was changed; exit status 2."""


class Failed(Exception):  # noqa: N818 - as above
    """It was begun and did not come to its end, or somebody said no; exit status 1."""
