from __future__ import annotations

import pytest

from vectorstore.language.normalise import fold
from vectorstore.language.time.times import sure_hours


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("The bell rang at 23:14 and at ten past five.", [1394, 310]),
        ("دق الجرس في الساعة الثانية.", [120]),
        ("دق الجرس في الثامنة صباحا.", [480]),
        ("دق الجرس في الثالثة والنصف.", [210]),
        ("كانت الطاحونة الثانية أكبر من الأولى.", []),
        ("وصل الجرس في المرتبة الرابعة.", []),
    ],
)
def test_an_arabic_ordinal_is_an_hour_only_where_it_says_so(text: str, minutes: list[int]) -> None:
    assert [one.minutes for one in sure_hours(fold(text))] == minutes
