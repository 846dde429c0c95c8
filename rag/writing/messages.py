"""The words around the quotes, in each language of the questions. A third language is a third
table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vectorstore.language.months import month_names


@dataclass(frozen=True)
class Messages:
    """Templates of one language. Counted words are given as (one, two, few, many); see
    `counted`.
    """

    voices: tuple[str, str, str, str]
    outlets: tuple[str, str, str, str]
    articles: tuple[str, str, str, str]
    comma: str
    semicolon: str
    two_sides: str
    found: str
    found_undated: str
    found_partly_dated: str
    one_day: str
    between: str
    author: str
    unnamed: str
    unsigned: str
    in_outlet: str
    quoted_by: str
    gloss: str
    sentences: tuple[str, str, str, str]
    left_out: str
    no_model: str
    premise: str
    disagree: str
    denied: str
    alleged: str
    imputed: str
    gap_speaker: str
    gap_unsaid: str
    gap_period: str
    gap_figure: str
    gap_date: str
    gap_outlet: str
    gap_language: str
    gap_published: str
    nothing: str
    no_words: str
    nothing_filtered: str
    empty_corpus: str
    nearest: str

    def counted(self, forms: tuple[str, str, str, str], number: int) -> str:
        """A number with its word: one, two, three to ten, more."""
        form = (
            forms[0]
            if number == 1
            else forms[1]
            if number == 2
            else forms[2]
            if number <= 10
            else forms[3]
        )
        return form.format(n=number)


WORDINGS: Mapping[str, Messages] = {
    "en": Messages(
        voices=("One voice", "Two voices", "{n} voices", "{n} voices"),
        outlets=("one outlet", "two outlets", "{n} outlets", "{n} outlets"),
        articles=("one article", "two articles", "{n} articles", "{n} articles"),
        comma=", ",
        semicolon="; ",
        two_sides="on one side {one}; on the other {other}",
        found="{voices} in {outlets} on this, {dates}.",
        found_undated="{voices} in {outlets} on this.",
        found_partly_dated="{voices} in {outlets} on this; those with a date were {dates}.",
        one_day="published {first}",
        between="published between {first} and {last}",
        author="the author",
        unnamed="Unnamed",
        unsigned="Unsigned",
        in_outlet="in {outlet}",
        quoted_by="quoted by {name}",
        gloss="Word for word, no translation: {words}",
        sentences=("One sentence", "Two sentences", "{n} sentences", "{n} sentences"),
        left_out="{count} of the language model left out: the sources do not support it.",
        no_model=(
            "The language model could not write this answer ({why}); the quotes stand for"
            " themselves."
        ),
        premise="The question takes for granted what [{n}] denies or says otherwise.",
        disagree="They disagree about “{about}”: {sides}.",
        denied="denied",
        alleged="an allegation",
        imputed="as others put it",
        gap_speaker="No words of {name} are in the corpus.",
        gap_unsaid="The words of {name} in the corpus do not speak of this.",
        gap_period="Nothing that was found is of {period}.",
        gap_figure="No figure for it was found.",
        gap_date="When it was, was not found.",
        gap_outlet="Nothing of {name} in the corpus speaks of this.",
        gap_language="No source in {language} speaks of this.",
        gap_published="Nothing published in {period} speaks of this.",
        nothing="The corpus does not answer this.",
        no_words="The question holds no words to search for. Name a person, a place or a thing.",
        nothing_filtered="Nothing in the corpus passes the filters, so nothing was searched.",
        empty_corpus="The corpus holds no articles yet. Ingest some, then ask again.",
        nearest="The nearest passages, which do not answer it:",
    ),
    "ar": Messages(
        voices=("صوت واحد", "صوتان", "{n} أصوات", "{n} صوتاً"),
        outlets=("مصدر واحد", "مصدرين", "{n} مصادر", "{n} مصدراً"),
        articles=("مقال واحد", "مقالين", "{n} مقالات", "{n} مقالاً"),
        comma="، ",
        semicolon="؛ ",
        two_sides="من جهة {one}؛ ومن الجهة الأخرى {other}",
        found="{voices} في {outlets} حول هذا السؤال، {dates}.",
        found_undated="{voices} في {outlets} حول هذا السؤال.",
        found_partly_dated="{voices} في {outlets} حول هذا السؤال، والمؤرخ منها {dates}.",
        one_day="بتاريخ {first}",
        between="بين {first} و{last}",
        author="الكاتب",
        unnamed="بلا اسم",
        unsigned="بلا توقيع",
        in_outlet="في {outlet}",
        quoted_by="نقلاً عن {name}",
        gloss="كلمة بكلمة، وليست ترجمة: {words}",
        sentences=("جملة واحدة", "جملتان", "{n} جمل", "{n} جملة"),
        left_out="حُذف من كلام النموذج اللغوي: {count}، لأن المصادر لا تؤيده.",
        no_model="تعذر على النموذج اللغوي كتابة هذا الجواب ({why})، فالاقتباسات تتكلم بنفسها.",
        premise="يفترض السؤال ما ينفيه [{n}] أو يقول خلافه.",
        disagree="يختلفون حول «{about}»: {sides}.",
        denied="نفي",
        alleged="ادعاء",
        imputed="كما ينسبه غيره",
        gap_speaker="لا كلام لـ{name} في المقالات.",
        gap_unsaid="لا يتناول كلام {name} في المقالات هذا الأمر.",
        gap_period="لا شيء مما وُجد يعود إلى {period}.",
        gap_figure="لم يوجد رقم لذلك.",
        gap_date="لم يوجد متى كان ذلك.",
        gap_outlet="لا شيء من {name} في المقالات يتناول هذا الأمر.",
        gap_language="لا مصدر باللغة {language} يتناول هذا الأمر.",
        gap_published="لا شيء مما نُشر في {period} يتناول هذا الأمر.",
        nothing="لا تجيب المقالات عن هذا السؤال.",
        no_words="ليس في السؤال كلمات يُبحث عنها. اذكر شخصاً أو مكاناً أو شيئاً.",
        nothing_filtered="لا شيء في المقالات يوافق شروط البحث، فلم يُبحث في شيء.",
        empty_corpus="لا مقالات بعد. أضف مقالات ثم اسأل من جديد.",
        nearest="أقرب المقاطع، وهي لا تجيب عنه:",
    ),
}


def wording(language: str) -> Messages:
    """The table of a language; English where there is none."""
    return WORDINGS.get(language, WORDINGS["en"])


def written_date(iso: str, language: str) -> str:
    """A date as running text writes it: 2021-05-14 -> 14 May 2021."""
    year, month, day = iso.split("-")
    return f"{int(day)} {month_names(language)[int(month) - 1]} {year}"
