"""Several files sent as one zip: each is taken out into memory, one after the other, none onto the disk."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from speeches.readers.kinds import kind_of
from speeches.readers.types import MAX_UNPACKED, MAX_UPLOAD, BundleRefused, ReadRefused

MAX_FILES = 50
_CHUNK = 64 * 1024
_OTHERS = frozenset(("thumbs.db", "desktop.ini"))
_BROKEN = "压缩包已损坏，打不开。请重新压缩后再上传，或解压后逐个上传。"
_BROKEN_INSIDE = "文件在压缩包里已损坏，解不出来。请重新压缩，或单独上传。"
_LOCKED = "加了密码，打不开。请解压后单独上传。"
_EMPTY = "压缩包里没有文件。请确认选对了文件。"
_LARGE = f"超过{MAX_UPLOAD // 1024 // 1024}MB的上限，没有读取。请删去图片后另存，再单独上传。"
_TOO_BIG = f"压缩包解压后超过{MAX_UNPACKED // 1024 // 1024}MB，从《{{name}}》起没有读取。请解压后分批上传。"
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


class Member(NamedTuple):
    """A file in a zip: its name, for people to read and never a path; its bytes, or why there are none."""

    name: str
    content: bytes
    error: str = ""


def members(content: bytes) -> Iterator[Member]:
    """Each file in a zip, the bad ones too.

    Raises ReadRefused for a broken or empty zip, and for one that unpacks to too much after what came before.
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
            name = _name(member)
            if member.flag_bits & 0x1:
                yield Member(name, b"", _LOCKED)
                continue
            inside, wrong, unpacked = _read(packed, member)
            left -= unpacked
            if left < 0:
                raise ReadRefused(_TOO_BIG.format(name=name))
            yield Member(name, inside, wrong)


def _check(files: list[zipfile.ZipInfo]) -> None:
    if not files:
        raise ReadRefused(_EMPTY)
    if len(files) > MAX_FILES:
        raise ReadRefused(f"压缩包里有{len(files)}个文件，超过{MAX_FILES}个的上限。请解压后分批上传。")


def _is_file(member: zipfile.ZipInfo) -> bool:
    """Not a folder, a link, nor what a system puts beside the files of its user."""
    base = member.filename.rpartition("/")[2]
    if not base or base.startswith(".") or base.lower() in _OTHERS or "__MACOSX/" in member.filename:
        return False
    return not stat.S_ISLNK(member.external_attr >> 16)


def _read(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[bytes, str, int]:
    """The bytes of a file, or what is wrong with it, and how many bytes came out.

    They are counted as they come: what the directory says of its size may be a lie.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        with packed.open(member) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > MAX_UPLOAD:
                    return b"", _LARGE, size
                chunks.append(chunk)
    except _ERRORS:
        return b"", _BROKEN_INSIDE, size
    return b"".join(chunks), "", size


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
