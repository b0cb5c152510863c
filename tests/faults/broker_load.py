"""What the broker's fault test runs: `app` for a real worker, and a process that sends as fast as the worker takes.

python -m tests.faults.broker_load NUMBER      until it is ended; each message that was sent is a line of its output
"""

import os
import sys
import time
from pathlib import Path

from django.conf import settings

from config.celery import app

MOST_WAITING = 200  # messages
SENT_BY_ONE = 50  # messages of a process that was just started and is over soon


@app.task(name="tests.note")
def note(line: str) -> None:
    """Note that the message arrived."""
    with (settings.TN_VAR_DIR / "received").open("a") as received:
        received.write(f"{line}\n")


def send_all(writer: str) -> None:
    """Send for good, from one short-lived process after the other, as web processes and commands do."""
    queue = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
    for process in range(10**6):
        child = os.fork()
        if not child:
            for number in range(SENT_BY_ONE):
                while len(os.listdir(queue)) > MOST_WAITING:
                    time.sleep(0.02)
                line = f"{writer}.{process}.{number}"
                note.delay(line)
                os.write(1, f"{line}\n".encode())
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            sys.exit("a process that sends has failed")


if __name__ == "__main__":
    send_all(sys.argv[1])
