"""What an office file holds besides its text, counted while reading, and what a clerk is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Seen:
    """How often each thing was met. `linked`: fields that fetch from other programs or files."""

    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    pictures: int = 0
    embedded: int = 0
    linked: int = 0

    def warnings(self) -> Iterator[str]:
        """A sentence for each kind of thing, in Chinese."""
        if self.deleted or self.inserted:
            yield "文档带有修订痕迹：新增的文字已保留，删除的文字已去掉。请确认是定稿。"
        if self.hidden:
            yield "文档里有隐藏文字，未读取。"
        if self.pictures:
            yield f"文档里有{self.pictures}张图片，图片中的文字没有读取。"
        if self.embedded:
            yield "文档里嵌有其他文件，未读取。请把其中的内容另行上传。"
        if self.linked:
            yield "文档里有向其他程序或文件取数的域（DDE 等），没有执行。来源不明时请勿用 Word 打开。"
