"""Where the target of a link in a document lies: on this computer, on a page of the web, on another computer.

A share of the network is worse than the web: Windows signs in there by itself, and who runs it learns enough to act
as the person who opened the document.
"""

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:")
_DRIVE = re.compile(r"/{0,3}[a-z][:|]")
_LOCAL_HOST = re.compile(r"//localhost(?=/)")
# \\?\UNC\server\share, \\.\C:\a.png: names of devices, of which the drives are here
_DEVICE = re.compile(r"/*(?:\?\?|[?.])/")
# Pages, parts of the mail that a picture was copied from, and the document itself.
_WEB = re.compile(r"(?:https?|cid|data|vnd\.sun\.star\.[a-z]+):")
_LONGEST = 2_000  # characters; `data:` may have millions
_OFFICE_FILE = re.compile(r"\.(?:xl[st][xmb]?|do[ct][xm]?|pp[ts][xm]?|od[tsp]|csv)(?:[!#].*)?$")


def is_elsewhere(target: str) -> bool:
    """Whether this target of a link lies on another computer. A path on a drive of one's own does not."""
    plain = _plain(target)
    is_file = plain.startswith("file:")
    path = _LOCAL_HOST.sub("", plain.removeprefix("file:"), count=1) if is_file else plain
    if path.startswith("/") and (device := _DEVICE.match(path)):
        return not _DRIVE.match(path[device.end() :])
    if _DRIVE.match(path) and not path.startswith("//"):
        return False
    if is_file:
        return not _DRIVE.match(path) and len(path) - len(path.lstrip("/")) not in {0, 1, 3}
    return path.startswith("//") or bool(_SCHEME.match(path))


def is_on_a_share(target: str) -> bool:
    """Whether this target lies on another computer and is not read as a page of the web is."""
    return is_elsewhere(target) and not _WEB.match(_plain(target))


def is_own_document(target: str) -> bool:
    """Whether this is a document of Office on this computer, or a range or a chart in it."""
    return not is_elsewhere(target) and bool(_OFFICE_FILE.search(_plain(target)))


def _plain(target: str) -> str:
    return unquote(target[:_LONGEST]).strip().lower().replace("\\", "/")
