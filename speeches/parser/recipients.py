"""To whom is reported: they receive, they are not responsible (汇报市委、市政府; 向市政府报告)."""

import re

from .organs import Party, parties_at

_TO = re.compile(r"(?:汇报|报告|报送|上报|呈报|呈送|反馈|抄送|抄报|提交|报)(?:给|至|到|于)?")
_TOWARDS = re.compile(r"(?:向|给|报)(?!社会|上争)")
_REPORTS = re.compile(r"[^，。；]{0,16}?(?:汇报|报告|反馈|报送|通报|报备|备案|提交|说明)")


def recipients_in(text: str, start: int, end: int) -> list[Party]:
    found: list[Party] = []
    for told in _TO.finditer(text, start, end):
        found += parties_at(text, told.end(), end)[0]
    for towards in _TOWARDS.finditer(text, start, end):
        parties, after = parties_at(text, towards.end(), end)
        if parties and _REPORTS.match(text, after, end):
            found += parties
    unique = {(party.start, party.end): party for party in found}
    return [unique[key] for key in sorted(unique)]
