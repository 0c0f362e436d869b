"""Vietnamese names: cleaned, written, sorted by given name as people expect."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names import clean_text, name_key, proper_name

ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")


def in_order(*names: str) -> bool:
    backwards = list(reversed(names))
    return list(names) == sorted(backwards, key=name_key)


def test_the_twenty_nine_letters():
    assert len(ALPHABET) == 29
    assert in_order(*(f"Lê {letter.upper()}n" for letter in ALPHABET))


def test_tones_decide_between_equal_letters():
    assert in_order("Lê Ma", "Lê Mà", "Lê Mả", "Lê Mã", "Lê Má", "Lê Mạ")
    assert in_order("Lê Mạ", "Lê Man"), "a tone never outweighs a letter"


def test_given_name_then_family_name_then_the_middle():
    assert in_order("Trần Văn An", "Bùi Thị Bình", "Bùi Văn Bình", "Đỗ Anh Bình", "Lê Thị Đào", "An Em")
    assert in_order("Đặng Gia An", "Đinh Ba An")


def test_families_with_d_and_with_stroke():
    assert in_order("Dương Văn Tú", "Đào Văn Tú", "Đỗ Văn Tú", "Hồ Văn Tú")


def test_one_spelling_in_two_encodings_has_one_key():
    assert name_key(unicodedata.normalize("NFD", "Nguyễn Thị Ẩn")) == name_key("Nguyễn Thị Ẩn")


def test_shorter_word_first():
    assert in_order("Lê Hà", "Lê Hàn", "Lê Hạnh")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  VÕ HỒNG MINH ", "Võ Hồng Minh"),
        ("lê thu oanh", "Lê Thu Oanh"),
        ("Tạ\u00a0Thu\u200b  Ly", "Tạ Thu Ly"),
        ("\ufeffHồ Kim Cường", "Hồ Kim Cường"),
        (unicodedata.normalize("NFD", "LÝ ĐỨC ẨN"), "Lý Đức Ẩn"),
        ("Nguyễn Văn McKay", "Nguyễn Văn McKay"),
        ("Trần\u202eVăn A", "TrầnVăn A"),
    ],
)
def test_proper_name(written, meant):
    assert proper_name(written) == meant


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert once == once.strip()
    assert len(name_key(text)) <= 420
