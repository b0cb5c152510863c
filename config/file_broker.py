"""Celery's broker without a server: kombu's transport over files, made safe for processes that write at the same time.

Kombu writes a message, and the table of who listens to what, into a file that readers already see: a worker that
reads it too early gets half of it and dies. Here a file gets the name that readers look for only when it is complete.
"""

import hashlib
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import quote

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

_NEW, _TAKEN = ".new", ".taken"  # endings that no reader looks for
_BINDING = ".binding"


class Channel(filesystem.Channel):
    """Messages appear and disappear whole, by renaming. One folder for both directions, `data_folder_in`."""

    def _put(self, queue: str, message: Any, **_options: Any) -> None:  # type: ignore[override] # two names in kombu
        folder = Path(self.data_folder_in)
        # Readers take the oldest first, in the order of names.
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        unseen = folder / (name + _NEW)
        unseen.write_text(dumps(message), encoding="utf-8")
        unseen.rename(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The oldest message of the queue, without waiting. Of several readers one gets it; raises Empty."""
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / (name + _TAKEN)
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:  # another reader was first
                continue
            message = loads(taken.read_text(encoding="utf-8"))
            taken.unlink()
            return message
        raise Empty

    def get_table(self, exchange: str) -> list[Any]:
        """Which queues listen to an exchange: (routing key, pattern, queue) of each."""
        files = sorted(self._bindings(exchange).glob(f"*{_BINDING}"))
        return [filesystem.exchange_queue_t(*loads(file.read_text(encoding="utf-8"))) for file in files]

    def _queue_bind(self, exchange: str, routing_key: Any, pattern: Any, queue: Any) -> None:
        """Note that `queue` listens to `exchange`: one file a binding, so that nobody edits what another reads."""
        file = self._binding(exchange, routing_key, pattern, queue)
        file.parent.mkdir(parents=True, exist_ok=True)
        unseen = file.with_name(f"{uuid.uuid4()}{_NEW}")
        unseen.write_text(dumps([routing_key or "", pattern or "", queue or ""]), encoding="utf-8")
        unseen.rename(file)

    def _delete(self, queue: str, exchange: str, routing_key: Any, pattern: Any, *_args: Any, **_options: Any) -> None:
        self._purge(queue)
        self._binding(exchange, routing_key, pattern, queue).unlink(missing_ok=True)

    def _bindings(self, exchange: str) -> Path:
        return Path(self.control_folder) / quote(exchange or "", safe="")

    def _binding(self, exchange: str, routing_key: Any, pattern: Any, queue: Any) -> Path:
        key = dumps([routing_key or "", pattern or "", queue or ""])
        return self._bindings(exchange) / (hashlib.sha256(key.encode()).hexdigest() + _BINDING)


class Transport(filesystem.Transport):
    """The transport that settings name: `config.file_broker:Transport`."""

    Channel = Channel
