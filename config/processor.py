"""One processor for a process that works with one thread at a time.

The thread that reads from sockets and the one that answers hand every request to each other. Where they run on two
processors, each hand-over finds its data in the other one's cache: a tenth of what a filing costs
(docs/decisions/0016).
"""

import os
import socket

_held: list[socket.socket] = []  # for as long as this process lives


def stay_on_one(group: str = "trong-ngay") -> int | None:
    """Keep this thread and all that it will start on one processor; returns which, None where that cannot be.

    The processes of a `group` on one machine take different ones as long as there are any. Call it before threads are
    started.
    """
    if not hasattr(os, "sched_setaffinity"):
        return None  # not Linux
    for number in sorted(os.sched_getaffinity(0)):
        if _take(f"{group}-processor-{number}"):
            os.sched_setaffinity(0, {number})
            return number
    return None


def _take(name: str) -> bool:
    """Whether nobody had it; then it is ours until this process ends, however it ends.

    A name in the kernel's abstract namespace is a lock that leaves no file behind.
    """
    lock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        lock.bind(f"\0{name}")
    except OSError:
        lock.close()
        return False
    _held.append(lock)
    return True
