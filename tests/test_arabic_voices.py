"""Who says what in Arabic. People, places and papers are invented; where a sentence needs a state,
it is any state.
"""

from __future__ import annotations

import time
import timeit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.attribution.arabic import ArabicDiscourse, read_attributions
from ingest.attribution.spans import Attribution, Mention


def found(text: str) -> list[Attribution]:
    return read_attributions(text, 0, len(text))


def told(text: str) -> list[tuple[str | None, str, str]]:
    """Who (by name, or in the words of the text), what, and by which rule."""
    return [
        (
            one.mention.name or one.mention.text if one.mention else None,
            text[one.start : one.end],
            one.rule,
        )
        for one in found(text)
    ]


def test_an_attribution_has_exact_spans_a_name_a_role_and_a_cue() -> None:
    before = "فقرة سابقة.\n"
    text = f"{before}وأكد وزير النقل التورساني كامل نصار أن المرفأ آمن."
    mention = Mention(
        17,
        47,
        "وزير النقل التورساني كامل نصار",
        "name",
        "كامل نصار",
        "وزير النقل التورساني",
        "person",
        "one",
        "he",
    )
    assert read_attributions(text, len(before), len(text)) == [
        Attribution(51, 61, mention, "وأكد", "verb-subject-that", confidence=0.9)
    ]
    assert (text[17:47], text[51:61]) == (mention.text, "المرفأ آمن")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "قال سالم درويش إن الجسر سيغلق غدا.",
            ("سالم درويش", "الجسر سيغلق غدا", "verb-subject-that"),
        ),
        ("قالت لينا سلوم إنها ستعود.", ("لينا سلوم", "إنها ستعود", "verb-subject-that")),
        ("وشدد سالم درويش على أن الجسر باق.", ("سالم درويش", "الجسر باق", "verb-subject-that")),
        (
            "وشدد سالم درويش، في ختام اللقاء، على أن الجسر باق.",
            ("سالم درويش", "الجسر باق", "verb-subject-that"),
        ),
        (
            "ولفت كامل نصار الذي يقيم هنا إلى أن الجسر باق.",
            ("كامل نصار", "الجسر باق", "verb-subject-that"),
        ),
        (
            "قال سالم درويش للصحافيين إن الجسر باق.",
            ("سالم درويش", "الجسر باق", "verb-subject-that"),
        ),
        ("وقال من جهته سالم درويش إن الجسر باق.", ("سالم درويش", "الجسر باق", "verb-subject-that")),
        ("قال الحريدي إن الجسر باق.", ("الحريدي", "الجسر باق", "verb-subject-that")),
        ("وقال سالم درويش: «لن نغادر. سنبقى هنا».", ("سالم درويش", "لن نغادر. سنبقى هنا", "colon")),
        ('وقال سالم درويش: "لن نغادر أبدا".', ("سالم درويش", "لن نغادر أبدا", "colon")),
        ("وقال سالم درويش: ”لن نغادر أبدا“.", ("سالم درويش", "لن نغادر أبدا", "colon")),
        ("وقال سالم درويش: «لن نغادر. سنبقى", ("سالم درويش", "لن نغادر. سنبقى", "colon")),
        ("قال سالم درويش: الطريق مغلق. ثم هطل المطر.", ("سالم درويش", "الطريق مغلق", "colon")),
        (
            "علق سالم درويش على الأمر قائلا: «لم نتوقع ذلك».",
            ("سالم درويش", "لم نتوقع ذلك", "colon"),
        ),
        (
            "قال سالم درويش «لن نغادر هذه المدينة أبدا».",
            ("سالم درويش", "لن نغادر هذه المدينة أبدا", "verb-subject-quote"),
        ),
        (
            "«لن نترك أحدا خلفنا»، قال سالم درويش.",
            ("سالم درويش", "لن نترك أحدا خلفنا", "quote-then-verb"),
        ),
        ("ارتفعت الأسعار، حسبما قال مدير المركز.", ("مدير المركز", "ارتفعت الأسعار", "as-said")),
        ("سقط الجسر وفق ما ذكر كامل نصار.", ("كامل نصار", "سقط الجسر", "as-said")),
        ("كما قال سالم درويش، انتهت الحرب.", ("سالم درويش", "انتهت الحرب", "as-said")),
        ("وبحسب ما أعلنت وزارة الدفاع، فإن الجسر سقط.", ("وزارة الدفاع", "الجسر سقط", "as-said")),
        ("وفقا لوزارة الصحة، توفي ثلاثة.", ("وزارة الصحة", "توفي ثلاثة", "according-to")),
        ("وبحسب المصادر فإن الجسر سقط.", ("المصادر", "الجسر سقط", "according-to")),
        ("توفي ثلاثة، بحسب مصادر طبية.", ("مصادر طبية", "توفي ثلاثة", "according-to")),
        ("توفي ثلاثة، بحسب سالم درويش.", ("سالم درويش", "توفي ثلاثة", "according-to")),
        ("توفي ثلاثة، وفقا لسالم درويش.", ("سالم درويش", "توفي ثلاثة", "according-to")),
        ("نقلا عن سالم درويش، فإن الطريق مغلق.", ("سالم درويش", "الطريق مغلق", "according-to")),
        ("العودة بعيدة من وجهة نظر أنقرة، لكنها ممكنة.", ("أنقرة", "العودة بعيدة", "according-to")),
        ("القلعة كانت آمنة، والكلام لسالم درويش.", ("سالم درويش", "القلعة كانت آمنة", "words-of")),
        ("وزير الدفاع قال إن الجسر باق.", ("وزير الدفاع", "الجسر باق", "subject-verb-that")),
        ("أما سالم درويش فقال إن الجسر باق.", ("سالم درويش", "الجسر باق", "subject-verb-that")),
        ("وكان سالم درويش قد أعلن أن الجسر باق.", ("سالم درويش", "الجسر باق", "subject-verb-that")),
        ("وأضاف أن السفن وصلت.", ("وأضاف", "السفن وصلت", "dropped-subject")),
        ("وقال في تصريح صحافي إن السفن وصلت.", ("وقال", "السفن وصلت", "dropped-subject")),
        ("وقال لصحيفة «المنارة» إن السفن وصلت.", ("وقال", "السفن وصلت", "dropped-subject")),
        (
            "نشر ما أعلنه الرئيس درويش من نية للعودة، ثم صمت.",
            ("درويش", "نية للعودة", "what-was-said"),
        ),
        ("جاء تأكيد موسكو أن القمح وصل.", ("موسكو", "القمح وصل", "speech-noun")),
        (
            "أكد سالم درويش ضرورة وقف القتال، وغادر.",
            ("سالم درويش", "ضرورة وقف القتال", "verb-subject-noun"),
        ),
        ("هناك من يرى أن الجسر باق.", ("هناك من", "الجسر باق", "some-say")),
        ("غير أن المدير نفى علمه بالحادث.", ("المدير", "علمه بالحادث", "verb-subject-noun")),
        (
            "في حين اعتبر النائب سالم درويش القرار خطأ فادحا.",
            ("سالم درويش", "القرار خطأ فادحا", "considered"),
        ),
        ("بينما وصف الخبراء الخطة بأنها ناقصة.", ("الخبراء", "الخطة بأنها ناقصة", "description")),
        ("ووصفها المتحدث بأنها مبالغة.", ("المتحدث", "بأنها مبالغة", "description")),
        (
            "وهددت النقابة بوقف العمل إذا لم يسمع صوتها.",
            ("النقابة", "بوقف العمل إذا لم يسمع صوتها", "verb-preposition"),
        ),
        (
            "من جهته، تعهد وزير النقل كامل نصار بزيادة الأجور.",
            ("كامل نصار", "بزيادة الأجور", "verb-preposition"),
        ),
        (
            "ودعا رئيس الحزب كامل نصار أنصاره إلى ضبط النفس.",
            ("كامل نصار", "ضبط النفس", "verb-preposition"),
        ),
        (
            "وطالبت وزارة النقل الشركات بدفع الغرامات.",
            ("وزارة النقل", "بدفع الغرامات", "verb-preposition"),
        ),
        (
            "وأعربت الأمم المتحدة عن قلقها من القتال.",
            ("الأمم المتحدة", "قلقها من القتال", "verb-preposition"),
        ),
        ("وحذرت منظمات دولية من مجاعة وشيكة.", ("منظمات دولية", "مجاعة وشيكة", "verb-preposition")),
        (
            "وتوقع مصدر طبي رفض ذكر اسمه زيادة الإصابات.",
            ("مصدر طبي", "زيادة الإصابات", "verb-subject-noun"),
        ),
        (
            "زرت السوق مع رئيسة الغرفة لينا سلوم التي حذرت من نقص القمح.",
            ("لينا سلوم", "نقص القمح", "verb-preposition"),
        ),
        ("أعلنت الشركة الشهر الماضي أن المصنع باق.", ("الشركة", "المصنع باق", "verb-subject-that")),
        ("قال لي جاري أبو نديم إن البئر جفت.", ("أبو نديم", "البئر جفت", "verb-subject-that")),
        ("أما زوجته فترى أن الرحيل أسهل.", ("زوجته", "الرحيل أسهل", "subject-verb-that")),
        ("وفي الصف رجل يقول إن الخبز نفد.", ("رجل", "الخبز نفد", "subject-verb-that")),
        (
            "يزعم «خبراء» السوق أن الأسعار ستهبط.",
            ("«خبراء» السوق", "الأسعار ستهبط", "verb-subject-that"),
        ),
        ("وبحسب خبيرين طلبا عدم ذكر اسميهما، سقط الجسر.", ("خبيرين", "سقط الجسر", "according-to")),
        (
            "يرى المتحمسون للخطة أن الوقت حان.",
            ("المتحمسون للخطة", "الوقت حان", "verb-subject-that"),
        ),
        (
            "وكتبت الدرويشي في رسالة إلى ابنها: «لن أعود أبدا».",
            ("الدرويشي", "لن أعود أبدا", "colon"),
        ),
        (
            "وقالت القابلة لينا سلوم إن الطريق طويل.",
            ("لينا سلوم", "الطريق طويل", "verb-subject-that"),
        ),
        (
            "وقال ساعي البريد كامل نصار إن الطريق طويل.",
            ("كامل نصار", "الطريق طويل", "verb-subject-that"),
        ),
        ("أبلغ الوزير النواب أن الخزينة فارغة.", ("الوزير", "الخزينة فارغة", "verb-subject-that")),
        (
            "سبق أن قال مسؤولون في الوزارة إن الماء نظيف.",
            ("مسؤولون في الوزارة", "الماء نظيف", "verb-subject-that"),
        ),
        (
            "رد عليه المتحدث بالقول إن الأرقام قديمة.",
            ("المتحدث", "الأرقام قديمة", "verb-subject-that"),
        ),
        (
            "وفقا لأرقام نشرتها جمعية التجار، أقفل مئة متجر.",
            ("جمعية التجار", "أقفل مئة متجر", "according-to"),
        ),
        (
            "وصل كامل نصار أمس. زار الوزير المرفأ، مؤكدا أن العمل بدأ.",
            ("الوزير", "العمل بدأ", "participle"),
        ),
        ("«لن نرحل من هنا»، يقول وهو يغلق الباب.", ("يقول", "لن نرحل من هنا", "quote-then-verb")),
    ],
)
def test_a_form_gives_its_holder_its_content_and_its_rule(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("phrase", "name", "role", "type"),
    [
        ("الرئيس درويش", "درويش", "الرئيس", "person"),
        ("د. سالم درويش", "سالم درويش", "د", "person"),
        (
            "المتحدثة باسم وزارة النقل الكوردلية لينا سلوم",
            "لينا سلوم",
            "المتحدثة باسم وزارة النقل الكوردلية",
            "person",
        ),
        (
            "الأمين العام للأمم المتحدة سالم درويش",
            "سالم درويش",
            "الأمين العام للأمم المتحدة",
            "person",
        ),
        (
            "رئيس تحرير صحيفة «الميناء» سالم درويش",
            "سالم درويش",
            "رئيس تحرير صحيفة «الميناء»",
            "person",
        ),
        ("وزير خارجية تركيا سالم درويش", "سالم درويش", "وزير خارجية تركيا", "person"),
        ("سالم درويش رئيس الحزب", "سالم درويش", "رئيس الحزب", "person"),
        ("الرئيس التورساني", None, "الرئيس التورساني", "person"),
        ("وزارة الدفاع الكوردلية", "وزارة الدفاع الكوردلية", None, "organisation"),
        ("حزب العدالة والتنمية", "حزب العدالة والتنمية", None, "organisation"),
        ("الحكومة", None, None, "organisation"),
        ("المملكة المتحدة", "المملكة المتحدة", None, "organisation"),
        ("صحيفة «المنارة»", "صحيفة «المنارة»", None, "media"),
        ("صحيفة غربية", None, None, "unnamed"),
        ("وسائل إعلام محلية", None, None, "unnamed"),
        ("مسؤول أمني كبير", None, None, "unnamed"),
        ("صاحب المقهى", None, "صاحب المقهى", "person"),
        ("وليد الشامي", "وليد الشامي", None, None),
        ("محللون عسكريون", None, None, "unnamed"),
        ("تقرير", None, None, "unnamed"),
        ("الوزيران سالم درويش وكامل نصار", None, None, "unnamed"),
        ("روسيا وتركيا", None, None, "unnamed"),
    ],
)
def test_a_mention_is_read_into_name_role_and_type(
    phrase: str, name: str | None, role: str | None, type: str
) -> None:
    text = f"قال {phrase} إن الجسر باق."
    (mention,) = [one.mention for one in found(text)]
    assert mention is not None
    assert (mention.text, mention.name, mention.role, mention.type) == (phrase, name, role, type)
    assert text[mention.start : mention.end] == mention.text


