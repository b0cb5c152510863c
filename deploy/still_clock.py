"""`python -m deploy.still_clock MOMENT PORT`: the web process with a fixed clock, for pictures."""

import os
import sys
from datetime import datetime

import uvicorn


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.asgi import application  # noqa: PLC0415 - sets Django up
    from core import clock  # noqa: PLC0415

    # Tasks and threads of the server inherit the context in which it was started, and with it the moment.
    with clock.at(datetime.fromisoformat(sys.argv[1])):
        uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[2]), ws="websockets", log_level="warning")


if __name__ == "__main__":
    main()
