"""Who may open the pages of comparing, mapping and ending versions; adds to `url_rules`."""

from tests.meta.url_rules import DRAFTERS, RULES, anybody, everybody_else, only

TOLD = everybody_else(*DRAFTERS)


def mapping(w) -> dict:
    return {"source": w.mapping.source.code, "target": w.mapping.target.code}


RULES |= {
    "standards:compare": anybody(),
    "standards:mappings": anybody(),
    "standards:mapping": anybody(args=mapping),
    "standards:mapping_download": anybody(args=mapping),
    "standards:mapping_edit": only(*DRAFTERS, told=TOLD, args=mapping),
    "standards:mapping_criterion": only(*DRAFTERS, told=TOLD, args=lambda w: {**mapping(w), "criterion": "TC01"}),
    "standards:mapping_remove": only("officer", told=everybody_else("officer"), args=mapping),
    "standards:version_retire": only(*DRAFTERS, told=TOLD, args=lambda w: {"code": "vn-tt20-2018"}),
}
