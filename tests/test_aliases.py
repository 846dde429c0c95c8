from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.errors import AliasError
from vectorstore.names.aliases import SHIPPED, Alias, Aliases, read_aliases


def written(folder: Path, text: str) -> Path:
    path = folder / "aliases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_gives_its_entries_in_their_order(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
Mara Orlen:            # the name to show
  type: person
  variants: [M. Orlen, مارا أورلن]
  not: [Maro Orlens]
Reed Valley Authority:
""",
    )
    assert read_aliases(path) == Aliases(
        (
            Alias("Mara Orlen", "person", ("M. Orlen", "مارا أورلن"), ("Maro Orlens",)),
            Alias("Reed Valley Authority"),
        )
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_and_a_missing_one_hold_no_aliases(tmp_path: Path, text: str) -> None:
    assert read_aliases(tmp_path / "none.yaml") == Aliases()
    assert read_aliases(written(tmp_path, text)) == Aliases()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Mara: [",
            "aliases.yaml cannot be read at line 1 (ParserError). Correct it, or remove it.",
        ),
        (
            "- Mara",
            "aliases.yaml must hold names, each followed by a colon. Correct it, or remove it.",
        ),
        ("yes: {}", "aliases.yaml: True is no name. Put it in quotation marks, or remove it."),
        ("'...': {}", "aliases.yaml: '...' is no name. Put it in quotation marks, or remove it."),
        (
            "Mara: Marah",
            "aliases.yaml: 'Mara' may have type, variants, not and nothing else. Correct it.",
        ),
        (
            "Mara: {variant: [M]}",
            "aliases.yaml: 'Mara' may have type, variants, not and nothing else. Correct it.",
        ),
        (
            "Mara: {type: boat}",
            (
                "aliases.yaml: 'Mara' has the type 'boat'. Use one of person, organisation,"
                " unnamed, media, author."
            ),
        ),
        (
            "Mara: {type: [person]}",
            (
                "aliases.yaml: 'Mara' has the type ['person']. Use one of person, organisation,"
                " unnamed, media, author."
            ),
        ),
        (
            "Mara: {variants: Marah}",
            (
                "aliases.yaml: 'variants' of 'Mara' must be a list of names. Write it as [One Name,"
                " Other Name]."
            ),
        ),
        (
            "Mara: {not: [7]}",
            (
                "aliases.yaml: 'not' of 'Mara' must be a list of names. Write it as [One Name,"
                " Other Name]."
            ),
        ),
        (
            "Mara: {variants: [Marah]}\nMira: {variants: [MARAH]}",
            "aliases.yaml: 'MARAH' stands under 'Mara' and under 'Mira'. Leave it under one.",
        ),
        (
            "Mara: {}\nMira: {variants: [Mara]}",
            "aliases.yaml: 'Mara' stands under 'Mara' and under 'Mira'. Leave it under one.",
        ),
        (
            "Mara: {variants: [Marah], not: [Dr Marah]}",
            "aliases.yaml: 'Mara' has a name under 'not' that it is given. Leave it in one place.",
        ),
        (
            "Mara: {}\nMara: {variants: [M]}",
            (
                "aliases.yaml cannot be read at line 2 ('Mara' stands there twice). Correct it, or"
                " remove it."
            ),
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_and_what_to_do(
    tmp_path: Path, text: str, message: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(AliasError) as raised:
        read_aliases(path)
    assert (str(raised.value), raised.value.place) == (message, str(path))


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yaml"
    path.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(AliasError):
        read_aliases(path)
    with pytest.raises(AliasError):
        read_aliases(tmp_path)


def test_a_later_file_beats_an_earlier_one() -> None:
    shipped = Aliases(
        (Alias("Mara Orlen", variants=("M. Orlen", "The Reed")), Alias("Pell Dusard"))
    )
    own = Aliases(
        (Alias("Odil Reed", variants=("The Reed",)), Alias("Pell Dusard", "person", ("Pelle",)))
    )
    assert shipped.extended(own) == Aliases(
        (Alias("Mara Orlen", variants=("M. Orlen",)), *own.entries)
    )
    assert shipped.extended(Aliases()) == shipped
    assert Aliases().extended(shipped) == shipped


def test_the_shipped_file_reads() -> None:
    assert read_aliases(SHIPPED).by_key()["jevrim kachtel"].name == "Yevrim Kashtel"
