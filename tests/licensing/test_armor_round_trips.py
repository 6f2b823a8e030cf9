"""Whatever a license file holds comes back from its letters, and no two files of letters hold the same."""

import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dijipilot.errors import BadInput
from dijipilot.licensing.code import ALPHABET
from dijipilot.licensing.license_file import BEGIN, END, LicenseFile, Note, read_armor, write_armor

# In the year 9998; later ones are read as not known.
LATEST = 253_370_764_799

few = settings(max_examples=40)

records = st.binary(min_size=1, max_size=700) | st.integers(9_100, 9_216).map(bytes)
symbols = st.just("") | st.text(ALPHABET, min_size=5, max_size=5)
notes = st.builds(Note, activated_at=st.integers(1, LATEST), last_symbols=symbols)
files = st.builds(
    LicenseFile,
    keyring_id=st.binary(min_size=16, max_size=16),
    lookup=st.binary(min_size=16, max_size=16),
    record=records,
    root=st.none() | st.binary(min_size=32, max_size=32),
    note=st.none() | notes,
)


@few
@given(files)
def test_what_was_written_is_read(file: LicenseFile) -> None:
    written = write_armor(file)

    assert read_armor(written) == file
    assert read_armor(written.replace(b"\n", b"\r\n")) == file
    assert read_armor(written.removesuffix(b"\n")) == file


@few
@given(files)
def test_the_letters_are_ascii_in_short_lines(file: LicenseFile) -> None:
    first, *lines, last, end = write_armor(file).decode("ascii").split("\n")
    assert (first, last, end) == (BEGIN, END, "")
    assert all(len(line) == 64 for line in lines[:-1])
    assert 0 < len(lines[-1]) <= 64


@few
@given(files, st.data())
def test_other_letters_hold_something_else_or_nothing(file: LicenseFile, data: st.DataObject) -> None:
    written = write_armor(file).decode("ascii")
    place = data.draw(st.integers(0, len(written) - 1))
    put = data.draw(st.text(string.printable, max_size=3))
    changed = written[:place] + put + written[place + data.draw(st.integers(0, 3)) :]
    # Line ends are the one thing that may differ.
    assume(_with_plain_ends(changed) != written)

    try:
        read = read_armor(changed.encode())
    except BadInput:
        return
    assert read != file
    if read.note is None or read.note.activated_at:
        assert write_armor(read).decode("ascii") == _with_plain_ends(changed)


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").removesuffix("\n") + "\n"


@few
@given(st.binary(max_size=400) | st.binary(max_size=400).map(lambda raw: f"{BEGIN}\n".encode() + raw))
def test_other_bytes_are_refused_as_no_license(raw: bytes) -> None:
    with pytest.raises(BadInput):
        read_armor(raw)
