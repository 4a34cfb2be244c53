"""The kind of place that the words around a name say, in the words of many countries."""

import pytest

from ascertain.places.find import name_places


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Bandits attacked Zurmi LGA in Zamfara on Tuesday.", "Zurmi LGA", "NG"),
        ("Fighting was reported in Qogso woreda, Gambella region.", "Qogso", "ET"),
        ("Attackers struck Barangay Xalitago in Marawi City.", "Xalitago", "PH"),
        ("Five people died in Upazila Ukrokhia, Cox's Bazar.", "Ukrokhia", "BD"),
        ("Four people were killed in Mandal Bhaxragad of Gadchiroli district, Maharashtra.", "Bhaxragad", "IN"),
        ("Troops raided Payam Kodwek in Upper Nile, South Sudan.", "Kodwek", "SS"),
        ("Raiders burned huts in Ngwembi payam of Jonglei.", "Ngwembi", "SS"),
        ("Mortars landed in Verkhno hromada of Kharkiv oblast.", "Verkhno", "UA"),
    ],
)
def test_a_name_of_a_division_that_no_gazetteer_has_is_in_what_holds_it(text: str, name: str, country: str) -> None:
    found = {place.text: place.country for place in name_places(text)}
    assert found.get(name) == country, found
