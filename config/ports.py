"""Is the port free? Also run by ./run before anything is installed, so: standard library only."""

import errno
import socket
import sys


def complaint(host: str, port: int) -> str:
    """One Chinese line with the remedy when the site cannot listen there, else an empty string."""
    if not 0 < port < 65536:
        return f"端口 {port} 不在 1–65535 之间，请换一个，例如：./run --port 8001"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as failure:
            return reason(failure, host, port)
    return ""


def reason(failure: OSError, host: str, port: int) -> str:
    """What the failure means and what to do."""
    if failure.errno == errno.EADDRINUSE:
        another = port + 1 if port < 65535 else 8000
        return f"端口 {port} 已被占用：可换一个端口启动，例如 ./run --port {another}，或先停掉占用它的程序"
    if failure.errno == errno.EACCES:
        return f"没有权限使用端口 {port}：请用 1024 以上的端口，例如 ./run --port 8000"
    return f"无法在 {host}:{port} 上监听：{failure.strerror or failure}，请检查 --host 是否为本机地址"


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1], int(sys.argv[2])) or 0)
