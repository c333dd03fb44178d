import secrets
from collections.abc import Collection

FEWEST_DIGITS = 3


def drawn_number(taken: Collection[str]) -> str:
    """A number of three digits or more that isn't in `taken`, each as likely as any other.

    It has a digit more once a third of the shorter ones may be taken, so that a draw soon succeeds.
    """
    digits = FEWEST_DIGITS
    while len(taken) * 3 > 9 * 10 ** (digits - 1):
        digits += 1
    lowest = 10 ** (digits - 1)
    while (number := str(lowest + secrets.randbelow(9 * lowest))) in taken:
        pass
    return number
