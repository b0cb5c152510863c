from core.readable_codes import ALPHABET, LENGTH, clean_code, readable_code, shown_code


def test_each_number_of_sixty_bits_has_its_own() -> None:
    assert readable_code(0) == "0" * LENGTH
    assert readable_code(2**60 - 1) == "Z" * LENGTH
    assert readable_code(2**60 + 1) == "0" * 11 + "1"
    assert readable_code(int("7K3M", 32)) == "00000000" + readable_code(int("7K3M", 32))[-4:]
    assert len({readable_code(number) for number in range(2_000)}) == 2_000


def test_it_is_read_as_it_is_shown_and_as_people_type() -> None:
    code = readable_code(0x7_1234_5678_9ABC_DEF)
    for typed in (shown_code(code), shown_code(code).lower(), code.replace("0", "o").replace("1", "l"), f" {code} "):
        assert clean_code(typed) == code
    for typed in ("", code[1:], code + "0", "U" * LENGTH, "x" * 100_000):
        assert clean_code(typed) == ""
    assert set(code) <= set(ALPHABET)
