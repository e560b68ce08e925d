"""What the child raises; the words for each code stand in ``refusals``."""


class Refused(Exception):
    """``args[0]`` is a code of ``refusals.MESSAGES``."""
