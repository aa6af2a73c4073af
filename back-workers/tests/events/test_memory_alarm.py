"""The alarm comes on at nine tenths and goes off below 85 %; each is logged once."""

import pytest
from events.memory_alarm import MemoryAlarm
from structlog.testing import capture_logs

from shared.models.event_streams import StoreMemory


def test_it_is_logged_once_on_and_once_off() -> None:
    alarm = MemoryAlarm()
    states: list[bool] = []
    with capture_logs() as logs:
        for used in (89, 90, 95, 90, 85, 84, 90):
            alarm.update(StoreMemory(used_bytes=used, limit_bytes=100))
            states.append(alarm.is_on)
    assert states == [False, True, True, True, True, False, True]
    assert [line["log_level"] for line in logs] == ["error", "info", "error"]


@pytest.mark.parametrize("used", [0, 10**12])
def test_without_a_limit_nothing_is_full(used: int) -> None:
    alarm = MemoryAlarm()
    alarm.update(StoreMemory(used_bytes=used, limit_bytes=0))
    assert not alarm.is_on
