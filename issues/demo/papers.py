"""What enterprises of the demonstration attach: a drawn sketch of a site and a short record, both made up."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

_SIZE = (1200, 800)
_PAPER, _LAND, _BUILDING, _ROAD, _INK = "#f7f5ef", "#cfe3df", "#0b5157", "#dcd8cd", "#10262a"
_RECORD = """BIÊN BẢN LÀM VIỆC (dữ liệu minh họa)

1. Doanh nghiệp đã nộp đủ hồ sơ theo phiếu hướng dẫn.
2. Cơ quan tiếp nhận ghi nhận kiến nghị và hẹn trả lời trong hạn.
"""


def site_sketch() -> SimpleUploadedFile:
    """A plot with a building and a road."""
    image = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 620, 1200, 720), fill=_ROAD)
    draw.polygon([(180, 120), (1020, 160), (980, 560), (220, 580)], fill=_LAND, outline=_INK, width=6)
    draw.rectangle((380, 240, 760, 460), fill=_BUILDING)
    draw.line([(180, 120), (980, 560)], fill=_INK, width=2)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return SimpleUploadedFile("Sơ đồ khu đất (minh họa).png", out.getvalue())


def record() -> SimpleUploadedFile:
    """A record of a meeting in a few lines."""
    return SimpleUploadedFile("Biên bản làm việc (minh họa).txt", _RECORD.encode())
