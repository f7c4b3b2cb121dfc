"""The beat table. One tick, and nothing with a time of day in it.

A beat that carries "Monday 08:00" fires twice or never around restarts; ours only rings, and
`supervision.jobs.tick` reads from the clock and the tables what is due.
"""

from datetime import UTC, datetime

TICK_SECONDS = 30.0
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

BEAT_SCHEDULE = {
    "tick": {
        "task": "supervision.jobs.tick",
        "schedule": TICK_SECONDS,
        "last_run_at": LONG_AGO,  # so that the first ring comes at the start, not half a minute later
        "options": {"expires": 25},  # a tick nobody took is worthless once the next one rings
    },
}
