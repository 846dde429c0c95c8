from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, SHARED
from vectorstore.bilingual.lexicon import is_translated, open_lexicon
from vectorstore.bilingual.stems import Stems, stripped
from vectorstore.bilingual.table import (
    ENGLISH,
    SHIPPED,
    Table,
    read_english,
    read_table,
    write_table,
)
from vectorstore.bilingual.translate_terms import crossed
from vectorstore.bilingual.transliterate import arabised, romanised
from vectorstore.language.normalise import fold
from vectorstore.search.bm25 import BM25Index
from vectorstore.search.term_counts import TermCounts
from vectorstore.tools.make_lexicon import main, make_table
from vectorstore.tools.parallel import MEMORY, NAMES, SENTENCES, Pair, read_parallel

PAIRS = [
    tuple(line.split())
    for line in """
    government حكومة
    war حرب
    peace سلام
    president رئيس
    army جيش
    oil نفط
    water ماء
    doctor طبيب
    virus فيروس
    parliament برلمان
    book كتاب
    city مدينة
    winter شتاء
    """.strip().splitlines()
]

TMX = """<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="en"><seg>A mill.</seg></tuv><tuv xml:lang="ar"><seg>طاحونة</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Alone.</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.parametrize(("english", "arabic"), PAIRS)
def test_everyday_words_are_known_in_both_directions(english: str, arabic: str) -> None:
    assert open_lexicon().translations(arabic, "en")[0][0] == english
    assert open_lexicon().translations(english, "ar")[0][0] == fold(arabic)


@pytest.mark.parametrize(
    "word", "الحكومة والحكومة للحكومة وبالحكومة حكومات وحكومتها بحكومتهم".split()
)
def test_clitics_and_endings_hide_no_word(word: str) -> None:
    assert open_lexicon().translations(word, "en")[0][0] == "government"


@pytest.mark.parametrize(
    ("word", "to"), [("war", "en"), ("حرب", "ar"), ("1994", "ar"), ("", "en"), ("qxqxq", "ar")]
)
def test_what_is_unknown_or_needs_no_translation_has_none(word: str, to: str) -> None:
    assert open_lexicon().translations(word, "en" if to == "en" else "ar") == ()


def test_first_letters_are_clitics_only_where_a_commoner_word_is_left() -> None:
    stems = Stems({"حكومه": 3, "ولد": 2, "والده": 2, "بيت": 1})
    words = ["والحكومه", "وحكومه", "وبحكومه", "الحكومه", "ولد", "والده", "والبيت", "وهو", "بكين"]
    bare = ["حكومه", "حكومه", "حكومه", "حكومه", "ولد", "والده", "بيت", "هو", "بكين"]
    assert [stems.bare(word) for word in words] == bare
    assert [stripped(word) for word in ["حكومات", "حكومتهم", "سنه", "كتب"]] == [
        "حكوم",
        "حكوم",
        "سن",
        "كتب",
    ]


def test_a_gloss_keeps_the_order_the_numbers_and_the_marks() -> None:
    arabic = "غادر 3,000 طبيب المدينة؟ الحرب، ٢٠٢٠."
    assert open_lexicon().gloss(arabic, "en") == "leave 3000 doctor city? war, 2020."
    assert (
        open_lexicon().gloss("The city, 3,000 doctors; war?", "ar") == "في مدينه، 3000 طبيب؛ حرب؟"
    )
    assert [open_lexicon().gloss(text, "en") for text in ("", "ـ", "حرب ـ حرب", "3")] == [
        "",
        "",
        "war war",
        "3",
    ]


def test_unknown_words_are_spelled_in_the_other_script() -> None:
    assert (romanised("بلينكن"), arabised("Blinken")) == ("blinkn", "بلينكن")
    assert open_lexicon().gloss("توشيريف", "en") == "tushirif"


@pytest.mark.parametrize("arabic", ["توشيريف", "وتوشيريف", "لتوشيريف"])
def test_an_invented_name_meets_itself_in_the_other_script(arabic: str) -> None:
    assert set(crossed("Toshirev").split()) & set(crossed(arabic).split()) == {"τσρφ"}


def test_questions_find_passages_of_the_other_language() -> None:
    english = [
        "Toshirev praised the school.",
        "The army left the city in 1994.",
        "Oil became expensive in winter.",
    ]
    arabic = [
        "أشاد توشيريف بالمدرسة.",
        "غادر الجيش المدينة عام ١٩٩٤.",
        "أصبح النفط غاليا في الشتاء.",
    ]
    for asked, searched in ((english, arabic), (arabic, english)):
        index = BM25Index(TermCounts.of_texts([crossed(text) for text in searched]))
        assert [int(index.scores(crossed(text)).argmax()) for text in asked] == [0, 1, 2]


def test_a_word_gives_its_sounds_only_as_a_name() -> None:
    assert crossed("The war winter.") == "war winter"
    assert crossed("Winter came, and Winter left.") == "winter ντρ φντρ came winter ντρ φντρ left"
    assert crossed("قال توشيريف") == "τσρφ"


def test_parallel_texts_are_read_whole(tmp_path: Path) -> None:
    folder = parallel(tmp_path)
    assert read_parallel(folder) == [
        Pair("The weir broke.", "انهار السد."),
        Pair('The "mill" broke.', "انهارت الطاحونة."),
        Pair("A mill.", "طاحونة"),
        Pair("orleni", "أورلني", name=True),
    ]


def test_a_table_is_made_of_parallel_texts_and_written_alike_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, one, two = parallel(tmp_path), tmp_path / "one.gz", tmp_path / "two.gz"
    assert [main([str(folder), "--to", str(path)]) for path in (one, two)] == [0, 0]
    assert one.read_bytes() == two.read_bytes()
    table = read_table(one)
    assert table == make_table(read_parallel(folder))
    assert table == Table(
        words={
            "انهار": {"the": 0.68},
            "انهارت": {"the": 0.691},
            "اورلني": {"orleni": 1.0},
            "سد": {"weir": 0.709, "break": 0.519},
            "طاحونه": {"mill": 0.72, "a": 0.525, "break": 0.298},
        },
        stems={
            "انهار": {"the": 0.999},
            "اورلن": {"orleni": 1.0},
            "سد": {"weir": 0.734, "break": 0.5},
            "طاح": {"mill": 0.728, "a": 0.522, "break": 0.301},
        },
        arabic={"انهار": "انهار", "اورلن": "اورلني", "سد": "سد", "طاح": "طاحونه"},
        english={
            "a": "a",
            "break": "broke",
            "mill": "mill",
            "orleni": "orleni",
            "the": "the",
            "weir": "weir",
        },
        counts={"انهار": 1, "انهارت": 1, "اورلني": 1, "سد": 1, "طاحونه": 2},
    )
    assert (
        capsys.readouterr().out.splitlines()[0]
        == f"{one}: 5 Arabic words, 6 English stems, from 4 texts"
    )


def test_parallel_texts_that_are_missing_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--to", str(tmp_path / "table.gz")]) == 1
    told = capsys.readouterr().err
    assert (
        told.startswith(f"The parallel texts in {tmp_path} cannot be read: ")
        and told.count("\n") == 1
    )


def test_a_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    table = Table(
        {"سد": {"weir": 0.5}}, {"سد": {"weir": 0.25}}, {"سد": "سد"}, {"weir": "weir"}, {"سد": 2}
    )
    write_table(table, tmp_path / "table.gz")
    assert read_table(tmp_path / "table.gz") == table
    assert read_english(tmp_path / "table.gz") == {"weir"}


def test_the_english_stems_are_those_of_the_table_that_ships() -> None:
    assert read_english() == set(read_table().english)
    told = {word: is_translated(word) for word in ("winters", "Winter", "toshirev", "شتاء", "")}
    assert told == {"winters": True, "Winter": True, "toshirev": False, "شتاء": False, "": False}
    assert all(
        is_translated(word) == bool(open_lexicon().translations(word, "ar")) for word in told
    )


def test_the_table_and_its_notice_ship_with_the_package() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]
    assert "vectorstore.bilingual" in setup["packages"]
    assert set(setup["package-data"]["vectorstore.bilingual"]) == {SHIPPED.name, ENGLISH, "NOTICE"}
    notice = (SHIPPED.parent / "NOTICE").read_text(encoding="utf-8")
    assert all(
        word in notice
        for word in ("Tatoeba", "Creative Commons Attribution 2.0 France", "TICO-19", "CC0")
    )
    assert "Apache License" in notice and SHIPPED.stat().st_size < 2_000_000


@pytest.mark.slow
def test_the_shipped_table_is_the_one_that_the_parallel_texts_give() -> None:
    folder = SHARED / "data" / "parallel"
    if not folder.is_dir():
        pytest.skip("the parallel texts are not here")
    assert make_table(read_parallel(folder)) == read_table()


def test_the_lexicon_loads_within_a_third_of_a_second_and_nothing_heavy_with_it() -> None:
    script = (
        "import sys, time; from vectorstore.bilingual.translate_terms import crossed; from"
        " vectorstore.bilingual.lexicon import open_lexicon; t = time.process_time();"
        " open_lexicon(); print(time.process_time() - t, 'numpy' in sys.modules)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
        for _ in range(3)
    ]
    told = [run.stdout.split() for run in runs]
    assert min(float(seconds) for seconds, _ in told) < 0.3
    assert {heavy for _, heavy in told} == {"False"}


def parallel(folder: Path) -> Path:
    (folder / SENTENCES).write_text(
        'The weir broke.\tانهار السد.\nThe "mill" broke.\tانهارت الطاحونة.\nnone\n', "utf-8"
    )
    (folder / MEMORY).write_text(TMX, "utf-8")
    (folder / NAMES).write_text("أورلني\torleni\n", "utf-8")
    return folder
