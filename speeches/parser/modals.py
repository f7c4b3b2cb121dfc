"""The words that demand: 要, 应, 须, 必须 …, and what else they may be the beginning of."""

# Each begins with a character of its own and looks back from there: that is what a search can skip to
MODAL = (
    r"(?:要(?<!(?<!业)主要)(?<![重需首只概摘纪扼简提险紧次想]要)(?!素|件|害|闻|务|案|领|塞|求|么|不然|点[、，的])|应当|应该|应(?<![相供适响反效对回]应)(?![急用对收付诉邀聘届战征变运管])|须|必须|务必|务须|一律(?!平等)"
    r"|需(?<!所需)(?!求|水|氧|要)|需要(?<!(?:工作|发展|实际|现实|业务|形势|确有|生产|生活|建设|客观)需要)(?=[^的，、。；]))"
)
WILL = r"将(?!军|来|士)"
