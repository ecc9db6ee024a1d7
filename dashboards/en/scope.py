"""The words of dashboards/scope_words.py in English."""

from __future__ import annotations

SCOPE_EN: dict[str, str] = {
    "scope_switch": "Scope of view",
    "scope_now": "Shown only as “{place}” may see it{names}. Change it under “Scope of view” at the foot of the page.",
    "scope_no_names": ", names of persons hidden",
    "scope_note": (
        "Until sign-in exists, for trying out on this machine what a unit, county or grid would see; "
        "a server that others can reach does not have it, and ignores it in the address."
    ),
    "pick_view": "Whose scope (type a name to search)",
    "pick_names": "Names of persons visible",
    "unknown_view": "The scope of view “{value}” in the address does not exist; {used} is shown instead.",
    "unknown_names": "The choice of names “{value}” in the address is not recognised; names of persons are hidden.",
}
