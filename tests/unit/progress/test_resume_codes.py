"""Resume codes carry a secret, forgive how people type, and notice mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress.identity import fingerprint, new_secret, resume_code, secret_from_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRETS = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")


@given(SECRETS)
def test_a_code_gives_its_secret_back(secret: str) -> None:
    """Reading a written code returns the same secret."""
    assert secret_from_code(resume_code(secret)) == secret


@given(SECRETS, st.sampled_from([" ", "", "--", " - ", "\u2013", "."]), st.booleans())
def test_spelling_is_forgiven(secret: str, gap: str, capital: bool) -> None:
    """Case, gaps and the letters O, I and L do not matter."""
    code = resume_code(secret).replace("-", gap).replace("0", "O").replace("1", "l" if capital else "i")
    assert secret_from_code(f" {code.upper() if capital else code.lower()}\n") == secret


@given(SECRETS, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(secret: str, place: int, wrong: str) -> None:
    """Any other character at any place is refused."""
    text = resume_code(secret).replace("-", "")
    if text[place] == wrong:
        return
    with pytest.raises(ProgressError, match="does not add up"):
        secret_from_code(text[:place] + wrong + text[place + 1 :])


@given(SECRETS, st.integers(0, 27), st.integers(0, 27))
def test_two_characters_that_changed_places_are_noticed(secret: str, one: int, other: int) -> None:
    """Swapping two different characters, next to one another or not, is refused."""
    letters = list(resume_code(secret).replace("-", ""))
    if letters[one] == letters[other]:
        return
    letters[one], letters[other] = letters[other], letters[one]
    with pytest.raises(ProgressError, match="does not add up"):
        secret_from_code("".join(letters))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "0 characters"),
        ("0000-0000", "8 characters"),
        ("U" * 28, "can't contain U"),
        ("Z" * 28, "does not add up"),
        ("\u0130" * 28, "resume code"),
        ("x" * 10_000, "10000 characters"),
    ],
)
def test_nonsense_is_refused_in_words(code: str, words: str) -> None:
    """What is no code gets a message that says why."""
    with pytest.raises(ProgressError, match=words):
        secret_from_code(code)


@pytest.mark.parametrize("secret", ["", "0" * 31, "0" * 33, "g" * 32, "0" * 32 + "\n", None, 7])
def test_only_a_secret_is_taken(secret: object) -> None:
    """Anything but 32 hexadecimal digits is refused."""
    with pytest.raises(ProgressError, match="32 hexadecimal digits"):
        fingerprint(secret)  # type: ignore[arg-type]


def test_a_fingerprint_does_not_contain_the_secret() -> None:
    """The stored fingerprint is long, the same each time, and blind to the secret's case."""
    secret = "deadbeef" * 4
    assert len(fingerprint(secret)) == 64
    assert "deadbeef" not in fingerprint(secret)
    assert fingerprint(secret) == fingerprint(secret.upper())


def test_new_secrets_differ() -> None:
    """Two new secrets are never the same and are valid."""
    one, other = new_secret(), new_secret()
    assert one != other
    assert fingerprint(one) != fingerprint(other)
