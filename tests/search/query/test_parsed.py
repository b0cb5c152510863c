from tests.search.query.conftest import parsed


class TestParsedText:
    def test_pairs_and_beginnings(self) -> None:
        understood = parsed("KCN Đông Anh")
        assert ("dong", "anh") in understood.pairs
        assert "khu cong nghiep dong anh" in understood.beginnings

    def test_as_many_as_are_needed_besides_the_essential(self) -> None:
        understood = parsed("trung tâm thương mại Khánh Hòa")
        assert len(understood.essential) == 1
        assert understood.at_least == len(understood.choice) == 4
