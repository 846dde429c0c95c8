"""Files of every shape that could make reading slow, each a function of a size to which its bytes
are proportional.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile

from pypdf import PdfWriter

from tests.test_formats_pdf import printed

Made = tuple[str, bytes]  # the name of a file and its content

PROSE = (
    "The ferry lay at its berth until noon on Tuesday, and nobody told the passengers why it had"
    " not left."
)
ARABIC = (
    "قال الوزير سامي حداد إن العبارة لم تغادر الرصيف يوم الثلاثاء وإن الركاب انتظروا ثلاث ساعات تحت"
    " المطر."
)


@dataclass(frozen=True)
class Shape:
    """A way to make a file of a size, and a size from which on it is worth timing."""

    size: int
    make: Callable[[int], Made]


def word(n: int) -> str:
    """A made-up word of its own for each number."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = ""
    while True:
        n, rest = divmod(n, 26)
        made = letters[rest] + made
        if not n:
            return f"be{made}ra"


def name(n: int) -> str:
    return f"{word(n).capitalize()} {word(n // 7).capitalize()}"


def _repeated(unit: str, size: int, before: str = "", after: str = "") -> Shape:
    """A text of one unit many times."""
    return Shape(size, lambda n: ("text.txt", (before + unit * n + after).encode()))


def _numbered(
    unit: Callable[[int], str], size: int, before: str = "", after: str = "", file: str = "text.txt"
) -> Shape:
    """A text of units that differ by their number."""
    return Shape(size, lambda n: (file, (before + "".join(map(unit, range(n))) + after).encode()))


ONE_PARAGRAPH: Mapping[str, Shape] = {
    "initials": _repeated("A. ", 1000),
    "abbreviations": _repeated("Mr. ", 1000),
    "numbers with stops": _repeated("1. ", 1000),
    "stops in lower case": _repeated("so. it. ", 600),
    "sentences": _repeated("The river rose at night. ", 200),
    "a row of stops": _repeated(".", 6000, after="x"),
    "a row of exclamation marks": _repeated("!", 6000, after="x"),
    "stops and closing marks": _repeated('!"', 3000, after="x"),
    "stops apart": _repeated(". ", 2000),
    "dots apart": _repeated("... ", 2000),
    "commas": _repeated(", ", 1500),
    "colons": _repeated(": ", 1500),
    "letters without a space": _repeated("x", 20000),
    "capitals without a space": _repeated("X", 20000),
    "digits without a space": _repeated("7", 20000),
    "digits and commas": _repeated("7,", 4000),
    "words joined by hyphens": _repeated("bera-", 1500),
    "words joined by apostrophes": _repeated("bera’", 1500),
    "an accented word": _repeated("é", 20000),
    "an Arabic word": _repeated("ب", 20000),
    "combining marks": _repeated("\u0301", 20000, before="a"),
    "combining marks of two kinds": _repeated("\u0315\u0316", 10000, before="a"),
    "marks in the wrong order": Shape(
        10000, lambda n: ("text.txt", ("a" + "\u0315" * n + "\u0316" * n).encode())
    ),
    "accents": _repeated("a\u0301 ", 1500),
    "vowel marks": _repeated("بِ ", 1200),
    "invisible marks": _repeated("\u200f", 20000, before="a", after="b"),
    "emoji": _repeated("🚢 ", 1500),
    "opened brackets": _repeated("(", 3000),
    "opened brackets apart": _repeated("[ ", 1500),
    "brackets": _repeated("(so) ", 800),
    "dashes apart": _repeated("- ", 3000, after="x"),
    "rules and a word": _repeated("-", 20000, after="x"),
    "stars": _repeated("* ", 3000, after="x"),
    "bars": _repeated("| ", 1500),
    "a name": _repeated("Mara ", 800),
    "a full name": _repeated("Mara Orlen ", 500),
    "many names": _numbered(lambda n: f"{name(n)}, ", 250),
    "many capitals": _numbered(lambda n: f"{word(n).upper()} ", 500),
    "one endless name": _numbered(lambda n: f"{word(n).capitalize()} ", 500),
    "links": _numbered(lambda n: f"https://example.org/{n} ", 300),
    "dates": _numbered(lambda n: f"on {n % 28 + 1} May {1900 + n % 100}, ", 300),
    "years": _repeated("1999 ", 1500),
    "by": _repeated("by ", 1500),
    "published in": _repeated("published in ", 600),
    "reproduced": _repeated("we reproduce ", 600),
    "the following is": _repeated("the following is ", 500),
    "a person described": _repeated("The old man of the town, a hydrologist, left. ", 100),
    "a byline": _numbered(lambda n: f"{name(n)}, ", 300, before="By "),
}

SPACE: Mapping[str, Shape] = {
    "spaces": _repeated(" ", 60000, before="a", after="b"),
    "tabs": _repeated("\t", 60000, before="a", after="b"),
    "newlines": _repeated("\n", 60000, before="a", after="b"),
    "carriage returns": _repeated("\r\n", 60000, before="a", after="b"),
    "no-break spaces": _repeated("\u00a0", 40000, before="a", after="b"),
    "form feeds": _repeated("\x0b", 60000, before="a", after="b"),
    "blank lines of spaces": _repeated("    \n", 20000, before="a\n", after="b"),
    "spaces behind a stop": _repeated(" ", 60000, before="It rose.", after="It fell."),
    "spaces behind a label": _repeated(
        " ", 60000, before="JOHN: yes\nJOHN: no\nJOHN", after=": yes"
    ),
    "wide words": _repeated(f"so{' ' * 40}", 1000),
}

