"""What is guessed first, and what is not: rules, so that the rows are examples of kinds."""

import pytest

from accounts.passwords.guessable import Reason, as_letters, reason

NAMES = [
    "nguyenvanan1990",
    "Nguyễn Văn An 1990",
    "NguyenVanAn@123",
    "nguyenthihoa85",
    "Tran.Van.Duc.1985",
    "phamminhtuan",
    "nguyenxx1990",
    "N.g.u.y.e.n.1990",
    "lan0912345678",
]
PLACES = [
    "Hanoi@2024!",
    "hanoi123456",
    "saigon2025!!",
    "danang@43@43",
    "Hà Nội 2025",
    "tphochiminh2024",
    "VietNam@2025",
]
PHRASES = [
    "matkhau123",
    "Mật khẩu 123",
    "matkhaucuatoi",
    "anhyeuemnhieulam",
    "Anh Yêu Em 1999",
    "anh yêu em mãi mãi",
    "giadinh2020!",
    "khongbiet123",
    "trongngay2025",
    "dautu@2025!!",
    "doanhnghiep1",
]
HABITS = [
    "maatjkhaaur",  # Telex
    "maajtkhaaru1",
    "matajkhauar",
    "maatkhaau99!",
    "nguyeenx90vn",
    "hafnooij2024",
    "ddafnawngx@1",
    "ma65tkha63u1",  # VNI
    "mat65khau63",
    "ha2no65i2024",
    "M4tkh4u123!",
    "m@tkh@u2024",
    "ｍａｔｋｈａｕ１２３",
    "mâ\u0323t khâ\u0309u 123",  # with marks of their own
]
WALKS = [
    "qwertyuiop",
    "qwerty@2024",
    "1qaz2wsx3edc",
    "1q2w3e4r5t6y",
    "asdfghjkl;",
    "zxcvbnm,./",
    "aaaaaaaaaa",
    "abcabcabcabc",
    "abcdefghij",
    "0987654321",
    "aabbaabbaa",
]
GOOD = [
    "a-long-password-7",
    "another-long-word-8",
    "correct horse battery staple",
    "blue-otter-carves-granite",
    "Kx7#mPq2vL9z",
    "tR9!wq-Zk3bn",
    "f7a9c2e1b4d8",
    "con mèo đen ngủ trên mái ngói",
    "conmeodengutrenmai",
    "xe đạp đỏ ngoài hiên mưa",
    "bốn chiếc thuyền thúng ngược gió",
    "cà phê muối buổi chiều vắng",
    "hai con trâu leo cột điện",
    "ếch nhái uống trà đá",
    "Mẹ tôi nấu canh chua cá lóc",
    "sáu giờ chuông chùa gõ bảy tiếng",
    "hà mã ngồi đọc báo",
    "Lan trồng cà chua dưới chân cầu",
    "trăng non treo đầu ngõ",
    "voi hồng ăn kem ốc quế",
    "nguyen lau cua so bang bao cu",
    "an binh chi dung em phuc giang hai",  # common words, but many
]


@pytest.mark.parametrize("password", [*NAMES, *PLACES, *PHRASES, *HABITS])
def test_words_with_what_stands_around_them(password: str) -> None:
    assert reason(password) is Reason.WORDS


@pytest.mark.parametrize("password", WALKS)
def test_walks_and_repetitions(password: str) -> None:
    assert reason(password) is Reason.WALK


@pytest.mark.parametrize("password", GOOD)
def test_good_passwords(password: str) -> None:
    assert reason(password, ["Nguyễn Văn An", "an.nguyen", "Công ty Thép Sông Hồng"]) is None


@pytest.mark.parametrize(
    ("password", "own"),
    [
        ("thepsonghong2024", "Công ty Thép Sông Hồng"),
        ("Thép Sông Hồng 2024", "Công ty Thép Sông Hồng"),
        ("ctythepsonghong", "CTY Thép Sông Hồng"),
        ("meocon88@1988", "meocon88"),
        ("m30c0n1988!!", "meocon"),
        ("theespsoongs2024", "Thép Sống"),
        ("Zarathustra Hanoi 99", "Zarathustra Krishnamurti"),
    ],
)
def test_data_of_ones_own(password: str, own: str) -> None:
    assert reason(password) is not Reason.OWN
    assert reason(password, [own]) is Reason.OWN


@pytest.mark.parametrize(
    ("typed", "meant"), [("p@ssw0rd", "password"), ("m4tkh4u", "matkhau"), ("lan 1990", "lan 1990")]
)
def test_digits_in_the_place_of_letters(typed: str, meant: str) -> None:
    assert as_letters(typed) == meant


@pytest.mark.parametrize(
    "password", ["", "a", "\ud800" * 20, "é" * 5000, "\u0301" * 2000, "🙂🙃🙂🙃🙂🙃🙂🙃🙂🙃🙂", "1" * 2000]
)
def test_any_input_is_taken(password: str) -> None:
    reason(password, ["", "\u0301", "🙂"])
