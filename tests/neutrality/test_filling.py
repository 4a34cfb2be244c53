from ascertain.model import Reading

from .filling import Template, fill, without_names

TEMPLATE = Template("t", "fighters", "forces", "A {nationality} man fled {place}. {A} stayed.")


def test_the_article_follows_the_name_and_offsets_lead_back() -> None:
    filled = fill(TEMPLATE, 0)
    assert filled.text == "An Israeli man fled Rafah. Hamas fighters stayed."
    for words, slot in (("Israeli", "{nationality}"), ("Rafah", "{place}"), ("Hamas fighters", "{A}"), ("man", "man")):
        start = filled.text.index(words)
        led = filled.place_in_template(start, end=False), filled.place_in_template(start + len(words), end=True)
        assert TEMPLATE.text[slice(*led)] == slot
    assert filled.place_in_template(0, end=False) == 0
    assert filled.place_in_template(len(filled.text), end=True) == len(TEMPLATE.text)


def test_two_fills_differ_in_names_only() -> None:
    filled = [fill(TEMPLATE, number) for number in range(2)]
    plain = []
    for one in filled:
        start = one.text.index("fled ") + 5
        end = one.text.index(". ")
        claim = {
            "id": f"c{one.number}",
            "kind": "event",
            "type": "attack",
            "evidence": [(0, end + 1)],
            "where": {"text": one.text[start:end], "span": (start, end), "lat": float(one.number), "country": "XX"},
        }
        reading = Reading.model_validate({"report": {"id": "r"}, "claims": [claim]})
        plain.append(without_names(reading, one))
    assert plain[0] == plain[1]
    assert plain[0][0]["where"] == {"span": (25, 32)}


def test_a_name_at_the_start_of_a_sentence_gets_a_capital() -> None:
    assert fill(Template("t", "groups", "-", "{A} fled. {A} fell."), 2).text == "The M23 fled. The M23 fell."
