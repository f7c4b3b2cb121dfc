"""Which lines of a web page are the article. Full sentences are never left out, whatever they stand in."""

import re
from collections.abc import Sequence

from speeches.readers.types import Left
from speeches.readers.walking import Block

_SENTENCE = re.compile(r"[。；！？]|.{12},|.{12}，")
_OUTLINE = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|第[一二三四五六七八九十]{1,3}[，,、]"
    r"|附件|同志们|各位"
)
_ABOUT = re.compile(
    r"(发布时间|发布日期|发表时间|更新时间|来源|信息来源|稿件来源|作者|责任编辑|编辑|浏览次数|浏览量|浏览|点击数?|阅读量?|访问量"
    r"|字体|字号|打印|分享到?|收藏)\s*[：:【\[]"
)
_MOST_PROSE = 0.97  # of the sentences of a page must stand in the element taken for its article
_LITTLE = 150  # characters of sentences below which a page has no article to be told from its frame
_MOSTLY = 0.6  # links in a line of a menu


def article(blocks: Sequence[Block], title: str, parents: Sequence[int]) -> tuple[list[str], list[Left]]:
    """The lines of the article and those left out, each in order."""
    root = _root(blocks, parents)
    inside = _inside(root, parents)
    begins = next((index for index, block in enumerate(blocks) if inside[block.container]), 0)
    kept: list[str] = []
    left: list[Left] = []
    menus = _menus(blocks) if not root else set()
    is_named = any(_is_named(block, title) for block in blocks)
    for index, block in enumerate(blocks):
        is_title = index < begins and _is_title(block, title, is_named=is_named)
        is_kept = index not in menus and (_is_kept(block, root, inside[block.container]) or is_title)
        if is_kept:
            kept.append(block.text)
        else:
            left.append(Left(len(kept), block.text, _why(block)))
    return kept, left


def _why(block: Block) -> str:
    """What a line that is no part of the article seems to be."""
    if block.links >= _MOSTLY * len(block.text):
        return "网站导航"
    return "发布信息" if _ABOUT.search(block.text) else "网页边框"


def _is_kept(block: Block, root: int, is_inside: bool) -> bool:
    if block.is_frame:
        return False
    if len(block.text) < 200 and len(_ABOUT.findall(block.text)) >= 2:
        return False
    if root and not is_inside:
        return (_is_prose(block) and len(block.text) >= 20) or block.text.startswith("附件")
    return True


def _menus(blocks: Sequence[Block]) -> set[int]:
    """Lines of links next to others of the kind; a single one may be a reference in the text."""
    linked = [block.links >= _MOSTLY * len(block.text) for block in blocks]
    return {
        index
        for index, is_linked in enumerate(linked)
        if is_linked and (any(linked[max(0, index - 1) : index]) or any(linked[index + 1 : index + 2]))
    }


def _is_prose(block: Block) -> bool:
    return (
        not block.is_frame
        and block.links < 0.3 * len(block.text)
        and _SENTENCE.search(block.text) is not None
    )


def _is_title(block: Block, title: str, *, is_named: bool) -> bool:
    """A line above the article that says what the page is called, or a heading where none says so."""
    if block.is_frame or block.links >= _MOSTLY * len(block.text):
        return False
    return _is_named(block, title) or (block.is_heading and not is_named)


def _is_named(block: Block, title: str) -> bool:
    return len(block.text) >= 4 and title.startswith(block.text)


def _root(blocks: Sequence[Block], parents: Sequence[int]) -> int:
    """The innermost element that holds nearly all sentences; 0 when the page has too few to tell."""
    weights = [0] * len(parents)
    marked = [0] * len(parents)
    for block in blocks:
        if not block.is_frame:
            weights[block.container] += len(block.text) if _is_prose(block) else 0
            marked[block.container] += _OUTLINE.match(block.text) is not None
    for container in range(len(parents) - 1, 0, -1):  # an element is numbered after the one around it
        weights[parents[container]] += weights[container]
        marked[parents[container]] += marked[container]
    if weights[0] < _LITTLE:
        return 0
    root = 0
    for container in range(1, len(parents)):
        is_below = parents[container] == root
        if is_below and weights[container] >= _MOST_PROSE * weights[0] and marked[container] == marked[root]:
            root = container
    return root


def _inside(root: int, parents: Sequence[int]) -> list[bool]:
    """For each element whether it is `root` or lies in it."""
    inside = [False] * len(parents)
    for container in range(len(parents)):
        inside[container] = container == root or (container > 0 and inside[parents[container]])
    return inside