LINES: Mapping[str, Shape] = {
    "short paragraphs": _numbered(lambda n: f"The gate {n} was closed on Monday.\n\n", 150),
    "paragraphs of prose": _numbered(lambda n: f"{n} {PROSE}\n\n", 80),
    "short lines": _numbered(lambda n: f"line {n}\n", 400),
    "wrapped lines": _numbered(
        lambda n: f"the ferry {n} lay at its berth until noon on Tuesday, and nobody\n", 150
    ),
    "letters as lines": _repeated("a\n", 1000),
    "posts": _numbered(
        lambda n: f"The Gate of Tolvesk {word(n)}\nBy Mara Orlen\n3 May 2021\n{PROSE}\n\n", 40
    ),
    "posts in Arabic": _numbered(
        lambda n: f"عبارة تولفسك {word(n)}\nبقلم سلمى حداد\n3 أيار 2021\n{ARABIC}\n\n", 25
    ),
    "posts in two scripts": _numbered(lambda n: f"{PROSE}\n\n{ARABIC}\n\n", 25),
    "titles": _numbered(lambda n: f"The Gate of Tolvesk {word(n)}\n\n", 300),
    "names": _repeated("Mara Orlen\n", 300),
    "short names over a title": _repeated(
        "Jo Li\n", 400, after=f"The Gate of Tolvesk\n\n{PROSE}\n"
    ),
    "outlets over a title": _numbered(
        lambda n: f"The {word(n).capitalize()} Post\n", 300, after=f"A Gate\n\n{PROSE}"
    ),
    "bylines": _numbered(lambda n: f"By {name(n)}\n", 300),
    "dates as lines": _numbered(
        lambda n: f"{n % 28 + 1} May {2000 + n % 20}\n", 300, after=f"The Gate\n\n{PROSE}"
    ),
    "dates of their own": _numbered(
        lambda n: f"{n % 28 + 1}.{n // 28 % 12 + 1}.{1900 + n // 336 % 120}\n", 60
    ),
    "links as lines": _numbered(lambda n: f"https://example.org/{n}\n", 300),
    "rules": _repeated("- - -\n", 600, after=PROSE),
    "closing lines": _repeated("Read more\n", 400, after=PROSE),
    "closing lines below prose": _repeated("Read more\n", 400, before=f"{PROSE}\n"),
    "captions": _repeated(f"Photo: The Dam\n\n{PROSE}\n\n", 60),
    "items": _numbered(
        lambda n: f"- the gate {n}\n", 300, before="Mara Orlen said the following:\n\n"
    ),
    "items in brackets": _numbered(lambda n: f"{n}. The gate was closed.\n", 300),
    "headings": _numbered(lambda n: f"# The Gate {n}\n\n{PROSE}\n\n", 60),
    "the same paragraph": _repeated(f"{PROSE}\n\n", 80),
    "disclaimers": _repeated(
        "The views expressed expressed are those of Aa and by Ba or of Ca and so on by Da\n", 100
    ),
    "introductions": _repeated("We reproduce his article in full:\n\n", 200),
    "a piece inside": _numbered(
        lambda n: f"{n} {PROSE}\n\n",
        80,
        before=(
            f"The Gate\n\n{PROSE}\n\nWe reproduce the article by Mara Orlen in full:\n\nThe"
            " Dam\n\nBy Mara Orlen\n"
        ),
    ),
    "a first paragraph as long as all others": Shape(
        400,
        lambda n: (
            "text.md",
            (
                "---\nauthor: Mara Orlen\n---\n" + "bera " * 4 * n + "\n\n" + "A gate.\n\n" * n
            ).encode(),
        ),
    ),
}

TURNS: Mapping[str, Shape] = {
    "one speaker": _numbered(lambda n: f"JOHN: yes {n}\n", 200),
    "two speakers": _numbered(lambda n: f"{('JOHN', 'MARA')[n % 2]}: yes {n}\n\n", 200),
    "many speakers": _numbered(lambda n: f"{name(n // 2)}: yes\n", 200),
    "speakers of one surname": _numbered(
        lambda n: f"{word(n).capitalize()} Orlen: yes\nOrlen: no\n", 100
    ),
    "speakers with long labels": _numbered(
        lambda n: (
            f"President of the Assembly of the Straits {name(n)}, {word(n)} of the harbour: yes\n"
        ),
        100,
    ),
    "labels of one person": _numbered(
        lambda n: f"Minister of {word(n % 30).capitalize()} Mara Orlen: yes\n", 150
    ),
    "turns of prose": _numbered(lambda n: f"JOHN: {PROSE}\n\n{PROSE}\n\n", 40),
    "turns and captions": _repeated(f"JOHN: {PROSE}\n\nPhoto: The Dam\n\nLeave a comment\n\n", 60),
    "turns of quotations": _repeated(f"JOHN: He said: “{PROSE}”\n\n", 40),
    "turns in Arabic": _repeated("الوزير: نعم، قال إن الماء ارتفع.\n", 100),
    "questions": _repeated("Q: Why?\nA: So.\n", 150),
}

