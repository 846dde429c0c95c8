from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.names.aliases import Alias, Aliases
from vectorstore.names.directory import HolderDirectory, NameUse, read_naming
from vectorstore.records import HolderType

quick = settings(deadline=None, derandomize=True, database=None, max_examples=60)


def people(*names: str, aliases: Aliases = Aliases()) -> HolderDirectory:
    return read_naming([NameUse(name, "person") for name in names], aliases)


def bodies(*names: str, aliases: Aliases = Aliases()) -> HolderDirectory:
    return read_naming([NameUse(name, "organisation") for name in names], aliases)


def groups(naming: HolderDirectory) -> set[frozenset[str]]:
    return {frozenset(named.spellings) for named in naming.holders}


SAME = [
    (
        "Hella Mornay",
        "HELLA MORNAY",
        "Dr. Hella Mornay",
        "Mornay",
        "Mrs Mornay",
        "Veskaran Prime Minister Hella Mornay",
        "H. Mornay",
        "Mornay, Hella",
    ),
    ("Nikor Toshirev", "Nicor Toshireff", "Toshirev", "Toschirev", "نيكور توشيريف", "توشيريف"),
    ("Tamsin Orvo", "تامسين أورفو", "أورفو", "الدكتورة تامسين أورفو", "Orvo"),
    ("Jevrim Kachtel", "Yevrim Kashtel", "Kashtel", "Mr Kachtel", "Y. Kashtel"),
    ("Dov Sarguvian", "Sarguvyan", "Dov Sarguvyan"),
    ("Tamaz Berashvili", "Tamaz Beraschwili", "Berashvili"),
    ("Ayşe Yağmorlu", "Ayse Yagmorlu", "Yağmorlu"),
    (
        "Mohammad Rafiq al-Orleni",
        "Mohammed Rafeq Al-Orleni",
        "al-Orleni",
        "محمد رفيق الأورليني",
        "الأورليني",
    ),
    ("Abd al-Rahman Selmi", "Abdulrahman Selmi", "Abdel Rahman al-Selmi", "عبد الرحمن السلمي"),
    ("Li Wenhao", "Li Wen-hao", "Wenhao Li", "Li Wen Hao", "Li"),
    ("Ana Velmar Sorrel", "Ana Velmar", "Ana Velmar-Sorrel"),
    ("Jan van der Velde", "Jan van de Velde", "Van der Velde", "Velde"),
    ("Anna Maria Orlen", "Anna Orlen", "A. M. Orlen", "Orlen"),
    ("Karl-Otto Dusard", "Karl Otto Dusard"),
    ("Peter Orlen Jr.", "Peter Orlen, Jr"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: str(names[0]))
def test_spellings_of_one_person_are_one(names: tuple[str, ...]) -> None:
    assert groups(people(*names)) == {frozenset(names)}


APART = [
    ("Anna Orlen", "Peter Orlen"),
    ("Anna Orlen", "Peter Orlen", "Orlen"),
    ("Anna Orlen", "Adam Orlen", "A. Orlen"),
    ("Anna Maria Orlen", "Anna Petra Orlen", "Anna Orlen"),
    ("Jean Orlen", "Jan Orlen", "Jean-Pierre Orlen"),
    ("Hasran Selmi", "Husrein Selmi"),
    ("حسرن سلمي", "حسرين سلمي"),
    ("Elena Orlov", "Alina Orlov", "Elena Orlova"),
    ("Peter Orlen", "Peter Orlen Jr", "Peter Orlen Sr"),
    ("Peter Hansrel", "Peter Hansrol"),
    ("Hella Mornay", "Hella"),
    ("Li Wenhao", "Li Pengfei", "Li"),
    ("Orvo", "أورفو"),
    ("Al Orlen", "Peter Orlen"),
    ("the head of Harbour", "Peter Harbour"),
    ("Hella Mornay", "A senior advisor to the Prime Minister Hella Mornay"),
    ("Prime Minister", "Veskaran Prime Minister", "the Prime Minister of Veskara"),
    ("Mahmod Orlen", "Mohamad Orlen", "محمد أورلن"),
    ("", "...", "?"),
]


@pytest.mark.parametrize("names", APART, ids=lambda names: str(names[-1]))
def test_names_that_may_be_two_people_stay_apart(names: tuple[str, ...]) -> None:
    assert groups(people(*names)) == {frozenset({name}) for name in names}


def test_a_bare_surname_brings_nobody_together() -> None:
    naming = people("Anna Orlen", "Peter Orlan", "Orlen", "Orlan", "أورلن")
    assert groups(naming) == {
        frozenset({"Anna Orlen", "Orlen"}),
        frozenset({"Peter Orlan", "Orlan"}),
        frozenset({"أورلن"}),
    }


def test_bare_names_without_a_full_one_are_one_when_they_are_spellings() -> None:
    naming = people("Toshirev", "Toshireff", "توشيريف", "Mornay")
    assert groups(naming) == {
        frozenset({"Toshirev", "Toshireff", "توشيريف"}),
        frozenset({"Mornay"}),
    }


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("The Ministry of Defence", "ministry of defense"), 1),
        (("الوزارة", "وزارة"), 1),
        (
            (
                "Ministry of Defence of Veskara",
                "Ministry of Defence of Tarnessa",
                "Ministry of Defence",
            ),
            3,
        ),
        (("Government of Veskara", "Veskara", "Veskaran Government"), 3),
        (("Reed Valley Authority (RVA)", "Reed Valley Authority", "R.V.A.", "RVA"), 1),
        (("RVA (Reed Valley Authority)", "RVA"), 1),
        (("Reed Valley Authority", "RVA"), 1),
        (("Reed Valley Authority", "River Vale Alliance", "RVA"), 3),
        (("Reed Valley Authority", "River Vale Alliance (RVA)", "RVA"), 2),
        (("Ferrow Clarion (AFP)", "Ferrow Clarion", "AFP"), 3),
        (("Channel 4", "Channel 5"), 2),
        (("Foreign Ministry", "FM"), 2),
    ],
)
def test_bodies_are_one_by_all_their_words_or_an_acronym(
    names: tuple[str, ...], expected: int
) -> None:
    assert len(groups(bodies(*names))) == expected


