"""The world of the attacks, on an ordinary Monday at noon, with files of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from pytest_django.fixtures import Settings

from tests.access.world import World, build
from tests.factories import NOON


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> Iterator[World]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MAIL_OUTBOX = tmp_path
    with time_machine.travel(NOON, tick=False):
        yield build(tmp_path)
