"""The words for units of length, area, weight and time, each with its size in metres, square metres, kilograms and
seconds. Add a language by adding words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from vectorstore.language.normalise import fold

Measure = Literal["length", "area", "weight", "duration"]

_ROWS: Mapping[Measure, Mapping[float, str]] = {
    "duration": {
        1: "second seconds ثانية ثوان ثواني ثوانٍ",
        60: "minute minutes دقيقة دقائق",
        3600: "hour hours ساعة ساعات",
        86_400: "day days night nights يوم يوما أيام ليلة ليال",
        604_800: "week weeks أسبوع أسبوعا أسابيع",
        2_592_000: "month months شهر شهرا أشهر شهور",
        31_536_000: "year years سنة سنوات عام عاما أعوام",
        315_360_000: "decade decades عقد عقدا عقود",
    },
    "length": {
        0.01: "centimetre centimetres centimeter centimeters cm سنتيمتر سنتيمترا سنتيمترات",
        0.3048: "foot feet قدم أقدام",
        1: "metre metres meter meters متر مترا أمتار",
        1000: "kilometre kilometres kilometer kilometers km kms كيلومتر كيلومترا كيلومترات كيلو كلم كم",
        1609.34: "mile miles ميل أميال",
    },
    "area": {
        4047: "acre acres فدان فدانا أفدنة",
        10_000: "hectare hectares هكتار هكتارا هكتارات",
    },
    "weight": {
        1: "kilogram kilograms kilo kilos kg كيلوغرام كيلوغراما كيلوغرامات",
        1000: "tonne tonnes ton tons طن طنا أطنان",
    },
}
_DUALS: Mapping[Measure, Mapping[float, str]] = {
    "duration": {
        2: "ثانيتين ثانيتان",
        120: "دقيقتين دقيقتان",
        7200: "ساعتين ساعتان",
        172_800: "يومين يومان ليلتين ليلتان",
        1_209_600: "أسبوعين أسبوعان",
        5_184_000: "شهرين شهران",
        63_072_000: "سنتين سنتان عامين عامان",
        630_720_000: "عقدين عقدان",
    },
    "length": {2: "مترين متران", 2000: "كيلومترين كيلومتران", 3218.68: "ميلين ميلان"},
}


def _by_word(rows: Mapping[Measure, Mapping[float, str]]) -> dict[str, tuple[Measure, float]]:
    sizes = ((measure, size, words) for measure, sizes in rows.items() for size, words in sizes.items())
    return {word: (measure, size) for measure, size, words in sizes for word in fold(words).split()}


# What each folded word measures, and its size; and the same of the Arabic words for two of a unit.
UNITS = _by_word(_ROWS)
DUALS = _by_word(_DUALS)