def test_a_name_leaves_its_clitic_and_the_mention_keeps_it() -> None:
    (one,) = found("وفقا لسالم درويش، سقط الجسر.")
    assert one.mention == Mention(5, 16, "لسالم درويش", "name", "سالم درويش", number="one")


def test_a_dropped_subject_is_a_pronoun_with_the_number_and_gender_of_the_verb() -> None:
    assert [one.mention for one in found("وأضافت أن السفن وصلت. وقالوا إن المرفأ آمن.")] == [
        Mention(0, 6, "وأضافت", "pronoun", number="one", gender="she"),
        Mention(22, 28, "وقالوا", "pronoun", number="many", gender="he"),
    ]


def test_in_one_sentence_the_holder_goes_on_speaking() -> None:
    text = "قال سالم درويش إن المرفأ آمن، مضيفا أن السفن ستصل، وأكد أن العمال عادوا."
    assert told(text) == [
        ("سالم درويش", "المرفأ آمن", "verb-subject-that"),
        ("سالم درويش", "السفن ستصل", "participle"),
        ("سالم درويش", "العمال عادوا", "dropped-subject"),
    ]


@pytest.mark.parametrize(
    ("text", "holder", "said"),
    [
        (
            (
                "لكن نقيب الصيادين كامل نصار اتهم الشركة بتلويث البحر، ودعا الحكومة إلى وقفها عن"
                " العمل."
            ),
            "كامل نصار",
            ["الشركة بتلويث البحر", "وقفها عن العمل"],
        ),
        (
            (
                "أكد وزير المال كامل نصار أن الخزينة بخير، ونفى وجود عجز، متهما المعارضة بنشر"
                " الشائعات."
            ),
            "كامل نصار",
            ["الخزينة بخير", "وجود عجز", "المعارضة بنشر الشائعات"],
        ),
        (
            "حذر الأطباء من أن الوباء عائد، داعين إلى التلقيح فورا.",
            "الأطباء",
            ["الوباء عائد", "التلقيح فورا"],
        ),
        (
            "رحبت نقابة الخبازين بالقرار، وأعربت عن أملها في المزيد.",
            "نقابة الخبازين",
            ["أملها في المزيد"],
        ),
        ("لم يعلق الوزير على الخبر، لكنه قال إن التحقيق مستمر.", "الوزير", ["التحقيق مستمر"]),
    ],
)
def test_a_subject_speaks_with_every_verb_of_its_sentence(
    text: str, holder: str, said: list[str]
) -> None:
    assert [one[:2] for one in told(text)] == [(holder, words) for words in said]


