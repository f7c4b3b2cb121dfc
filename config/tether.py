"""`python -m config.tether PID COMMAND…`: become COMMAND; the kernel ends it when PID, our starter, is gone.

Without it a supervisor killed by force would leave its children running. Linux only; elsewhere it just starts
the command.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def main(starter: int, command: list[str]) -> None:
    """Replace this process by the command, whose first word is the path of a program."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != starter:
        sys.exit("启动者已退出")  # it went before the kernel knew that we mind
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