def test_types_never_mix_but_for_an_organisation_and_an_outlet() -> None:
    types: list[HolderType] = ["person", "organisation", "media", "author"]
    assert groups(read_naming([NameUse("The Orlen Post", type) for type in types])) == {
        frozenset({"The Orlen Post"})
    }
    apart = [
        NameUse("Mara Clarion", "person"),
        NameUse("Clarion", "media"),
        NameUse("The Clarion", "organisation"),
    ]
    assert groups(read_naming(apart)) == {
        frozenset({"Mara Clarion"}),
        frozenset({"Clarion", "The Clarion"}),
    }
    unnamed = [
        NameUse("witnesses", "unnamed"),
        NameUse("Witnesses", "unnamed"),
        NameUse("Mara Orlen", "author"),
    ]
    assert len(read_naming([*unnamed, NameUse("Orlen", "person")]).holders) == 3


def test_the_fullest_latin_name_is_shown_and_of_these_the_commonest() -> None:
    uses = [
        NameUse("Toshirev", "person", 9),
        NameUse("Nikor Toshirev", "person", 2),
        NameUse("Nikor Toshireff", "person", 3),
        NameUse("Dr Nikor Toshireff", "person", 7),
        NameUse("NIKOR TOSHIREFF", "person", 7),
        NameUse("نيكور توشيريف", "person", 8),
    ]
    naming = read_naming(uses)
    assert [naming.canonical(use.name) for use in uses] == ["Nikor Toshireff"] * 6
    assert naming.variants("Nikor Toshireff") == (
        "Toshirev", "نيكور توشيريف", "Dr Nikor Toshireff", "NIKOR TOSHIREFF", "Nikor Toshireff", "Nikor Toshirev",
    )  # fmt: skip
    assert people("أورفو", "تامسين أورفو").canonical("أورفو") == "تامسين أورفو"
    assert (
        bodies("RVA", "RVA", "Reed Valley Authority (RVA)").canonical("RVA")
        == "Reed Valley Authority (RVA)"
    )