QUOTATIONS: Mapping[str, Shape] = {
    "marks": _repeated('"', 6000),
    "marks apart": _repeated('" ', 1500),
    "opening marks": _repeated("“", 6000),
    "opening marks apart": _repeated("“ ", 1500),
    "guillemets": _repeated("«", 6000),
    "all opening marks": _repeated("“‘«", 2000),
    "marks of words": _repeated("“so ", 1000),
    "single marks of words": _repeated("‘so ", 1000),
    "straight marks of words": _repeated('"so ', 1000),
    "nested marks": Shape(500, lambda n: ("text.txt", ("“so " * n + "so” " * n).encode())),
    "nested guillemets": Shape(500, lambda n: ("text.txt", ("«so " * n + "so» " * n).encode())),
    "unclosed quotations": _repeated(f"“{PROSE} ", 60),
    "unclosed paragraphs": _repeated(f"“{PROSE}\n\n", 60),
    "quotations": _repeated(f"“{PROSE}” ", 60),
    "quotations with their speaker": _repeated(f"“{PROSE}” said Mara Orlen. ", 50),
    "quotations with he": _repeated(f"“He said that the gate was closed. {PROSE}” she said. ", 30),
    "paragraphs with he": _repeated(
        f"“He said that the gate was closed. {PROSE}” she said.\n\n", 30
    ),
    "quotations and their tails": _repeated("Orlen said in “the gate of the town is closed!” ", 60),
    "quotations in quotations": _repeated(
        f"Orlen said: “She told me ‘{PROSE}’ and left. {PROSE}” ", 25
    ),
    "a quotation of many paragraphs": _numbered(
        lambda n: f"“{PROSE} {n}\n\n", 50, before="Mara Orlen said:\n\n"
    ),
    "partial quotations": _repeated("It was “closed again” and “open at last” there. ", 80),
    "apostrophes": _repeated("it’s ", 800),
    "apostrophes apart": _repeated("’ ", 1500),
}

SPEECH: Mapping[str, Shape] = {
    "said": _repeated("said ", 1000),
    "said and commas": _repeated("said, ", 800),
    "he said she said": _repeated("he said she said ", 400),
    "he said that": _repeated("he said that ", 400),
    "Orlen said": _repeated("Orlen said, ", 300),
    "said Orlen": _repeated("said Orlen, ", 300),
    "a report a sentence": _repeated("Mara Orlen said that the gate was closed. ", 80),
    "a pronoun a sentence": _repeated(
        "He said that the gate was closed. ", 80, before="Mara Orlen left. "
    ),
    "they": _repeated("They said that the gate was closed. ", 80, before="The clubs left. "),
    "it": _repeated("It said that the gate was closed. ", 80, before="The ministry left. "),
    "a description a sentence": _repeated("The minister said that the gate was closed. ", 80),
    "many descriptions": _repeated("Mara Orlen said so. The old man said that it rose. ", 60),
    "descriptions and people": _numbered(
        lambda n: f"Hydrologist {name(n)} said so. The minister said no. ", 60
    ),
    "many people": _numbered(lambda n: f"{name(n)} said that the gate was closed. ", 80),
    "people of one surname": _numbered(
        lambda n: f"{word(n).capitalize()} Orlen said so. Orlen said no. ", 60
    ),
    "many roles": _numbered(lambda n: f"The {word(n)} Mara Orlen said that it rose. ", 80),
    "many titles": _repeated("President ", 500, after="Orlen said so."),
    "according to": _repeated("according to ", 500),
    "according to Orlen": _repeated("according to Orlen, ", 250),
    "an office in capitals": Shape(
        400, lambda n: ("text.txt", f"The {'A' * n} minister said that it rose. ".encode() * 20)
    ),
    "denied objects": _repeated(f"denied {'gate ' * 12}", 30),
    "infinitives of objects": _repeated(f"urged {'gate ' * 12}", 30),
    "names in his view": _repeated("in the view of Mara Orlen, ", 120),
    "in his view": _repeated("in his view, ", 300),
    "claims": _repeated("the claim that ", 400),
    "claims of claims": _repeated("claim ", 900),
    "one of": _repeated("one of ", 700),
    "conjunctions": _repeated("and ", 1000),
    "joined names": _repeated("Mara and ", 600),
    "adverbs": _repeated("very ", 800),
    "who": _repeated("who ", 1000),
    "relatives": _repeated("the man who said that ", 250),
    "asides": _repeated("the man, the minister, ", 250),
    "went on to": _repeated("went on to ", 400),
    "hearsay": _repeated("it is said that ", 300),
    "reportedly": _repeated("reportedly ", 500),
    "infinitives": _repeated("to say ", 600),
    "possessives": _repeated("Orlen’s ", 500),
    "leads": _repeated("Mara Orlen said the following:\n\n", 120),
    "leads and words": _repeated(f"Mara Orlen said:\n\n{PROSE}\n\n", 50),
    "this was disclosed": _repeated("The gate fell. This was disclosed by Mara Orlen. ", 60),
    "announced points": _repeated(
        f"{PROSE} ", 60, before="According to Orlen there are three reasons. "
    ),
}