def test_a_short_mention_is_given_the_name_said_before() -> None:
    text = "قالت وزارة النقل إن الجسر باق. وأضافت أن الطريق مفتوح. وذكرت الوزارة أن المرفأ آمن."
    assert [one.mention for one in found(text)] == [
        Mention(5, 16, "وزارة النقل", "name", "وزارة النقل", None, "organisation", "one", "she"),
        Mention(5, 16, "وزارة النقل", "name", "وزارة النقل", None, "organisation", "one", "she"),
        Mention(61, 68, "الوزارة", "name", "وزارة النقل", None, "organisation", "one", "she"),
    ]


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("زار وزير النقل كامل نصار المرفأ. وقال الوزير إن العمل بدأ.", ["كامل نصار"]),
        (
            "قال مصدر أمني إن الحدود مغلقة. وأشار المصدر نفسه إلى أن الجنود عادوا.",
            ["مصدر أمني", "مصدر أمني"],
        ),
        ("هنا يسكن أبو نديم وحده. سألته عن البئر فضحك، ثم قال إن الماء رحل.", ["أبو نديم"]),
        ("قالت لينا سلوم إن الجسر باق. وقال الوزير إن الطريق مغلق.", ["لينا سلوم", "الوزير"]),
        (
            "قالت وزارة النقل إن الجسر باق. وذكرت وزارة المال أن الخزينة فارغة.",
            ["وزارة النقل", "وزارة المال"],
        ),
        ("قالت وزارة النقل إن الجسر باق. وقال إن الطريق مغلق.", ["وزارة النقل", "وقال"]),
    ],
)
def test_who_is_meant_is_read_from_the_paragraph_or_left_open(
    text: str, holders: list[str]
) -> None:
    assert [one[0] for one in told(text)] == holders