def test_a_name_not_in_use_is_itself() -> None:
    naming = people("Mara Orlen")
    assert (naming.canonical("Pell Dusard"), naming.variants("Pell Dusard")) == ("Pell Dusard", ())
    assert HolderDirectory().named_in("What does Mara Orlen say?") == ()


def test_an_alias_beats_every_rule() -> None:
    aliases = Aliases(
        (
            Alias("Mara Orlen", "person", ("The Reed", "مارا"), ("M. Orlen", "Marah Orlen")),
            Alias("Marra Orlen"),
            Alias("Reed Authority", "organisation", ("Harbour Office",)),
        )
    )
    names = ("the reed", "Dr Mara Orlen", "M. Orlen", "Marah Orlen", "Marra Orlen", "Orlen")
    naming = people(*names, aliases=aliases)
    assert naming.variants("Mara Orlen") == ("Dr Mara Orlen", "the reed")
    assert naming.variants("Marra Orlen") == ("M. Orlen", "Marah Orlen", "Marra Orlen")
    assert naming.variants("Orlen") == ("Orlen",)
    assert naming.canonical("مارا") == "Mara Orlen"
    assert naming.named_in("What does the Reed say?") == ("Mara Orlen",)
    offices = bodies("Harbour Office", "reed authority", aliases=aliases)
    assert offices.variants("Reed Authority") == ("Harbour Office", "reed authority")


NAMING = read_naming(
    [
        *(NameUse(name, "person") for names in SAME[:12] for name in names),
        NameUse("Pell Dusard", "person"),
        NameUse("Sorrin", "person"),
        NameUse("the spokesman", "person"),
        NameUse("الرئيس الفيسكاري", "person"),
        NameUse("Odil Dusard", "person"),
        NameUse("Reed Valley Authority", "organisation"),
        NameUse("RVA", "organisation"),
        NameUse("WHO", "organisation"),
        NameUse("The Ferrow Clarion", "media"),
        NameUse("منارة حليف", "media"),
        NameUse("Mornay Foundation", "organisation"),
    ],
    Aliases((Alias("Li Wenhao", variants=("The Weir",)),)),
)
TOSHIREV, ORVO, KASHTEL = "Nicor Toshireff", "Tamsin Orvo", "Jevrim Kachtel"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What does Hella Mornay say?", ("Hella Mornay",)),
        ("What did mornay say about Veskara?", ()),
        ("what did mornay say about the dam", ("Hella Mornay",)),
        ("Mornay's answer to Toshiryev", ("Hella Mornay", TOSHIREV)),
        ("Toshyrev and Mornay", (TOSHIREV, "Hella Mornay")),
        ("What does Odil Mornay say?", ()),
        ("Did Odil Sorrin or al-Orleni speak?", ("Sorrin", "Mohammad Rafiq al-Orleni")),
        ("What does the same spokesman say?", ()),
        ("ماذا قال المسؤول الفيسكاري", ()),
        ("ماذا قال الرئيس الفيسكاري", ("الرئيس الفيسكاري",)),
        ("Is Dusard right?", ()),
        ("Is Pell Dusard right, or Odil Dusard?", ("Pell Dusard", "Odil Dusard")),
        ("Ask President Orvo", (ORVO,)),
        ("what more did they say", ()),
        ("Did J. Kashtel speak?", (KASHTEL,)),
        ("Was sagt Jan van der Velde?", ("Jan van de Velde",)),
        ("Quote Van der Velde.", ("Jan van de Velde",)),
        ("Does Ana Velmar agree with Li?", ("Ana Velmar Sorrel", "Li Wenhao")),
        ("Did Wen-hao Li or Li Pengfei speak?", ("Li Wenhao",)),
        ("the weir", ("Li Wenhao",)),
        ("ماذا قال توشيريف؟", (TOSHIREV,)),
        ("ماذا قالت أورفو لتوشيريف", (ORVO, TOSHIREV)),
        ("هل رد على الأورليني وتامسين أورفو؟", ("Mohammad Rafiq al-Orleni", ORVO)),
        ("وللأورليني وكاشتل", ("Mohammad Rafiq al-Orleni", KASHTEL)),
        ("Who leads the RVA, who the WHO?", ("Reed Valley Authority", "WHO")),
        ("what does the reed valley authority want", ("Reed Valley Authority",)),
        ("The Clarion and the Ferrow Clarion", ("The Ferrow Clarion",)),
        ("كتبت منارة حليف", ("منارة حليف",)),
        ("بمنارة حليف", ("منارة حليف",)),
        ("What does the Mornay Foundation pay?", ("Mornay Foundation",)),
        ("", ()),
    ],
)
def test_a_text_names_holders_in_their_order(text: str, named: tuple[str, ...]) -> None:
    assert NAMING.named_in(text) == named


