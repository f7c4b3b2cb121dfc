"""The beat table. One tick, and nothing with a time of day in it.

A beat that carries "Monday 08:00" fires twice or never around restarts; ours only rings, and
`supervision.jobs.tick` reads from the clock and the tables what is due.
"""

TICK_SECONDS = 30.0

BEAT_SCHEDULE = {
    "tick": {
        "task": "supervision.jobs.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": 25},  # a tick nobody took is worthless once the next one rings
    },
}
