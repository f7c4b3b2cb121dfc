"""A mail server with moods: answers what it is told to, falls silent or hangs up where it is told to."""

import socketserver
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

SILENCE = "silence"  # the line stays open, nothing is said
HANG_UP = "hang up"
Mood = str | Callable[[str], str]  # the answer, or who decides it from the client's line

POLITE = {
    "HELLO": "220 gruff ready",
    "EHLO": "250-gruff\r\n250 8BITMIME",
    "HELO": "250 gruff",
    "MAIL": "250 OK",
    "RCPT": "250 OK",
    "DATA": "354 go ahead",
    "DOT": "250 taken",
    "RSET": "250 OK",
    "QUIT": "221 bye",
}


class Gruff:
    """`bodies`: every letter handed over up to the final dot, whatever was answered to it."""

    def __init__(self, **moods: Mood) -> None:
        self.moods: dict[str, Mood] = {**POLITE, **moods}
        self.bodies: list[bytes] = []
        self.connections = 0
        self.closing = threading.Event()
        gruff = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                gruff.connections += 1
                gruff.talk(self)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = allow_reuse_address = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]

    def talk(self, line: socketserver.StreamRequestHandler) -> None:
        """One dialogue, until somebody hangs up."""
        is_on = self.say(line, "HELLO", "")
        while is_on:
            words = line.rfile.readline().decode("utf-8", "replace").strip()
            verb = words[:4].upper()
            if not words:
                return
            is_on = self.say(line, verb, words)
            if is_on and verb == "DATA" and self.answer("DATA", words).startswith("354"):
                self.bodies.append(self.body(line))
                is_on = self.say(line, "DOT", words)
            is_on = is_on and verb != "QUIT"

    def body(self, line: socketserver.StreamRequestHandler) -> bytes:
        lines = []
        while (row := line.rfile.readline()) not in (b".\r\n", b""):
            lines.append(row.removeprefix(b"."))
        return b"".join(lines)

    def answer(self, verb: str, words: str) -> str:
        mood = self.moods.get(verb, "502 what?")
        return mood if isinstance(mood, str) else mood(words)

    def say(self, line: socketserver.StreamRequestHandler, verb: str, words: str) -> bool:
        """Answer; False when the dialogue is over."""
        answer = self.answer(verb, words)
        if answer == SILENCE:
            self.closing.wait(30)
        if answer in {SILENCE, HANG_UP}:
            return False
        line.wfile.write(f"{answer}\r\n".encode())
        return not answer.startswith("421")

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