def test_one_discourse_for_several_paragraphs_tells_who_was_named_before() -> None:
    first, second = "زار الصحافيون وزارة النقل في المدينة.\n", "وأعلنت الوزارة أن الجسر باق."
    text, discourse = first + second, ArabicDiscourse()
    assert read_attributions(text, 0, len(first), discourse) == []
    (one,) = read_attributions(text, len(first), len(text), discourse)
    assert one.mention and (one.mention.text, one.mention.name) == ("الوزارة", "وزارة النقل")


def test_a_second_holder_ends_the_words_of_the_first() -> None:
    assert told("قال سالم درويش إن الطريق مغلق، وقالت وزارة النقل إنه مفتوح.") == [
        ("سالم درويش", "الطريق مغلق", "verb-subject-that"),
        ("وزارة النقل", "إنه مفتوح", "verb-subject-that"),
    ]


def test_the_author_is_back_after_a_comma_and_while() -> None:
    assert told("أعلن مجلس الوزراء، في بيان، أن الرسوم سترفع، فيما واصل العمال إضرابهم.") == [
        ("مجلس الوزراء", "الرسوم سترفع", "verb-subject-that")
    ]


def test_words_inside_words_are_told_too() -> None:
    assert told("قال سالم درويش إن أنقرة تعتقد أن الجسر باق.") == [
        ("سالم درويش", "أنقرة تعتقد أن الجسر باق", "verb-subject-that"),
        ("أنقرة", "الجسر باق", "subject-verb-that"),
    ]
    assert told("قال سالم درويش: «أعلنت وزارة النقل أن الجسر باق. لا نصدق».") == [
        ("سالم درويش", "أعلنت وزارة النقل أن الجسر باق. لا نصدق", "colon"),
        ("وزارة النقل", "الجسر باق", "verb-subject-that"),
    ]


