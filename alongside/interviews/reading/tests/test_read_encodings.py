import hashlib

import pytest

from alongside.interviews.reading import read
from alongside.interviews.reading.tests.helpers import refusal, said

WORDS = "Ann: “café” — naïve"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8"),
        (WORDS.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-32"), "utf-32-le"),
        (WORDS.encode("cp1252"), "cp1252"),
    ],
)
def test_characters_are_found_and_the_encoding_noted(data, encoding):
    """Byte-order mark first, then strict UTF-8, then Windows-1252."""
    reading = read("a.txt", data)
    assert said(reading) == [("Ann", "“café” — naïve")]
    assert reading.encoding == encoding
    assert reading.sha256 == hashlib.sha256(data).hexdigest()


def test_other_encodings_are_guessed():
    """Bytes that Windows-1252 does not have are left to a guess, which is noted."""
    words = "Анна: Добрый день, как вы себя чувствуете сегодня? Спасибо, хорошо. Джон пришёл в Рим. " * 3
    data = words.encode("koi8-r").replace(b"\xa3", b"\xa3") + "Ђ".encode("cp855")
    reading = read("a.txt", data + b"\x81\x8d\x90")
    assert reading.encoding not in {None, "utf-8", "cp1252"}


def test_code_points_stay_as_they_came():
    """Nothing is composed or decomposed; only line ends change and the byte-order mark goes."""
    words = "Ann: e\u0301 \u00e9 \ufb01 \u200b\u2028\x0bx"
    reading = read("a.txt", f"\ufeff{words}\r\nmore\rand".encode())
    assert said(reading) == [("Ann", f"{words[5:]}\nmore\nand")]


def test_text_that_is_no_text():
    """NUL characters, many control characters and half characters are refused."""
    assert "line 2: text was expected, but a NUL" in refusal("a.txt", b"Ann: Hello\nBo: \x00")
    assert "5 control characters" in refusal("a.txt", b"Ann\x01\x02\x03\x04\x05")
    assert "its last character in UTF-8 is not complete" in refusal("a.txt", "Ann: café é".encode()[:-1])
    assert "byte 2 is not UTF-8" in refusal("a.txt", b"\xef\xbb\xbfA\xffB")
    assert "promise UTF-16-LE" in refusal("a.txt", b"\xff\xfeA")
