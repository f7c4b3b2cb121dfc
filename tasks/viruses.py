"""Uploads shown to clamd before anything reads them (CLAMD_SOCKET; off when empty).

The protocol is that of clamd(8): `zINSTREAM`, chunks with their length in four bytes, an empty one, an answer
that ends with a zero byte. When clamd is wanted and cannot be asked, nothing is let through.
"""

import logging
import socket
import struct

from django.conf import settings

SECONDS = 30  # for each word of clamd
_CHUNK = 64 * 1024
_LONGEST = 4096  # bytes of an answer
_UNASKED = "病毒扫描服务没有应答，为安全起见暂不接收文件。请稍后重试；仍不行请联系系统管理员。"
_TOO_BIG = "文件超过病毒扫描服务的大小上限，没有接收。请删去图片后另存，或请系统管理员调大上限。"

logger = logging.getLogger(__name__)


def trouble(content: bytes) -> str:
    """What is wrong with a file by clamd's lights, in Chinese with what to do; empty when nothing is."""
    if not settings.CLAMD_SOCKET:
        return ""
    try:
        answer = _asked(content)
    except OSError as error:
        logger.error("clamd at %s cannot be asked: %s", settings.CLAMD_SOCKET, error)
        return _UNASKED
    if answer.endswith(" FOUND"):
        logger.warning("clamd refused an upload: %s", answer.encode("unicode_escape").decode())
        name = answer.removeprefix("stream:").removesuffix(" FOUND").strip()
        return f"文件带有病毒（{name[:80]}），已拒绝接收。请向来文单位核实，杀毒后再上传。"
    if answer == "stream: OK":
        return ""
    logger.error("clamd answered %s", answer.encode("unicode_escape").decode())
    return _TOO_BIG if "size limit" in answer else _UNASKED


def _asked(content: bytes) -> str:
    with _connected(settings.CLAMD_SOCKET) as line:
        try:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                line.sendall(struct.pack("!L", len(chunk)) + chunk)
            line.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough: its answer says why
        return _answer(line)


def _connected(place: str) -> socket.socket:
    """A path, or host:port."""
    host, colon, port = place.rpartition(":")
    if colon and port.isdecimal() and not place.startswith("/"):
        return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(place)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    words = b""
    while not words.endswith(b"\0"):
        more = line.recv(_LONGEST)
        words += more
        if not more or len(words) > _LONGEST:
            raise ConnectionError("the answer has no end")
    return words.rstrip(b"\0\n").decode("utf-8", "replace").strip()
