"""Several files sent as one zip: each is taken out into memory, one after the other, none onto the disk."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from speeches.readers.kinds import kind_of
from speeches.readers.types import MAX_UNPACKED, MAX_UPLOAD, BundleRefused, ReadRefused

MAX_FILES = 50
_CHUNK = 64 * 1024
_OTHERS = frozenset(("thumbs.db", "desktop.ini"))
_BROKEN = "压缩包已损坏，打不开。请重新压缩后再上传，或解压后逐个上传。"
_LOCKED = "压缩包加了密码，打不开。请解压后把里面的讲话稿分别上传。"
_EMPTY = "压缩包里没有文件。请确认选对了文件。"
_TOO_BIG = f"压缩包解压后超过{MAX_UNPACKED // 1024 // 1024}MB，其余文件没有读取。请解压后分批上传。"
_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    LookupError,
)  # fmt: skip


def is_bundle(content: bytes) -> bool:
    """Whether a file is a zip of files, not a document that happens to be packed."""
    try:
        kind_of(content)
    except BundleRefused:
        return True
    except ReadRefused:
        return False
    return False


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file in a zip; the name is for people to read and never a path.

    Raises ReadRefused for a broken, locked or overgrown one, after those that could be read.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except _ERRORS as error:
        raise ReadRefused(_BROKEN) from error
    with packed:
        files = [member for member in packed.infolist() if _is_file(member)]
        _check(files)
        left = MAX_UNPACKED
        for member in files:
            inside = _read(packed, member, min(left, MAX_UPLOAD))
            left -= len(inside)
            yield _name(member), inside


def _check(files: list[zipfile.ZipInfo]) -> None:
    if not files:
        raise ReadRefused(_EMPTY)
    if len(files) > MAX_FILES:
        raise ReadRefused(f"压缩包里有{len(files)}个文件，超过{MAX_FILES}个的上限。请解压后分批上传。")
    if any(member.flag_bits & 0x1 for member in files):
        raise ReadRefused(_LOCKED)


def _is_file(member: zipfile.ZipInfo) -> bool:
    """Not a folder, a link, nor what a system puts beside the files of its user."""
    base = member.filename.rpartition("/")[2]
    if not base or base.startswith(".") or base.lower() in _OTHERS or "__MACOSX/" in member.filename:
        return False
    return not stat.S_ISLNK(member.external_attr >> 16)


def _read(packed: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of a file, counted as they come out: what the directory says of its size may be a lie."""
    chunks: list[bytes] = []
    size = 0
    try:
        with packed.open(member) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise ReadRefused(_TOO_BIG)
                chunks.append(chunk)
    except _ERRORS as error:
        raise ReadRefused(_BROKEN) from error
    return b"".join(chunks)


def _name(member: zipfile.ZipInfo) -> str:
    """The name without its folders; Windows writes Chinese names in GBK without saying so."""
    name = member.filename
    if not member.flag_bits & 0x800:
        written = name.encode("cp437", "replace")
        try:
            name = written.decode("utf-8")
        except UnicodeDecodeError:
            name = written.decode("gb18030", "replace")
    return name.replace("\\", "/").rpartition("/")[2]