def test_an_agency_that_quotes_somebody_stands_outside_them() -> None:
    assert told("ونقلت صحيفة «المنارة» عن مصدر أمني قوله إن الجسر باق.") == [
        ("مصدر أمني", "الجسر باق", "quoting"),
        ("صحيفة «المنارة»", "مصدر أمني قوله إن الجسر باق", "relay"),
    ]


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("قال سالم درويش إن الجسر باق.", "asserted", "stated"),
        ("نفى سالم درويش أن يكون المرفأ مغلقا.", "denied", "stated"),
        ("نفت وزارة الدفاع صحة الأنباء عن الهجوم.", "denied", "stated"),
        ("رفض الرئيس الاتهامات بالتقصير.", "denied", "stated"),
        ("زعم سالم درويش أن المدينة سقطت.", "asserted", "alleged"),
        ("اتهم سالم درويش الحكومة بعرقلة التحقيق.", "asserted", "alleged"),
        ("سقط الجسر على حد زعم كامل نصار.", "asserted", "alleged"),
        ("يعتقد سالم درويش أن الجسر باق.", "asserted", "stated"),
        ("تعتبر روسيا أن الجسر باق.", "asserted", "imputed"),
        ("يرى محللون أن الجسر باق.", "asserted", "imputed"),
        ("وموسكو لا تعتقد بإمكانية العودة، وتنتظر.", "denied", "imputed"),
        ("لا تعتقد روسيا أن الجسر باق.", "denied", "imputed"),
    ],
)
def test_denials_allegations_and_imputed_beliefs_are_told_apart(
    text: str, polarity: str, modality: str
) -> None:
    assert [(one.polarity, one.modality) for one in found(text)] == [(polarity, modality)]


