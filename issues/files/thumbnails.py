"""Thumbnails of attached images, redrawn so that no bytes of the original reach a page."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

EDGE = 320  # pixels, the longer side
MOST_PIXELS = 40_000_000  # more would take hundreds of megabytes to draw
CONTENT_TYPE = "image/jpeg"
_FORMATS = ("PNG", "JPEG")
_QUALITY = 80


@dataclass(frozen=True)
class Thumbnail:
    content: bytes
    width: int
    height: int


def draw(stream: BinaryIO) -> Thumbnail | None:
    """A JPEG without metadata, upright, on white; None for what is no image, broken, or too large to draw."""
    try:
        with Image.open(stream, formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", (2 * EDGE, 2 * EDGE))
            image.thumbnail((EDGE, EDGE))
            return _encode(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return None


def _encode(image: Image.Image) -> Thumbnail:
    drawn = Image.new("RGB", image.size, "white")
    with_alpha = image.convert("RGBA")
    drawn.paste(with_alpha, mask=with_alpha)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Thumbnail(out.getvalue(), drawn.width, drawn.height)