PARTS = [
    " ".join(pair)
    for pair in product(("Anna", "Ana", "A.", "Adam", "أنا"), ("Orlen", "Orlan", "أورلن"))
]
NAMES = st.sampled_from(
    [*PARTS, "Orlen", "Orlan", "أورلن", "Anna Maria Orlen", "RVA", "Reed Valley Authority", "?", ""]
)
TYPES = st.sampled_from(["person", "person", "organisation", "author", "unnamed"])
USES = st.lists(st.builds(NameUse, NAMES, TYPES, st.integers(1, 3)), max_size=12)
ALIASES = Aliases((Alias("Anna Orlen", variants=("Ana Orlan",), never=("A. Orlen",)),))


@quick
@given(USES, st.randoms(), st.sampled_from([Aliases(), ALIASES]))
def test_the_order_of_the_uses_plays_no_part(
    uses: list[NameUse], random: object, aliases: Aliases
) -> None:
    mixed = list(uses)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert read_naming(mixed, aliases).holders == read_naming(uses, aliases).holders


@quick
@given(USES, st.sampled_from([Aliases(), ALIASES]))
def test_a_name_is_among_the_variants_of_its_canonical_name_which_is_its_own(
    uses: list[NameUse], aliases: Aliases
) -> None:
    naming = read_naming(uses, aliases)
    for use in uses:
        shown = naming.canonical(use.name)
        assert naming.canonical(shown) == shown
        assert use.name in naming.variants(shown)
    assert sorted(name for named in naming.holders for name in named.spellings) == sorted(
        {use.name for use in uses}
    )


@quick
@given(USES)
def test_two_given_names_are_never_one(uses: list[NameUse]) -> None:
    for named in read_naming(uses).holders:
        assert not {"Anna", "Adam"} <= {name.split()[0] for name in named.spellings if name}


def test_four_times_as_many_names_take_no_more_than_their_share_of_time() -> None:
    starts, ends = (
        ["b", "d", "kh", "l", "m", "n", "r", "sh", "t", "v"],
        ["an", "el", "ir", "os", "ude"],
    )
    parts = [start + end for start, end in product(starts, ends)]
    names = [f"{a.title()}o {b.title()}{c}" for a, b, c in product(parts[:20], parts, parts[:20])]
    few, many = (seconds_of(names[::step]) for step in (4, 1))
    assert many < 8 * few  # 4 would be linear, 16 quadratic


def seconds_of(names: list[str]) -> float:
    """CPU seconds in which names become holders."""
    began = time.process_time()
    assert len(people(*names).holders) <= len(names)
    return time.process_time() - began