IN_ARABIC: Mapping[str, Shape] = {
    "and": _repeated("و ", 1200),
    "and joined": _repeated("والكاتب ", 600),
    "said that": _repeated("قال أن ", 500),
    "said": _repeated("قال ", 800),
    "reports": _repeated("قال الوزير إن الماء ارتفع. ", 100),
    "dropped subjects": _repeated("وأضاف أن الماء ارتفع. ", 120),
    "dropped subjects as paragraphs": _repeated("وأضاف أن الماء ارتفع.\n\n", 100),
    "names": _numbered(lambda n: f"قال سامي حداد إن الماء ارتفع، وأضاف أن الجسر سقط {n}. ", 60),
    "names and pronouns": _repeated(
        "قال الوزير سامي حداد إن الماء ارتفع. وأضاف أن الجسر سقط. وقالت إنه بقي. ", 40
    ),
    "sources": _repeated("قال مصدر في الوزارة إن الماء ارتفع. وقال المصدر إن الجسر سقط. ", 50),
    "the ministry": _repeated(
        "أعلنت وزارة الأشغال أن الماء ارتفع. وقالت الوزارة إن الجسر سقط. ", 50
    ),
    "according to": _repeated("وفقا للوزارة، ", 300),
    "quotations": _repeated("قال الوزير: «الماء ارتفع في الليل ولم يعد». ", 80),
    "nested quotations": Shape(
        300, lambda n: ("text.txt", ("قال «الماء " * n + "ارتفع» " * n).encode())
    ),
    "unclosed guillemets": _repeated("قال الوزير: «الماء ارتفع ", 120),
    "unclosed marks": _repeated("قال الوزير: “الماء ارتفع ", 120),
    "unclosed straight marks": _repeated('قال الوزير: "الماء ارتفع ', 120),
    "commas": _repeated("، ", 1500),
    "stops": _repeated("نعم. ", 500),
    "question marks": _repeated("؟", 6000, after="ب"),
    "participles": _repeated("مضيفا أن الماء ارتفع، ", 150),
    "relatives": _repeated("الذي قال إن ", 300),
    "numbers": _repeated("٣,", 3000),
    "digits and points": _repeated("3.", 3000),
    "years": _repeated("في 3 أيار 1999، ", 200),
    "stretched letters": _repeated("ـ", 20000, before="ب", after="ب"),
}


