from search.sources.named import number_of


def test_one_name_is_one_number_however_it_is_written() -> None:
    assert number_of("province", "Hà Nội") == number_of("province", "HÀ NỘI") == number_of("province", "ha noi")
    assert number_of("province", "Hà Nội") != number_of("procedure", "Hà Nội")
    assert 1 << 40 < number_of("province", "Hà Nội") < 1 << 53
    assert number_of("province", "Hà Nội") == 1_661_434_194_215  # stays over releases: indexes keep it
