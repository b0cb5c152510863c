"""Provinces before and after 1 July 2025."""

from investment.provinces import names_before, province_today


def test_both_ways_however_the_name_is_written() -> None:
    assert province_today("QUANG NAM ") == "Đà Nẵng"
    assert names_before("da nang") == ("Quảng Nam",)
    assert names_before("TP. Hồ Chí Minh") == ("Bình Dương", "Bà Rịa - Vũng Tàu")


def test_one_that_kept_its_name_and_took_in_no_other() -> None:
    assert province_today("Hà Nội") == ""
    assert names_before("Hà Nội") == names_before("") == ()
