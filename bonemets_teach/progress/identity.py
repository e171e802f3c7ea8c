"""A learner's secret, the fingerprint that is stored of it, and the code that moves it to another device."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from bonemets_teach.errors import ProgressError

__all__ = ["fingerprint", "new_secret", "resume_code", "secret_from_code"]

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DATA_LENGTH = 26
_CHECK_LENGTH = 2
_GROUP = 4
_CONTEXT = b"bonemets-teach learner secret 1"
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _powers_of_two() -> tuple[int, ...]:
    """Return the 31 powers of the generator of GF(32) with x^5 + x^2 + 1."""
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 0b100000 else doubled)
    return tuple(powers)


_POWERS = _powers_of_two()
_LOGS = {value: exponent for exponent, value in enumerate(_POWERS)}


def new_secret() -> str:
    """Make a new secret.

    Returns
    -------
    secret : str
        128 random bits as 32 hexadecimal digits.
    """
    return secrets.token_hex(16)


def fingerprint(secret: str) -> str:
    """Return what is stored of a secret.

    Parameters
    ----------
    secret : str
        32 hexadecimal digits.

    Returns
    -------
    digest : str
        HMAC-SHA256, 64 hexadecimal digits. With 128 random bits behind it, it can't be guessed back.

    Raises
    ------
    ProgressError
        If it is not a secret.
    """
    return hmac.new(_CONTEXT, bytes.fromhex(_require_secret(secret)), hashlib.sha256).hexdigest()


def resume_code(secret: str) -> str:
    """Write a secret as a code that a person can copy by hand.

    Parameters
    ----------
    secret : str
        32 hexadecimal digits.

    Returns
    -------
    code : str
        28 characters of Crockford's base 32 in seven groups of four.

    Raises
    ------
    ProgressError
        If it is not a secret.

    Notes
    -----
    The last two characters are a Reed-Solomon check over GF(32): any one or two wrong characters, so also
    any two that changed places, are noticed.

    Examples
    --------
    >>> resume_code("00000000000000000000000000000001")
    '0000-0000-0000-0000-0000-0000-0132'
    """
    number = int(_require_secret(secret), 16)
    data = [number >> (5 * place) & 31 for place in reversed(range(_DATA_LENGTH))]
    text = "".join(_ALPHABET[digit] for digit in data + _check_digits(data))
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def secret_from_code(code: str) -> str:
    """Read a resume code.

    Parameters
    ----------
    code : str
        As `resume_code` wrote it; small letters, spaces, missing or other hyphens, the letter O for the
        digit 0 and I or L for 1 are forgiven.

    Returns
    -------
    secret : str
        32 hexadecimal digits.

    Raises
    ------
    ProgressError
        If the code is too short or long, has a foreign character or does not add up; it says which.
    """
    text = re.sub(r"[\s\-\u2010-\u2015_.]", "", str(code)).upper().translate(_FORGIVEN)
    wanted = _DATA_LENGTH + _CHECK_LENGTH
    if len(text) != wanted:
        message = f"the resume code has {len(text)} characters, it must have {wanted}; copy all of it"
        raise ProgressError(message)
    foreign = sorted(set(text) - set(_ALPHABET))
    if foreign:
        message = f"the resume code can't contain {' '.join(foreign)}; compare it with the original"
        raise ProgressError(message)
    digits = [_ALPHABET.index(character) for character in text]
    data = digits[:_DATA_LENGTH]
    number = _number(data)
    if digits[_DATA_LENGTH:] != _check_digits(data) or number >= 1 << 128:
        message = "the resume code does not add up: a character is wrong or out of place; compare it again"
        raise ProgressError(message)
    return f"{number:032x}"


def _number(digits: list[int]) -> int:
    number = 0
    for digit in digits:
        number = number << 5 | digit
    return number


def _multiply(left: int, right: int) -> int:
    if not left or not right:
        return 0
    return _POWERS[(_LOGS[left] + _LOGS[right]) % 31]


def _check_digits(data: list[int]) -> list[int]:
    """Return the remainder of ``data`` by (x + 1)(x + 2), so that the whole code is zero at 1 and at 2."""
    high, low = 0, 0
    for digit in data:
        lead = digit ^ high
        high, low = low ^ _multiply(lead, 3), _multiply(lead, 2)
    return [high, low]


def _require_secret(secret: object) -> str:
    if not isinstance(secret, str) or not re.fullmatch(r"[0-9a-fA-F]{32}", secret):
        message = "the learner's secret is not 32 hexadecimal digits; reload the page to get a new one"
        raise ProgressError(message)
    return secret.lower()