def test_an_accusation_with_a_pronoun_has_the_deed_as_its_words() -> None:
    assert told("هذه المدينة التي تتهمها قوى الشمال «بالتوسع وبسط النفوذ» في «السهل الكبير»…") == [
        ("قوى الشمال", "«بالتوسع وبسط النفوذ» في «السهل الكبير»", "accusation")
    ]


def test_quoted_words_are_direct_and_a_quotation_among_others_makes_them_mixed() -> None:
    assert [one.form for one in found("قال سالم درويش: «لن نغادر».")] == ["direct"]
    assert [one.form for one in found("قال سالم درويش إن السوق «يعيش أسوأ أيامه منذ عقد».")] == [
        "mixed"
    ]
    assert [one.form for one in found("قال سالم درويش إن السوق «حي».")] == ["indirect"]


@pytest.mark.parametrize(
    "text", ["يقال إن الجسر قديم.", "يُعتقد أن الجسر قديم.", "ويعتقد أن الجسر قديم."]
)
def test_hearsay_is_nobodys(text: str) -> None:
    assert told(text) == [(None, "الجسر قديم", "hearsay")]


@pytest.mark.parametrize(
    "text",
    [
        "هذا «السلام» الذي وعدوا به «كذبة كبرى».",  # irony
        "قرأ «حكاية البحر الأزرق البعيد» مرتين.",  # a title
        "انتهى العمل حسب الخطة.",
        "وفق القانون الجديد يدفع السكان ضريبة.",
        "وفقا لضوابط جديدة سيعود الصيادون.",
        "وفق اتفاقية الشمال، تنسحب القوات.",
        "حسب مزاج الحاكم تتبدل القوانين.",
        "هو شاعر وحسب، ولا بحسب الأهواء تبنى الدول.",
        "أشار سالم بيده إلى السفينة.",
        "أعلن الجيش الحرب على الجيران بعد أن فشلت المفاوضات.",
        "أعلنت الحكومة حالة الطوارئ في البلاد، على أن تستمر شهرا.",
        "رأى الجنود السفينة قبل أن تغرق.",
        "تعتبر روسيا الجسر ملكا لها.",
        "رفض الرئيس الخطة.",
        "نقول إن الحرب انتهت. وأقول إنها لم تبدأ. أعتقد أن الجسر قديم. اعتقد ان الجسر قديم.",
        "وفي رأيي أن العودة بعيدة.",
        "لم يقل الوزير إن الجسر باق.",
        "إذا قال الوزير إن الجسر باق فلا تصدقوه.",
        "قد يقول قائل إن الجسر باق.",
        "سيقول الوزير إن الجسر باق.",
        "من قال إن الجسر باق؟",
        "هل ترى أن الجسر باق؟",
        "الأرقام تؤكد أن الاقتصاد بخير.",
        "وتؤكد الوقائع أن الاقتصاد بخير.",
        "وكشف الهجوم أن الجيش ضعيف.",
        "وهو ما يؤكد أن الحرب لم تنته.",
        "ويؤكد هذا أن الحرب لم تنته.",
        "يقول التاريخ إن الضعفاء يدفعون الثمن.",
        "يمكن القول إن المرحلة صعبة، ويجب أن نعترف بأن الخطأ قديم.",
        "يذكر أن الجسر بني قبل قرن.",
        "كما أن المدينة قديمة، إلا أن أهلها باقون.",
        "زار الوزير المدينة وأكد أن الماء نظيف.",
        "أكد الوزير رفضه أن يسقط الجسر.",
        "أكد رئيس الوزراء ووزير المال أن الماء نظيف.",
        "طلب الرئيس من الوزير أن يغادر.",
        "قال الله إن الماء حياة.",
        "دعا الرئيس الوزير إلى العشاء.",
        "تدعو الحاجة إلى قانون جديد. أدعو الحكومة إلى الرحيل. ندعو إلى الهدوء، ونطالب بالعدل.",
        "لا أحد يقول إن الطريق آمن. ليس هناك مسؤول يقول إن الطريق آمن. كل وزير يقول إن الطريق آمن.",
        "وتركيا أيضا مطالبة بالانتباه للخطوط الحمر.",
        "وصف الطبيب دواء للمريض بعد الفحص.",
        "سيرد الوزير بأن الصبر جميل. لو قالت الوزارة إن الجسر ضعيف لما عبره أحد.",
        "وقد عبر الجنود النهر ليلا. بين الوزير ومساعديه خلاف. يظهر أن المشكلة قديمة.",
        "ولم يقل الوزير إن الجسر باق. ولا تظن الوزارة ذلك.",
        "عبارة من أربع كلمات كتبت على «جسر الغد».",
    ],
)
def test_what_is_no_report_stays_the_authors(text: str) -> None:
    assert told(text) == []


