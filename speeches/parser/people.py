"""Persons, and who is spoken of like one: 老周, 张总, 副县长王某某, 镇里."""

from .openings import Opening
from .wordlists import firsts, listed

_SURNAME, _POST = listed("surnames"), listed("posts")
# Behind a post: its holder's name, as long as a verb or a mark shows where the name ends;
# in 同志任组长 the 任 is no surname
HOLDER = Opening(
    firsts("surnames") | {*"老小"},
    rf"(?:[老小](?:{_SURNAME})|(?:{_SURNAME})(?!{_POST})(?:某某?|[一-龥]{{1,2}}))(?:同志)?(?=要|应|须|将|负责|牵头|具体|带队|督促|、|，|：|$|同志)",
)
SPOKEN = Opening(
    firsts("surnames") | {*"老小镇村乡厂社学"},
    rf"(?:老|小)(?:{_SURNAME})(?=要|你|负责|牵头|盯|具体|把|去|来|抓|带|跟)"
    rf"|(?:{_SURNAME})(?:总|工)(?=要|你|负责|牵头|具体|带)"
    r"|(?:[镇村乡厂]|社区|学校)里(?=要(?!求)|出[人钱车]|组织|把|派|负责|安排|统一|牵头|来|再|抓紧|成立|拿)",
)
