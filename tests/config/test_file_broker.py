"""The broker of files: a message is there whole or not at all, and one reader gets it."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config import file_broker
from config.file_broker import Channel


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    (tmp_path / "queue").mkdir()
    (tmp_path / "control").mkdir()
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("filesystem://", transport="config.file_broker:Transport", transport_options=options) as connection:
        yield connection.default_channel


def test_messages_of_a_queue_come_in_order_each_once(channel: Channel, tmp_path: Path) -> None:
    for number in range(20):
        channel._put("celery", {"number": number})
        channel._put("other", {"number": -number})
    assert [channel._get("celery")["number"] for _ in range(20)] == list(range(20))
    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._size("other") == 20
    assert channel._purge("other") == 20
    assert list((tmp_path / "queue").iterdir()) == []


def test_a_message_that_is_being_written_is_not_seen(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when its writer is killed in the middle of it."""
    original = Path.rename

    def die(_path: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", die)
    with pytest.raises(KeyboardInterrupt):
        channel._put("celery", {"number": 1})
    monkeypatch.setattr(Path, "rename", original)
    assert channel._size("celery") == 0
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_message_that_another_reader_has_just_taken_is_passed_over(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel._put("celery", {"number": 1})
    channel._put("celery", {"number": 2})
    original = file_broker.os.listdir

    def late(folder: Path) -> list[str]:
        names = sorted(original(folder))
        (folder / names[0]).unlink(missing_ok=True)
        return names

    monkeypatch.setattr(file_broker.os, "listdir", late)
    assert channel._get("celery") == {"number": 2}


def test_the_table_of_an_exchange_is_whole_while_many_write_into_it(channel: Channel, tmp_path: Path) -> None:
    def bind(queue: str) -> None:
        channel._queue_bind("exchange", "key", "", queue)

    threads = [threading.Thread(target=bind, args=[f"queue-{number}"]) for number in range(20)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        channel.get_table("exchange")  # raises for half a table
    assert {row.queue for row in channel.get_table("exchange")} == {f"queue-{number}" for number in range(20)}
    bindings = list((tmp_path / "control" / "exchange").iterdir())
    assert len(bindings) == 20  # one file each, and none that was left behind
    assert all(json.loads(file.read_text()) for file in bindings)


def test_a_binding_is_noted_once_and_goes_with_its_queue(channel: Channel) -> None:
    for queue in ("one", "one", "two"):
        channel._queue_bind("exchange", "key", "", queue)
    channel._put("one", {"number": 1})
    channel._delete("one", "exchange", "key", "")
    assert [row.queue for row in channel.get_table("exchange")] == ["two"]
    assert channel._size("one") == 0
    assert channel.get_table("another") == []
