from pathlib import Path

import pytest

from ascertain.incidents import agencies as agency_tables
from ascertain.incidents import speakers as speaker_tables
from ascertain.incidents.agencies import agency_credited, agency_named, agency_publishing, credits_in, speaker_words
from ascertain.incidents.sketch import sketch
from ascertain.incidents.speakers import bodies, in_full, introduced, voice
from ascertain.model import DataFileError, Report, ReportHeader


@pytest.mark.parametrize(
    ("words", "country"),
    [
        (("Gaza's health ministry", "the health ministry in Gaza", "the Hamas-run health ministry"), None),
        (("the health ministry", "Ministry of Health", "a spokesman for the health ministry, Ashraf Hadi"), "PS"),
        (("Sudan's police", "the Sudanese police", "police", "police spokesman Omer Adam"), "SD"),
        (("Russia's defence ministry", "the Russian Ministry of Defence", "the Russian defense ministry"), None),
        (("the Israeli military", "Israel's army", "an Israeli army spokesman", "the IDF"), None),
        (("Reuters", "a Reuters correspondent", "the Reuters news agency"), None),
        (("President Hamid Karzai", "Hamid Karzai", "the president, Hamid Karzai"), None),
        (("the Red Cross", "Red Cross"), None),
        (("the civil defence service", "Civil Defence", "Ukraine's civil defense agency"), "UA"),
        (("the governor's office", "the governor’s office", "a statement from the governor's office"), "NG"),
        (("hospital doctor Adam Lindo", "Adam Lindo", "Adam Lindo, a surgeon", "Dr Adam Lindo"), None),
        (("UN Secretary-General Antonio Guterres", "Antonio Guterres"), None),
        (("Kharkiv mayor Ihor Terekhov", "the mayor of Kharkiv, Ihor Terekhov"), None),
        (("a spokesman for the Tide Network", "the Tide Network", "the rights group Tide Network"), None),
        (("the Wagner group", "Wagner", "a Wagner spokesman", "Wagner spokesman Ivan Petrov"), None),
        (("Nasser hospital", "Nasser Hospital"), None),
        (("Kharkiv governor Syniehubov", "Syniehubov", "Governor Syniehubov"), None),
    ],
)
def test_one_speaker_is_one_voice_however_called(words: tuple[str, ...], country: str | None) -> None:
    voices = {voice(one, country) for one in words}
    assert len(voices) == 1
    assert None not in voices


@pytest.mark.parametrize(
    "words",
    [
        ("Russia's defence ministry", "Ukraine's defence ministry"),
        ("the health ministry of Mali", "the interior ministry of Mali"),
        ("the Kenyan police", "the Ugandan police"),
        ("the Israeli army", "Hezbollah"),
        ("Ahmed Salem", "Omar Salem"),
        ("Reuters", "AFP"),
    ],
)
def test_two_speakers_are_two_voices(words: tuple[str, str]) -> None:
    first, second = map(voice, words)
    assert first
    assert second
    assert first != second


@pytest.mark.parametrize(
    "words",
    [
        "residents",
        "Witnesses",
        "two medics",
        "a security official",
        "Villagers",
        "They",
        "an Iraqi officer",
        "survivors of the Hamas attack",
        "a police officer",
        "relatives of the soldiers",
        "The Foreign Secretary",
        "A MAN WHO SAID HE SPOKE FOR THE REBELS",
        "the defence ministry",
        "doctors at the regional hospital",
        "residents of Khan Younis",
        "people in northern Deir al-Balah",
        "journalists Ahmed Ali and Omar Said",
        "a group",
        "the hospital",
    ],
)
def test_people_without_a_name_are_no_voice_of_their_own(words: str) -> None:
    assert voice(words, "IQ") is None


def test_a_surname_is_the_person_whose_full_name_the_report_gives() -> None:
    awa, oumar, issa = ((name, name) for name in ("awa traoré", "oumar guindo", "issa traoré"))
    assert in_full("traoré", (awa, oumar)) == "awa traoré"
    assert in_full("traoré", (awa, issa)) == "traoré"


def test_a_spokesman_called_by_name_is_still_the_voice_of_whom_he_speaks_for() -> None:
    people = [introduced(words, "SD") for words in ("police spokesman Colonel Omer Adam", "Hamas spokesman Ali Naji")]
    known = [person for person in people if person]
    assert [in_full(name, known) for name in ("adam", "omer adam", "naji")] == ["police/SD", "police/SD", "party:hamas"]


def made(text: str) -> Report:
    return Report(id="r", text=text)


def test_a_credit_in_the_first_line_or_at_the_end_makes_it_the_agencys_text() -> None:
    rest = "gunmen killed nine traders on a road, officials said, and burned their lorries before leaving eastwards."
    assert agency_credited(sketch(made(f"MOPTI, Mali (AFP) — On Friday {rest}"))) == "afp"
    assert agency_credited(sketch(made(f"BAMAKO, Mali, May 3 (Reuters) - On Friday {rest}"))) == "reuters"
    assert agency_credited(sketch(made(f"On Friday {rest} — Xinhua"))) == "xinhua"
    assert agency_credited(sketch(made(f"On Friday {rest}"))) is None


def test_an_agencys_staff_at_work_is_no_credit() -> None:
    assert (
        credits_in(sketch(made("An AFP photographer was among those hurt on Friday in the shelling of the port.")))
        == ()
    )


def test_the_publisher_or_the_address_may_be_an_agency() -> None:
    assert agency_publishing(ReportHeader(id="r", publisher="Agence France-Presse")) == "afp"
    assert agency_publishing(ReportHeader(id="r", url="https://apnews.com/article/x")) == "ap"
    assert agency_publishing(ReportHeader(id="r", url="https://notapnews.com/article/x")) is None
    assert agency_publishing(ReportHeader(id="r", url="http://[bad")) is None
    assert agency_named("the national press") is None


def test_bad_tables_are_refused_by_name_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "agencies.tsv").write_text("# source: test\nid\tnames\tmarks\tsites\na\tX\t\t\nb\tX\t\t\n")
    (tmp_path / "bodies.tsv").write_text("# source: test\nwords\tbody\thome\npolice|Police\tpolice\tyes\n")
    (tmp_path / "speakers.toml").write_text("staff = 'x'")
    monkeypatch.setattr(agency_tables, "files", lambda _: tmp_path)
    monkeypatch.setattr(speaker_tables, "files", lambda _: tmp_path)
    with pytest.raises(DataFileError, match=r"agencies.tsv.*4.*stands for a too"):
        agency_tables.agencies.__wrapped__()
    with pytest.raises(DataFileError, match=r"bodies.tsv.*3.*capitals"):
        bodies.__wrapped__()
    with pytest.raises(DataFileError, match="titles"):
        speaker_words.__wrapped__("titles")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("AZAZ, Syria (Reuters) - A car bomb killed six people.", "reuters"),
        ("GAZA (AFP) - Building collapse kills six.", "afp"),
        ("BANGUI (AP) -- Team of rangers ambushed in the north.", "ap"),
        ("A Reuters photographer was hurt in Goma.", None),
        ("An AFP team saw six bodies in Goma.", None),
        ("Reuters' crew was stopped at Goma.", None),
    ],
)
def test_a_dateline_is_a_credit_also_before_a_word_for_staff(text: str, agency: str | None) -> None:
    assert agency_credited(sketch(Report(id="r", text=text))) == agency