def zipped(files: Iterable[tuple[str, str]]) -> bytes:
    """A zip archive of texts by their paths."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for path, text in files:
            archive.writestr(path, text)
    return content.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types'
    ' xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATED = (
    '<?xml version="1.0"?><Relationships'
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def _docx(body: Callable[[int], str], size: int) -> Shape:
    def made(n: int) -> Made:
        document = (
            '<?xml version="1.0"?><w:document'
            f' xmlns:w="{_WORD}"><w:body>{body(n)}</w:body></w:document>'
        )
        files = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATED,
            "word/document.xml": document,
        }
        return "text.docx", zipped(files.items())

    return Shape(size, made)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(text: str) -> str:
    return f"<w:p>{_run(text)}</w:p>"


def _cells(paragraphs: str) -> str:
    return f"<w:tbl><w:tr>{paragraphs}</w:tr></w:tbl>"


def _nested_tables(n: int) -> str:
    inside = ""
    for _ in range(40):
        inside = _cells(f"<w:tc>{_paragraph('bera') * (n // 40)}{inside}</w:tc>")
    return inside


WORD: Mapping[str, Shape] = {
    "paragraphs": _docx(lambda n: _paragraph("so") * n, 300),
    "empty paragraphs": _docx(lambda n: "<w:p/>" * n + _paragraph("so"), 2000),
    "paragraphs of prose": _docx(lambda n: _paragraph(PROSE) * n, 60),
    "runs": _docx(lambda n: f"<w:p>{_run('so ') * n}</w:p>", 1000),
    "breaks": _docx(lambda n: f"<w:p><w:r>{'<w:br/>' * n}</w:r>{_run('so ')}</w:p>", 3000),
    "cells": _docx(lambda n: _cells(f"<w:tc>{_paragraph('so')}</w:tc>" * n), 300),
    "tables": _docx(lambda n: _cells(f"<w:tc>{_paragraph('so')}</w:tc>") * n, 300),
    "nested tables": _docx(_nested_tables, 400),
    "text boxes": _docx(
        lambda n: f"<w:p><w:r><w:txbxContent>{_paragraph('so') * n}</w:txbxContent></w:r></w:p>",
        300,
    ),
    "a giant run": _docx(lambda n: _paragraph(f"{PROSE} " * n), 60),
}


def _html(body: Callable[[int], str], size: int) -> Shape:
    page = "<html><head><title>The Gate</title></head><body>{}</body></html>"
    return Shape(size, lambda n: ("page.html", page.format(body(n)).encode()))


PAGES: Mapping[str, Shape] = {
    "paragraphs": _html(lambda n: f"<p>{PROSE}</p>" * n, 50),
    "paragraphs of their own": _html(
        lambda n: "".join(f"<p>{word(i)} {PROSE}</p>" for i in range(n)), 50
    ),
    "short paragraphs": _html(lambda n: "".join(f"<p>gate {i}</p>" for i in range(n)), 200),
    "an article of paragraphs": _html(
        lambda n: "<article>" + "".join(f"<p>{i} {PROSE}</p>" for i in range(n)) + "</article>", 50
    ),
    "nested tags": _html(lambda n: "<div>" * n + PROSE + "</div>" * n, 100),
    "nested spans": _html(lambda n: "<p>" + "<b>" * n + PROSE + "</b>" * n, 100),
    "unclosed tags": _html(lambda n: f"<div>{PROSE}" * n, 50),
    "unclosed formatting": _html(lambda n: "<p><b><i>so " * n, 100),
    "sibling tags": _html(lambda n: "<b>so</b> " * n, 400),
    "empty tags": _html(lambda n: PROSE + "<b></b>" * n, 2000),
    "marks in the wrong order": _html(
        lambda n: "<p>a" + "\u0315" * n + "\u0316" * n + f"{PROSE}</p>", 10000
    ),
    "a giant text": _html(lambda n: f"<p>{f'{PROSE} ' * n}</p>", 60),
    "spaces": _html(lambda n: f"<p>a{' ' * n}b</p>", 60000),
    "spaces in tags": _html(lambda n: "<p>a" + "<b> </b>" * n + "b</p>", 2000),
    "breaks": _html(lambda n: "so<br>" * n, 300),
    "cells": _html(lambda n: f"<table><tr>{'<td>so</td>' * n}</tr></table>", 300),
    "empty cells": _html(
        lambda n: f"<table><tr>{'<td></td>' * n}</tr></table><p>{PROSE}</p>", 2000
    ),
    "rows": _html(lambda n: f"<table>{f'<tr><td>{PROSE}</td></tr>' * n}</table>", 50),
    "nested tables": _html(lambda n: "<table><tr><td>so" * n, 40),
    "items": _html(lambda n: f"<ul>{'<li>so</li>' * n}</ul>", 200),
    "nested lists": _html(lambda n: "<ul><li>so" * n, 60),
    "links": _html(lambda n: "".join(f'<a href="/{i}">gate {i}</a> ' for i in range(n)), 200),
    "headings": _html(lambda n: f"<h2>A gate</h2><p>{PROSE}</p>" * n, 30),
    "quotations": _html(lambda n: f"<blockquote>{PROSE}</blockquote>" * n, 50),
    "entities": _html(lambda n: f"<p>{'&amp;' * n}</p>", 6000),
    "comments": _html(lambda n: "<!-- so -->" * n + PROSE, 3000),
    "an unclosed comment": _html(lambda n: f"{PROSE}<!-- {'so ' * n}", 6000),
    "scripts": _html(lambda n: "<script>so</script>" * n + PROSE, 1000),
    "attributes": _html(lambda n: f"<p {' '.join(f'a{i}=so' for i in range(n))}>{PROSE}</p>", 1000),
    "attributes in marks": _html(
        lambda n: "<p " + "".join(f'a{i}="so"' for i in range(n)) + f">{PROSE}</p>", 1000
    ),
    "attributes without values": _html(
        lambda n: f"<p {'/'.join(f'a{i}' for i in range(n))}>{PROSE}</p>", 1000
    ),
    "attributes of a script": _html(
        lambda n: f"<script {' '.join(f'a{i}=so' for i in range(n))}></script><p>{PROSE}</p>", 1000
    ),
    "a giant attribute": _html(lambda n: f'<p class="{"so " * n}">{PROSE}</p>', 20000),
    "metadata": _html(
        lambda n: "".join(f'<meta name="author" content="{name(i)}">' for i in range(n)) + PROSE,
        200,
    ),
    "linked data": _html(
        lambda n: (
            '<script type="application/ld+json">{"@type": "Article", "author": ['
            + ", ".join(f'{{"name": "{name(i)}"}}' for i in range(n))
            + f"]}}</script><p>{PROSE}</p>"
        ),
        200,
    ),
    "broken linked data": _html(
        lambda n: (
            '<script type="application/ld+json">{"@type": "Article", '
            + '"author": {"name": so, ' * n
            + f"</script><p>{PROSE}</p>"
        ),
        200,
    ),
    "linked data apart": _html(
        lambda n: (
            '<script type="application/ld+json">{"@type": "Article", "headline": "A gate"}</script>'
            * n
            + f"<p>{PROSE}</p>"
        ),
        60,
    ),
    "dates": _html(
        lambda n: "".join(
            f"<time datetime='2021-05-{i % 28 + 1:02}'>3 May</time> " for i in range(n)
        ),
        200,
    ),
    "dated metadata": _html(
        lambda n: (
            '<meta property="article:published_time" content="2021-05-03">' * n + f"<p>{PROSE}</p>"
        ),
        300,
    ),
    "written dates": _html(
        lambda n: "".join(f"<p>{i % 28 + 1} May 2021 so</p>" for i in range(n)), 150
    ),
    "tags": _html(
        lambda n: (
            "".join(f'<a rel="tag" href="/tag/{word(i)}">{word(i)}</a> ' for i in range(n)) + PROSE
        ),
        200,
    ),
    "categories": _html(
        lambda n: (
            "".join(f'<a href="/category/{word(i)}/">{word(i)}</a> ' for i in range(n))
            + f"<p>{PROSE}</p>"
        ),
        200,
    ),
    "authors": _html(
        lambda n: "".join(f'<span class="author">{name(i)}</span> ' for i in range(n)) + PROSE, 200
    ),
    "an author of many names": _html(
        lambda n: f'<meta name="author" content="{", ".join(map(name, range(n)))}"><p>{PROSE}</p>',
        200,
    ),
    "comments of readers": _html(
        lambda n: f'<div class="comment">{PROSE}</div>' * n + f"<p>{PROSE}</p>", 60
    ),
    "paragraphs in items": _html(lambda n: f"<ul>{f'<li><p>{PROSE}</p></li>' * n}</ul>", 50),
    "links in paragraphs": _html(lambda n: f'<p>{PROSE} <a href="/so">gate</a></p>' * n, 50),
    "a paragraph of links": _html(lambda n: f"<p>{'<a>gate</a> so ' * n}</p>", 200),
    "links deep inside": _html(lambda n: "<div>" * 100 + "<a href='/'>gate</a> " * n + PROSE, 200),
    "paragraphs deep inside": _html(lambda n: "<div>" * 100 + f"<p>{PROSE}</p>" * n, 40),
    "lines of code": _html(lambda n: f"<pre>{'so so so ' * 3}\n</pre>" * n + PROSE, 150),
    "a block of code": _html(lambda n: "<pre>" + "so so so\n" * n + f"</pre><p>{PROSE}</p>", 500),
    "frames": _html(lambda n: "<iframe src='/so'></iframe>" * n + f"<p>{PROSE}</p>", 300),
    "forms": _html(lambda n: "<form><input value='so'></form>" * n + f"<p>{PROSE}</p>", 200),
    "spans": _html(lambda n: "<p>" + f"<span>{PROSE[:20]}</span>" * n, 200),
    "inline blocks": _html(lambda n: "<div>" + f"so<div>{PROSE}</div>so" * n + "</div>", 50),
    "definitions": _html(lambda n: f"<dl>{f'<dt>gate</dt><dd>{PROSE}</dd>' * n}</dl>", 40),
    "a page of words": _html(lambda n: "so " * n, 3000),
    "words in bodies": _html(lambda n: f"<body>{PROSE}" * n, 60),
    "a title for each": _html(lambda n: "<title>so</title>" * n + f"<p>{PROSE}</p>", 300),
    "licences": _html(
        lambda n: '<a rel="license" href="/by-sa/4.0">so</a> ' * n + f"<p>{PROSE}</p>", 200
    ),
    "opened brackets": _html(lambda n: "<" * n + PROSE, 6000),
    "images": _html(lambda n: '<p>so<img src="a.png" alt="so"></p>' * n, 150),
    "sections": _html(lambda n: f"<section><div><p>{PROSE}</p></div></section>" * n, 40),
    "a long title": Shape(
        3000, lambda n: ("page.html", f"<title>{'so ' * n}</title><p>{PROSE}</p>".encode())
    ),
}

_CONTAINER = (
    '<?xml version="1.0"?><container'
    ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile'
    ' full-path="book.opf"/></rootfiles></container>'
)


def _book(metadata: str, manifest: str, spine: str, files: Mapping[str, str]) -> Made:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"{metadata}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )
    return "book.epub", zipped(
        {"META-INF/container.xml": _CONTAINER, "book.opf": package, **files}.items()
    )


def _chapters(n: int) -> Made:
    items = "".join(f'<item id="c{i}" href="{i}.xhtml"/>' for i in range(n))
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(n))
    return _book(
        "",
        items,
        spine,
        {f"{i}.xhtml": f"<html><body><p>{PROSE * 3}</p></body></html>" for i in range(n)},
    )


def _repeated_chapter(n: int) -> Made:
    text = f"<html><body>{f'<p>{PROSE}</p>' * n}</body></html>"
    return _book("", '<item id="c" href="c.xhtml"/>', '<itemref idref="c"/>' * n, {"c.xhtml": text})


def _contents(n: int) -> Made:
    links = "".join(f'<a href="c.xhtml#{i}">gate {i}</a>' for i in range(n))
    nav = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><nav>{links}</nav></body></html>'
    items = '<item id="n" href="n.xhtml" properties="nav"/>' * n + '<item id="c" href="c.xhtml"/>'
    page = f"<html><body><p>{PROSE * 3}</p></body></html>"
    return _book("", items, '<itemref idref="c"/>', {"n.xhtml": nav, "c.xhtml": page})


def _creators(n: int) -> Made:
    people = "".join(
        f'<dc:creator id="p{i}">{name(i)}</dc:creator><meta refines="#p{i}"'
        ' property="role">aut</meta>'
        for i in range(n)
    )
    page = f"<html><body><p>{PROSE * 3}</p></body></html>"
    return _book(people, '<item id="c" href="c.xhtml"/>', '<itemref idref="c"/>', {"c.xhtml": page})


BOOKS: Mapping[str, Shape] = {
    "chapters": Shape(30, _chapters),
    "a chapter named many times": Shape(40, _repeated_chapter),
    "a table of contents": Shape(60, _contents),
    "creators": Shape(80, _creators),
}


def _csv(text: Callable[[int], str], size: int) -> Shape:
    return Shape(size, lambda n: ("table.csv", text(n).encode()))


def _jsonl(rows: Callable[[int], Iterable[object]], size: int) -> Shape:
    return Shape(size, lambda n: ("rows.jsonl", "\n".join(map(json.dumps, rows(n))).encode()))


TABLES: Mapping[str, Shape] = {
    "rows": _csv(
        lambda n: "title,text\n" + "".join(f"Gate {i},{PROSE[:40]}\n" for i in range(n)), 80
    ),
    "rows of a word": _csv(lambda n: "text\n" + "so\n" * n, 150),
    "a giant cell": _csv(lambda n: 'text\n"' + f"{PROSE} " * n + '"\n', 60),
    "columns": _csv(
        lambda n: f"text,{','.join(f'c{i}' for i in range(n))}\n{PROSE},{'so,' * (n - 1)}so\n",
        20000,
    ),
    "columns and rows": _csv(
        lambda n: f"text,{','.join(f'c{i}' for i in range(n))}\n" + "so\n" * n, 150
    ),
    "a header of marks": _csv(lambda n: '"' * n + f"\ntext\n{PROSE}\n", 400),
    "a header of marks and commas": _csv(lambda n: '",' * n + f"\ntext\n{PROSE}\n", 200),
    "a header of marks and words": _csv(
        lambda n: ",".join(f'"c{i}"' for i in range(n)) + f"\n{PROSE}\n", 400
    ),
    "a header of apostrophes": _csv(lambda n: "'," * n + f"\ntext\n{PROSE}\n", 200),
    "an unclosed mark": _csv(lambda n: 'text\n"' + "so\n" * n, 20000),
    "unclosed marks": _csv(lambda n: "text\n" + '"so" so\n' * n + PROSE, 3000),
    "empty rows": _csv(lambda n: f"text\n{PROSE}\n" + ",\n" * n, 20000),
    "json rows": _jsonl(
        lambda n: [{"title": f"Gate {i}", "text": PROSE[:40]} for i in range(n)], 80
    ),
    "json rows with quotations": _jsonl(
        lambda n: [{"text": f"He said so: “{PROSE}”"} for _ in range(n)], 40
    ),
    "json rows with pronouns": _jsonl(
        lambda n: [{"text": "He said that it rose."} for _ in range(n)], 80
    ),
    "json rows of facts": _jsonl(
        lambda n: [{"text": "so", "author": name(i), "date": "3 May 2021"} for i in range(n)], 80
    ),
    "a json row": _jsonl(lambda n: [{"text": f"{PROSE} " * n}], 60),
    "json paragraphs": _jsonl(lambda n: [{"text": [PROSE] * n}], 60),
    "json authors": _jsonl(
        lambda n: [{"text": PROSE, "author": [{"name": name(i)} for i in range(n)]}], 2000
    ),
    "json keys": _jsonl(lambda n: [{"text": PROSE, **{f"c{i}": i for i in range(n)}}], 5000),
    "broken json rows": Shape(
        3000, lambda n: ("rows.jsonl", ('{"text": "so"}\n' + '{"text\n' * n).encode())
    ),
    "json lists": Shape(3000, lambda n: ("rows.jsonl", ('{"text": "so"}\n' + "[" * n).encode())),
}


def _feed(items: Callable[[int], str], size: int) -> Shape:
    rss = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay'
        " Post</title>{}</channel></rss>"
    )
    return Shape(size, lambda n: ("feed.rss", rss.format(items(n)).encode()))


FEEDS: Mapping[str, Shape] = {
    "items": _feed(
        lambda n: f"<item><title>Gate</title><description>{PROSE}</description></item>" * n, 30
    ),
    "empty items": _feed(
        lambda n: "<item/>" * n + f"<item><description>{PROSE}</description></item>", 400
    ),
    "a giant item": _feed(
        lambda n: f"<item><description>{f'{PROSE} ' * n}</description></item>", 60
    ),
    "an item of markup": _feed(
        lambda n: f"<item><description>{f'&lt;p&gt;{PROSE}&lt;/p&gt;' * n}</description></item>", 40
    ),
    "an item of nested markup": _feed(
        lambda n: f"<item><description>{'&lt;b&gt;so' * n}</description></item>", 150
    ),
    "an item of brackets": _feed(
        lambda n: f"<item><description>so {'&lt;' * n}</description></item>", 1000
    ),
    "an item of entities": _feed(
        lambda n: f"<item><description>so {'&amp;amp;' * n}</description></item>", 1500
    ),
    "categories": _feed(
        lambda n: (
            "<item>" + "<category>so</category>" * n + f"<description>{PROSE}</description></item>"
        ),
        300,
    ),
    "authors": _feed(
        lambda n: (
            "<item>"
            + "<author>Mara Orlen</author>" * n
            + f"<description>{PROSE}</description></item>"
        ),
        300,
    ),
    "nested tags": _feed(
        lambda n: f"<item><description>{PROSE}{'<b>' * n}{'</b>' * n}</description></item>", 100
    ),
    "unknown tags": _feed(
        lambda n: "<so>so</so>" * n + f"<item><description>{PROSE}</description></item>", 500
    ),
    "a broken feed": _feed(
        lambda n: f"<item><description>{PROSE}</description></item>" * n + "<item", 30
    ),
    "comments": _feed(
        lambda n: "<!-- so -->" * n + f"<item><description>{PROSE}</description></item>", 2000
    ),
    "spaces": _feed(lambda n: " " * n + f"<item><description>{PROSE}</description></item>", 60000),
}


def _mail(headers: str, body: str, kind: str = "text/plain; charset=utf-8") -> Made:
    return (
        "post.eml",
        f"From: Mara Orlen <m@example.org>\n{headers}Content-Type: {kind}\n\n{body}".encode(),
    )


def _parts(n: int) -> Made:
    part = f"--x\nContent-Type: text/plain\n\n{PROSE}\n"
    return _mail("", f"{part * n}--x--\n", "multipart/mixed; boundary=x")


def _nested_parts(n: int) -> Made:
    opened = "".join(
        f"--x{i}\nContent-Type: multipart/mixed; boundary=x{i + 1}\n\n" for i in range(n)
    )
    return _mail(
        "", f"{opened}--x{n}\nContent-Type: text/plain\n\n{PROSE}\n", "multipart/mixed; boundary=x0"
    )


def _deep_lines(n: int) -> Made:
    opened = "".join(
        f"--x{i}\nContent-Type: multipart/mixed; boundary=x{i + 1}\n\n" for i in range(20)
    )
    return _mail(
        "",
        f"{opened}--x20\nContent-Type: text/plain\n\n" + "--so\n" * n,
        "multipart/mixed; boundary=x0",
    )


MAILS: Mapping[str, Shape] = {
    "a body": Shape(60, lambda n: _mail("", f"{PROSE}\n\n" * n)),
    "quoted lines": Shape(150, lambda n: _mail("", f"> {PROSE}\n" * n)),
    "headers": Shape(2000, lambda n: _mail("X-So: so\n" * n, PROSE)),
    "received": Shape(
        1000, lambda n: _mail("Received: from a by b; Mon, 3 May 2021 00:00:00 +0000\n" * n, PROSE)
    ),
    "a long subject": Shape(1500, lambda n: _mail(f"Subject: {'so ' * n}\n", PROSE)),
    "a folded subject": Shape(1000, lambda n: _mail("Subject: so" + "\n so" * n + "\n", PROSE)),
    "an encoded subject": Shape(300, lambda n: _mail(f"Subject: {'=?utf-8?q?so?= ' * n}\n", PROSE)),
    "a subject of letters": Shape(20000, lambda n: _mail(f"Subject: {'x' * n}\n", PROSE)),
    "a subject of marks": Shape(1500, lambda n: _mail(f"Subject: {'=?' * n}\n", PROSE)),
    "senders": Shape(
        150,
        lambda n: _mail(f"From: {', '.join(f'M <m{i}@example.org>' for i in range(n))}\n", PROSE),
    ),
    "nested comments": Shape(
        200,
        lambda n: (
            "post.eml",
            f"From: {'(' * n}{')' * n} m@example.org\nSubject: so\n\n{PROSE}".encode(),
        ),
    ),
    "the first sender is many": Shape(
        150,
        lambda n: (
            "post.eml",
            f"From: {', '.join(f'M <m{i}@a.org>' for i in range(n))}\nSubject: so\n\n{PROSE}".encode(),
        ),
    ),
    "a long date": Shape(
        1000, lambda n: _mail(f"Date: Mon, 3 May 2021 00:00:00 {'so ' * n}\n", PROSE)
    ),
    "a long list name": Shape(5000, lambda n: _mail(f"List-Id: {'so ' * n}\n", PROSE)),
    "parameters": Shape(
        200, lambda n: _mail("", PROSE, "text/plain" + "".join(f"; a{i}=so" for i in range(n)))
    ),
    "parts": Shape(150, _parts),
    "nested parts": Shape(12, _nested_parts),
    "lines inside nested parts": Shape(600, _deep_lines),
    "a page": Shape(60, lambda n: _mail("", f"<p>{PROSE}</p>" * n, "text/html; charset=utf-8")),
    "a quoted-printable body": Shape(
        4000, lambda n: _mail("Content-Transfer-Encoding: quoted-printable\n", "so=20=3D=\n" * n)
    ),
}


def _shared_pages(n: int) -> Made:
    """A PDF of pages that all are drawn by one long stream."""
    writer = PdfWriter(clone_from=io.BytesIO(printed([f"{word(i)} {PROSE}" for i in range(n)])))
    for _ in range(n):
        writer.insert_page(writer.pages[0])
    content = io.BytesIO()
    writer.write(content)
    return "pages.pdf", content.getvalue()


_FRONT = "---\n{}\n---\n{}"

OTHERS: Mapping[str, Shape] = {
    "a list in front matter": Shape(
        150,
        lambda n: (
            "text.md",
            _FRONT.format(
                "author:\n" + "".join(f"- {name(i)}\n" for i in range(n)), PROSE
            ).encode(),
        ),
    ),
    "a title in front matter": Shape(
        3000, lambda n: ("text.md", _FRONT.format("title: " + "so " * n, PROSE).encode())
    ),
    "a list in brackets": Shape(
        150, lambda n: ("text.md", _FRONT.format(f"author: [{'so, ' * n}]", PROSE).encode())
    ),
    "front matter that never ends": Shape(
        20000, lambda n: ("text.md", ("---\n" + "so\n" * n).encode())
    ),
    "western bytes": Shape(80, lambda n: ("text.txt", f"{PROSE} «déjà» ".encode("cp1252") * n)),
    "a long western word": Shape(
        6000, lambda n: ("text.txt", "é ".encode("cp1252") * 20 + b"x" * n)
    ),
    "Arabic bytes": Shape(60, lambda n: ("text.txt", f"{ARABIC} ".encode("cp1256") * n)),
    "wide bytes": Shape(60, lambda n: ("text.txt", (f"{PROSE} " * n).encode("utf-16"))),
    "pages": Shape(
        6,
        lambda n: (
            "pages.pdf",
            printed(
                *[
                    [f"{word(i)} {PROSE}", f"{word(i + 1)} {PROSE}", f"It left {word(i)}."]
                    for i in range(n)
                ]
            ),
        ),
    ),
    "lines on a page": Shape(
        60, lambda n: ("pages.pdf", printed([f"{i} {PROSE}" for i in range(n)]))
    ),
    "short lines on a page": Shape(150, lambda n: ("pages.pdf", printed(["so"] * n))),
    "a long word on a page": Shape(4000, lambda n: ("pages.pdf", printed(["x" * n, "it left"]))),
    "long words on a page": Shape(
        4000, lambda n: ("pages.pdf", printed(["x" * n + "-", "it left"]))
    ),
    "pages drawn by one stream": Shape(40, _shared_pages),
    "Arabic on a page": Shape(100, lambda n: ("pages.pdf", printed(["1 2 3 so"] * n))),
}

SHAPES: Mapping[str, Shape] = {
    f"{kind}: {shape}": made
    for kind, shapes in {
        "one paragraph": ONE_PARAGRAPH,
        "space": SPACE,
        "lines": LINES,
        "turns": TURNS,
        "quotations": QUOTATIONS,
        "speech": SPEECH,
        "Arabic": IN_ARABIC,
        "docx": WORD,
        "html": PAGES,
        "epub": BOOKS,
        "tables": TABLES,
        "feed": FEEDS,
        "mail": MAILS,
        "others": OTHERS,
    }.items()
    for shape, made in shapes.items()
}
