"""What tests of pages share."""

import re
from typing import Any

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def text_of(response: Any) -> str:
    """The page with its white space joined and times without their element, so that a sentence can be looked for."""
    return " ".join(re.sub(r"</?(time|b)\b[^>]*>", "", response.content.decode()).split())
