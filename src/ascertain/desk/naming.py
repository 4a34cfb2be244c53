"""Codes in words, in the language of the page: types, gradings, outcomes, groups, sectors, states of talks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Names = Mapping[str, "_StrPromise"]

TYPES: Names = {
    "armed_clash": _("Armed clash"),
    "government_regains_territory": _("Government regains territory"),
    "non_state_actor_overtakes_territory": _("Non-state actor overtakes territory"),
    "chemical_weapon": _("Chemical weapon"),
    "air_drone_strike": _("Air or drone strike"),
    "suicide_bomb": _("Suicide bomb"),
    "shelling_artillery_missile_attack": _("Shelling, artillery or missile attack"),
    "remote_explosive_landmine_ied": _("Remote explosive, landmine or IED"),
    "grenade": _("Grenade"),
    "sexual_violence": _("Sexual violence"),
    "attack": _("Attack"),
    "abduction_forced_disappearance": _("Abduction or forced disappearance"),
    "peaceful_protest": _("Peaceful protest"),
    "protest_with_intervention": _("Protest with intervention"),
    "excessive_force_against_protesters": _("Excessive force against protesters"),
    "violent_demonstration": _("Violent demonstration"),
    "mob_violence": _("Mob violence"),
    "agreement": _("Agreement"),
    "arrests": _("Arrests"),
    "change_to_group_activity": _("Change to group or activity"),
    "disrupted_weapons_use": _("Disrupted weapons use"),
    "headquarters_or_base_established": _("Headquarters or base established"),
    "looting_property_destruction": _("Looting or property destruction"),
    "non_violent_transfer_of_territory": _("Non-violent transfer of territory"),
    "other": _("Other development"),
    "ground_advance": _("Ground advance"),
    "rescue": _("Rescue"),
    "crime": _("Crime"),
    "accident": _("Accident"),
    "natural_disaster": _("Natural disaster"),
}
GRADINGS: Names = {
    "confirmed": _("confirmed"),
    "fair": _("fair"),
    "weak": _("weak"),
    "contested": _("contested"),
    "single_source": _("single source"),
}
OUTCOMES: Names = {
    "killed": _("Killed"),
    "injured": _("Injured"),
    "missing": _("Missing"),
    "trapped": _("Trapped"),
    "detained": _("Detained"),
    "abducted": _("Abducted"),
    "displaced": _("Displaced"),
}
GROUPS: Names = {
    "people": _("people"),
    "civilians": _("civilians"),
    "children": _("children"),
    "women": _("women"),
    "men": _("men"),
    "elderly": _("elderly people"),
    "combatants": _("combatants"),
    "security_forces": _("security forces"),
    "journalists": _("journalists"),
    "health_workers": _("health workers"),
    "aid_workers": _("aid workers"),
    "protesters": _("protesters"),
}
SECTORS: Names = {
    "food": _("Food"),
    "water": _("Water"),
    "health": _("Health care"),
    "shelter": _("Shelter"),
    "fuel": _("Fuel"),
    "electricity": _("Electricity"),
    "protection": _("Protection"),
    "access": _("Access for aid"),
    "displacement": _("Displacement"),
    "education": _("Education"),
    "communications": _("Communications"),
    "general": _("Conditions in general"),
}
STATUSES: Names = {
    "proposed": _("proposed"),
    "ongoing": _("ongoing"),
    "progress": _("progress"),
    "impasse": _("impasse"),
    "agreed": _("agreed"),
    "rejected": _("rejected"),
    "collapsed": _("collapsed"),
    "implemented": _("implemented"),
}
MODALITIES: Names = {
    "asserted": _("asserted"),
    "denied": _("denied"),
    "alleged": _("alleged"),
    "planned": _("planned"),
    "threatened": _("threatened"),
    "hypothetical": _("supposed"),
}
MEANS: Names = {
    "aircraft": _("Aeroplanes"),
    "helicopter": _("Helicopters"),
    "drone": _("Drones"),
    "missile": _("Guided missiles"),
    "rocket": _("Unguided rockets"),
    "artillery": _("Artillery"),
    "mortar": _("Mortars"),
    "tank": _("Tanks"),
    "small_arms": _("Small arms"),
    "ied": _("Improvised explosive device"),
    "landmine": _("Landmine or remnant of war"),
    "car_bomb": _("Car bomb"),
    "suicide_vest": _("Suicide vest"),
    "grenade": _("Grenade"),
    "bomb": _("Bomb of a kind not told"),
    "knife": _("Knife"),
    "machete": _("Machete, axe or sword"),
    "fire": _("Fire"),
    "chemical": _("Chemical agent"),
    "vehicle": _("Vehicle driven into people"),
    "naval": _("Naval guns"),
    "tear_gas": _("Tear gas and other crowd control"),
    "cyber": _("Attack on computers"),
    "beating": _("Beating"),
}
TARGETS: Names = {
    "residential": _("Homes"),
    "healthcare": _("Health care"),
    "school": _("School or university"),
    "religious": _("Place of worship"),
    "displacement_site": _("Site of displaced people"),
    "market": _("Market"),
    "energy": _("Energy"),
    "water": _("Water supply"),
    "transport": _("Transport"),
    "vehicle": _("Vehicle"),
    "aid": _("Aid"),
    "media": _("Media"),
    "government": _("Government"),
    "military": _("Military"),
    "agriculture": _("Farming"),
    "commercial": _("Business"),
    "other": _("Something else"),
}
NEEDS: Names = {
    "contested": _("contested"),
    "changed": _("changed since decided"),
    "many_sources": _("many new sources"),
    "large": _("large"),
    "low_confidence": _("low confidence"),
}
REVIEWS: Names = {
    "waiting": _("To review"),
    "open": _("Open"),
    "accepted": _("Accepted"),
    "rejected": _("Rejected"),
    "all": _("All"),
}
LEVELS: Names = {"": _("everybody"), "partner": _("partners"), "internal": _("nobody outside")}
_ALL: Names = {**TARGETS, **MEANS, **TYPES, **GRADINGS, **OUTCOMES, **GROUPS, **SECTORS, **STATUSES, **MODALITIES}


def level_name(level: str) -> str:
    """Who may be given what is marked with a level of sensitivity, in words.

    >>> level_name("internal"), level_name("")
    ('nobody outside', 'everybody')
    """
    return named(level, LEVELS)


def named(code: str, names: Names = _ALL) -> str:
    """A code in words; one without any as it is, with blanks.

    >>> named("air_drone_strike"), named("not_known_here")
    ('Air or drone strike', 'not known here')
    """
    return str(names.get(code, code.replace("_", " ")))
