"""Reading parts of a zip without trusting a word of its directory."""

import io
import zipfile
import zlib
from typing import IO

from speeches.readers.types import MAX_UNPACKED, ReadRefused

_CHUNK = 64 * 1024
_TOO_BIG = "文件解压后超过50MB，不像正常的讲话稿，已停止读取。请用 Word 或 WPS 打开后另存，再重新上传。"
_BROKEN = "文件已损坏，读不出来。请用 Word 或 WPS 打开后另存为 .docx，再重新上传。"


class Packed:
    """A zip in memory; what is read out of it, over all parts together, stays within `MAX_UNPACKED` bytes."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OverflowError) as error:
            raise ReadRefused(_BROKEN) from error
        self._left = MAX_UNPACKED

    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is none of that name. Bytes are counted as they come out."""
        try:
            with self._zip.open(name) as part:
                return self._counted(part)
        except KeyError:
            return None
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise ReadRefused(_BROKEN) from error

    def _counted(self, part: IO[bytes]) -> bytes:
        chunks = []
        while chunk := part.read(_CHUNK):
            self._left -= len(chunk)
            if self._left < 0:
                raise ReadRefused(_TOO_BIG)
            chunks.append(chunk)
        return b"".join(chunks)
