"""`python -m config.tether COMMAND…`: become COMMAND, and be told by the kernel when our starter is gone.

Without it a supervisor killed by force would leave its children running. Linux only; elsewhere it just starts
the command.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def main(command: list[str]) -> None:
    """Replace this process by the command, whose first word is the path of a program."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