def test_vowel_marks_stretching_and_sloppy_hamzas_change_nothing() -> None:
    assert told("قـــال سالم درويش ان الجسر باق.") == [
        ("سالم درويش", "الجسر باق", "verb-subject-that")
    ]
    assert told("صرّح سالم درويش بأنّ الجسر باقٍ.") == [
        ("سالم درويش", "الجسر باقٍ", "verb-subject-that")
    ]


_PIECES = st.sampled_from(
    """
    قال وأضاف أن إن بأنه : « » " “ ” ، . ؟ وفقا لوزارة الدفاع بحسب مصادر الرئيس د. سالم تتهمها
    وموسكو لا مؤكدا عن على من \u200f نقل
    """.split()
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(_PIECES, max_size=40).map(" ".join),
        st.lists(_PIECES, max_size=40).map("".join),
    )
)
@example("«")
@example("قال سالم: «")
@example("قال سالم:")
@example("وفقا ل")
def test_any_text_is_read_with_exact_spans(text: str) -> None:
    for one in found(text):
        assert 0 <= one.start < one.end <= len(text)
        if one.mention:
            assert text[one.mention.start : one.mention.end] == one.mention.text != ""


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "كان الجسر قديما والناس يعبرون النهر. ",
        "قال سالم إن الجسر باق، مضيفا أن السوق مفتوح ",
        "«",
        '"',
        "و",
    ],
)
def test_a_long_line_takes_no_more_than_its_share_of_time(piece: str) -> None:
    quarter, whole = (least_seconds(piece * (size // len(piece))) for size in (100_000, 400_000))
    assert whole < 8 * quarter  # 4 would be linear, 16 quadratic


def least_seconds(text: str) -> float:
    """CPU seconds of reading a text, the lesser of two times."""
    return min(timeit.repeat(lambda: found(text), timer=time.process_time, number=1, repeat=2))
