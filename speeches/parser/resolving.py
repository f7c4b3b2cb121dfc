"""From a unit as written to the department the office knows: by name, alias or short form, never a guess."""

import re
from collections import Counter
from dataclasses import dataclass, field

from .times.late import LatePattern
from .types import Context, Organ
from .wordlists import any_of, listed, pairs

_LEVELS = "省市县区州镇乡"
_HIGHER = LatePattern("国务院|国家|中央|全国|中共中央")
_MINISTRY = LatePattern(
    "(?:教育|科学技术|科技|工业和信息化|工信|公安|民政|司法|财政|人力资源社会保障|人力资源和社会保障|人社|自然资源|生态环境"
    "|环境保护|住房城乡建设|住房和城乡建设|住建|交通运输|交通|水利|农业农村|农业|商务|文化和旅游|应急管理|国防|外交)部"
)
_OPEN = LatePattern("有关|相关|职能|责任单位|责任部门|牵头(?:单位|部门)|成员单位|涉及")
_PERSON = LatePattern(f"(?:{listed('posts')})$")
_ZONE_OFFICE = LatePattern("(?<=区)管理委员会$")
_TAIL = LatePattern(r"(?:等)?(?:各)?(?:相关|职能|有关|主管)?(?:部门|单位)$")
_OFFICE = LatePattern(r"(?:委员会|局|委)$")
_COMPANY = LatePattern(r"(?:(?:集团)?(?:有限)?(?:责任)?公司|集团)$")
_MARKS = LatePattern(r"[、（）() 　]")
_LONG = pairs("short_forms")
_LONG_FORM = LatePattern(any_of(_LONG))
_PLACE = LatePattern(rf"[一-龥]{{2,6}}?[{_LEVELS}]")
_FEWEST = 3  # names that must begin with the same place for it to be the office's own

Table = dict[str, str | None]


@dataclass(slots=True)
class Register:
    """Every way to write the office's organs; called with the words of a unit it gives the organ's key."""

    level: str
    place: str = ""  # 澜江市: what most full names begin with
    exact: Table = field(default_factory=dict)
    short: Table = field(default_factory=dict)
    _entries: dict[str, tuple[str, str]] = field(default_factory=dict)

    def entry(self, name: str) -> tuple[str, str]:
        """The key, and why there is none; a text says the same names over and over."""
        if name not in self._entries:
            self._entries[name] = self(name), self.why_blank(name)
        return self._entries[name]

    def __call__(self, name: str) -> str:
        """The key of the organ; empty when nobody, or more than one, is called so."""
        key = self._found(name)
        return key or ""

    def why_blank(self, name: str) -> str:
        """Why a name resolves to nobody, in Chinese; empty when it does resolve."""
        key = self._found(name)
        if key:
            return ""
        if key is None:
            return "有几个单位都这样称呼"
        if _OPEN.search(name):
            return "没有点明是哪些单位"
        if _PERSON.search(name):
            return "写的是人，不是单位"
        return "不是本级单位" if self._is_elsewhere(name) else "没有登记这个单位"

    def enter(self, organ: Organ) -> None:
        """All names of an organ with their short forms; a group goes by its own words only."""
        for name in organ.names:
            plain = _MARKS.sub("", name)
            at_home = plain.removeprefix(self.place or " ")
            for form in (plain, at_home):
                _enter(self.exact, form, organ.key)
            if not organ.is_group:
                for form in self._short_forms(at_home):
                    _enter(self.short, form, organ.key)

    def _found(self, name: str) -> str | None:
        """A key, "" for nobody, None for more than one."""
        plain = _MARKS.sub("", name)
        if not plain:
            return ""
        at_home = plain.removeprefix(self.place or " ")
        for form in (plain, at_home, self.level + at_home, at_home.removeprefix(self.level or " ")):
            if form and form in self.exact:
                return self.exact[form]
        if self._is_elsewhere(at_home):
            return ""
        keys = [self.short[form] for form in self._short_forms(at_home) if form in self.short]
        return keys[0] if keys else ""

    def _is_elsewhere(self, name: str) -> bool:
        """省财政厅 for a 市, 国家发改委, 临江市财政局: another level's, or another place's."""
        if _HIGHER.match(name) or _MINISTRY.fullmatch(name):
            return True
        if self.level and name.startswith(self.level):
            return False
        if name[:1] in _LEVELS:
            return True
        place = _PLACE.match(name)
        return place is not None and len(name) > place.end() and _is_place(place[0])

    def _short_forms(self, name: str) -> list[str]:
        """The one word 市发展和改革委员会, 发改委 and 发改部门 share, with and without the level."""
        forms = [_short(name)]
        if self.level:
            level = re.match(f"{self.level}级?(?!场)", name)
            if level and len(name) > level.end() + 1:
                forms.insert(0, _short(name[level.end() :]))
        return forms


def _is_place(words: str) -> bool:
    """临江市 is one, 城市 and 小区 are none."""
    if len(words) < 3 or words[0] in "各每所分副常有相沿":
        return False
    return words[-1] in "省市县州" and not words.endswith(("城市", "都市", "超市", "上市"))


def resolver(context: Context) -> Register:
    """The register of the office's organs."""
    register = Register(context.level or _usual_level(context), _usual_place(context))
    for organ in context.organs:
        register.enter(organ)
    return register


def _usual_level(context: Context) -> str:
    """The level most names of the office begin with: 市财政局, 市水利局 → 市."""
    names = [name for organ in context.organs for name in organ.names if name]
    firsts = Counter(name[0] for name in names if name[0] in _LEVELS)
    return firsts.most_common(1)[0][0] if firsts else ""


def _usual_place(context: Context) -> str:
    """The place most full names begin with; empty when no place is common enough."""
    full = [organ.names[0] for organ in context.organs if organ.names and not organ.is_group]
    places = Counter(found[0] for found in map(_PLACE.match, full) if found and len(found[0]) > 2)
    place, count = places.most_common(1)[0] if places else ("", 0)
    return place if count >= _FEWEST else ""


def _enter(table: Table, name: str, key: str) -> None:
    """A name of two organs resolves to neither."""
    if name:
        table[name] = key if table.get(name, key) == key else None


def _short(name: str) -> str:
    """发展和改革委员会, 发改委 and 发改部门 become one word; 组织部 keeps its 部, a company stays one."""
    name = _ZONE_OFFICE.sub("管委会", name)
    bare = _COMPANY.sub("公司", _TAIL.sub("", name).removeprefix("人民政府"))
    bare = _OFFICE.sub("", bare)
    return _LONG_FORM.sub(lambda found: _LONG[found[0]], bare)
