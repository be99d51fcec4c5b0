"""A trip with all that files find hard: a sample, places of one's own, roughly known and unknown positions, awkward notes."""

from travel import Traveller

EXACT = {"lat": 27.951234, "lon": 109.601234, "accuracy_m": 10}
# Signs that files give a meaning to, a line break, and a line far longer than a calendar's.
NOTE = '带伞; 问路, 走\\小路, <别走>大路 & "看清"\n' + "再往前走，过了风雨桥左拐；" * 12 + "🏮"


def plan(site):
    """Three days along a route, with four more stops."""
    traveller = Traveller(site)
    at_school = {"own": {"name": {"zh": "学校门口 <东>, 3号; A&B"}, "position": EXACT, "region": "433123"}}
    grandmother = {"own": {"name": {"zh": "外婆家"}}}
    stop = {"stay_min": 30}
    traveller.edit(edit="add_visit", day=0, index=0, visit={"id": 21, "at": at_school, "note": NOTE} | stop)
    traveller.edit(edit="add_visit", day=1, index=1, visit={"id": 22, "at": grandmother} | stop)
    traveller.edit(edit="add_visit", day=2, index=0, visit={"id": 23, "at": {"listing": "ex-001"}} | stop)
    # Until after midnight.
    traveller.edit(edit="add_visit", day=0, index=3, visit={"id": 24, "at": at_school, "arrive": "23:50"} | stop)
    traveller.edit(edit="set_title", title="侗乡，三天; 两夜, <一家>")
    return traveller
