"""Positions in figures place the event that they are told with."""

import pytest

from ascertain.model import Report
from ascertain.reading import read_report


@pytest.mark.parametrize(
    "text",
    [
        "Airstrike https://www.google.com/maps/@31.25864,34.28244,15z killed 3 civilians.",
        "An airstrike killed 3 civilians at https://www.google.com/maps?q=31.25864,34.28244",
        "Three civilians were killed in an airstrike. Coordinates: 31.25864, 34.28244",
        "Three civilians were killed in an airstrike. Geolocated here: https://maps.google.com/?q=31.25864,34.28244",
        "Three civilians were killed in an airstrike in Rafah (31.25864, 34.28244).",
        "Shelling killed two. Exact location: 31.25864, 34.28244",
    ],
)
def test_a_position_in_figures_places_the_event_told_with_it(text: str) -> None:
    claims = [claim for claim in read_report(Report(id="r", text=text)).claims if claim.where is not None]
    assert [(claim.where.lat, claim.where.lon) for claim in claims if claim.where] == [(31.25864, 34.28244)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Boko Haram abducted 276 girls from Chibok.", "Chibok"),
        ("Gunmen kidnapped 30 students from Kagara.", "Kagara"),
        ("Gang members abducted a missionary family from Croix-des-Bouquets, Haiti.", "Croix-des-Bouquets"),
        ("M23 rebels abducted 12 villagers from Rutshuru.", "Rutshuru"),
        ("ELN guerrillas kidnapped four engineers from Saravena, Colombia.", "Saravena"),
    ],
)
def test_an_abduction_is_where_people_are_taken_from(text: str, place: str) -> None:
    (claim,) = read_report(Report(id="r", text=text)).claims
    assert claim.where is not None
    assert claim.where.text == place
