"""Journal times as people read them."""

from __future__ import annotations

from datetime import datetime


def local_time(utc: str) -> str:
    """A journal time as the user's clock shows it: `14:02` today, else with the date."""
    moment = datetime.fromisoformat(utc).astimezone()
    return moment.strftime("%H:%M" if moment.date() == datetime.now().astimezone().date() else "%d %b %Y, %H:%M")
