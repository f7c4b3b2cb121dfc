"""A stand-in for clamd: a real server that speaks INSTREAM and knows one virus, or behaves as it is told."""

import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
MOST = 25 * 1024 * 1024  # bytes, as clamd's own limit


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: Clamd = self.server.owner  # type: ignore[attr-defined]
        if server.silent:
            return
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        server.seen.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR[28:43] in content else b"stream: OK\0"
        self.wfile.write(server.answer or found)
        if server.holds:
            self.wfile.flush()
            server.over.wait(10)


class _Tcp(socketserver.ThreadingTCPServer):
    owner: "Clamd"


class _Unix(socketserver.ThreadingUnixStreamServer):
    owner: "Clamd"


class Clamd:
    """Listens from entering to leaving; `address` is what CLAMD_SOCKET takes, `seen` what it was shown."""

    def __init__(self, path: Path | None = None) -> None:
        self.seen: list[bytes] = []
        self.silent, self.holds, self.answer, self.most = False, False, b"", MOST
        self.over = Event()
        self._server: _Tcp | _Unix
        if path is None:
            tcp = _Tcp(("127.0.0.1", 0), _Talk)
            self._server, self.address = tcp, f"127.0.0.1:{tcp.socket.getsockname()[1]}"
        else:
            self._server, self.address = _Unix(str(path), _Talk), str(path)
        self._server.owner = self

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def gone() -> Iterator[str]:
    """The address of a clamd that has just stopped."""
    with Clamd() as server:
        address = server.address
    yield address
