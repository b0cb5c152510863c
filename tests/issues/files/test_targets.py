"""Where a link leads, however it is written."""

import pytest

from issues.files.targets import is_elsewhere, is_on_a_share, is_own_document


@pytest.mark.parametrize(
    ("target", "elsewhere"),
    [
        ("http://a", True),
        ("HTTPS://a", True),
        ("mhtml:http://a!x", True),
        ("ftp:a", True),
        ("//a/b", True),
        ("\\\\a\\b", True),
        ("file:////a/b", True),
        ("file:\\\\\\\\a\\b", True),
        ("%68ttp://a", True),
        ("\\\\?\\UNC\\a\\b", True),
        ("//./UNC/a/b", True),
        ("\\\\?\\GLOBALROOT\\Device\\Mup\\a\\b", True),
        ("file://localhost//a/b", True),
        ("\\\\localhost\\c$", True),
        ("file:///home/an/a.dotx", False),
        ("file:///c|/a.dotx", False),
        ("file://localhost/c:/a.dotx", False),
        ("file:///\\\\?\\C:\\a.dotx", False),
        ("\\\\?\\C:\\a.dotx", False),
        ("c:/a.dotx", False),
        ("/c:/a.dotx", False),
        ("../a.dotx", False),
        ("./a.dotx", False),
        ("", False),
    ],
)
def test_where_a_target_lies(target: str, elsewhere: bool) -> None:
    assert is_elsewhere(target) is elsewhere


@pytest.mark.parametrize(
    ("target", "on_a_share"),
    [
        ("\\\\a\\b", True),
        ("file://a/b", True),
        ("smb://a/b", True),
        ("http://a/b", False),
        ("cid:a@b", False),
        ("data:image/png;base64," + "A" * 100_000, False),
        ("vnd.sun.star.Package:Pictures/a.png", False),
        ("c:/a", False),
    ],
)
def test_shares_are_more_than_the_web(target: str, on_a_share: bool) -> None:
    assert is_on_a_share(target) is on_a_share


@pytest.mark.parametrize(
    ("target", "own"),
    [
        ("file:///C:\\a%20b.xlsx", True),
        ("Book1.xlsx", True),
        ("C:\\a.XLSX!Sheet1!R1C1", True),
        ("a.docx", True),
        ("C:\\a.exe", False),
        ("C:\\a.xlsx.exe", False),
        ("oleObject1.bin", False),
        ("https://a/b.xlsx", False),
        ("//a/b.xlsx", False),
    ],
)
def test_documents_of_ones_own(target: str, own: bool) -> None:
    assert is_own_document(target) is own
