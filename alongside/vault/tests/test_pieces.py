import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.vault import files

CONTENT = bytes(range(256)) * 700
MB = 1024 * 1024


@given(st.integers(0, len(CONTENT) + 40), st.integers(0, len(CONTENT) + 40))
def test_any_part_is_what_was_stored(start: int, end: int):
    """Wherever it begins and ends, within a block of the cipher or beyond the end of the file."""
    digest = files.store(CONTENT)
    assert b"".join(files.pieces(digest, start, end)) == CONTENT[start:end]


def test_its_length_is_known_without_opening_it():
    """That of the content, not of what lies on the disk; an empty file has none."""
    assert files.size(files.store(CONTENT)) == len(CONTENT)
    assert files.size(files.store(b"")) == 0


@pytest.mark.parametrize("at", [0, 20, 90_000, -1])
def test_a_file_that_was_altered_gives_no_piece(at: int):
    """Whichever byte it is, and also of a part that was not touched, and after a part was read before."""
    content = CONTENT + str(at).encode()
    digest = files.store(content)
    assert b"".join(files.pieces(digest, 0, 4)) == content[:4]
    path = files._path(digest)
    sealed = bytearray(path.read_bytes())
    sealed[at] ^= 1
    path.write_bytes(sealed)
    with pytest.raises(files.Damaged, match="has been altered"):
        files.pieces(digest, 40, 60)
    for left in (20, 3, 0):
        path.write_bytes(sealed[:left])
        with pytest.raises(files.Damaged, match="has been altered"):
            files.pieces(digest, 0, 4)


def test_a_file_that_is_missing_gives_no_piece():
    """And says which one it is."""
    digest = files.store(b"gone")
    files.erase(digest)
    with pytest.raises(files.Damaged, match=f"{digest} is missing"):
        files.pieces(digest, 0, 4)


def test_a_long_file_is_never_held_whole():
    """Reading eight megabytes through, check included, takes less than one of memory."""
    digest = files.store(bytes(8 * MB))
    tracemalloc.start()
    read = sum(len(piece) for piece in files.pieces(digest, 0, 8 * MB))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == 8 * MB
    assert most < MB
