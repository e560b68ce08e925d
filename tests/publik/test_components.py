"""Components rendered as pages include them."""

from django.template.loader import render_to_string


def component(name, **context):
    return " ".join(render_to_string(f"components/{name}.html", context).split())


def test_turn_is_said_in_words():
    assert "Giliran Anda" in component("turn_badge", mine=True)
    assert "Giliran Tim Teknis" in component("turn_badge", mine=False, who="Tim Teknis")


def test_deadline_counts_days_in_words():
    assert "lewat 1 hari" in component("deadline", left=-1)
    assert "hari ini" in component("deadline", left=0)
    assert "3 hari kerja" in component("deadline", left=3, unit="hari kerja")
    assert "tanpa batas" in component("deadline", left=None)


def test_disabled_move_stands_there_with_the_reason_beside_it():
    move = {"url": "/x/", "label": "Nyatakan lengkap", "enabled": False, "missing": ["2 dokumen"]}
    text = component("moves", moves=[move], version=3)
    assert 'disabled aria-describedby="kurang-1"' in text and "2 dokumen" in text


def test_move_posts_the_version_and_asks_for_a_reason():
    move = {"url": "/x/", "label": "Tolak", "enabled": True, "reason": True}
    text = component("moves", moves=[move], version=3, csrf_token="abc")
    assert 'name="version" value="3"' in text and 'name="note"' in text and "abc" in text


def test_hands_bar_is_proportional_without_inline_style():
    hands = [{"who": "x", "mine": True, "days": 5}, {"who": "Tim Teknis", "days": 4}]
    text = component("hands", hands=hands, unit="hari kerja")
    assert 'colspan="5" class="hands__mine"' in text and "style=" not in text
    assert "<dt>Tim Teknis</dt><dd>4 hari kerja</dd>" in text


def test_texts_of_people_are_escaped():
    assert "&lt;b&gt;" in component("facts", facts=[("Nama", "<b>Budi</b>")])


def test_money_is_written_in_figures_and_words():
    text = component("money", amount=139200, words=True)
    assert "Rp139.200" in text and "seratus tiga puluh sembilan ribu dua ratus rupiah" in text
