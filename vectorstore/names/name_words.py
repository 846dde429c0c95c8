"""Words in and around names that are no name of their own, as data. Add a language by adding its
words.
"""

from __future__ import annotations

from vectorstore.language.normalise import fold
from vectorstore.language.word_lists import HONORIFICS, STOP_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


# Offices and ranks before a name. A "name" that ends in one of them is a description.
OFFICES = HONORIFICS | _words("""
    premier chancellor secretary ambassador envoy spokesman spokeswoman spokesperson senator
    congressman governor mayor director chairman chairwoman chair chief leader commander
    commissioner general colonel captain lieutenant sergeant admiral brigadier ayatollah
    hojjatoleslam doctor lawyer lord lady sayyid sayed seyyed الجنرال العقيد العميد اللواء النقيب
    القاضي القاضية المستشار المستشارة السفير السفيرة النائب النائبة الشيخة الأمير الأميرة الملك
    الملكة السيناتور المحافظ المدير المديرة المتحدث المتحدثة الناطق القائد الزعيم المفتي المهندس
    المحامي الكاتب الصحفي الصحافي آية
    """)
# Titles that are surnames as well, so that only what follows them makes them titles.
TITLES = _words(
    "king queen prince princess judge justice major sheikh sultan pope father sister bishop"
    " archbishop baron dame marshal emir imam mullah rabbi comrade"
)
# What an office is qualified by.
QUALIFIERS = _words(
    "former ex acting deputy vice prime foreign defence defense interior finance senior first"
)
# Capitalised words before a surname that are not a given name, so that it may be anybody's: titles,
# and how a request begins.
NO_GIVEN_NAMES = (
    OFFICES
    | TITLES
    | QUALIFIERS
    | STOP_WORDS
    | _words("ask cite find give list quote show summarise summarize search please")
)
# Function words that no Arabic name holds, and a description does.
ARABIC_FUNCTION_WORDS = _words("في من عن إلى لدى باسم الذي التي")
# Small words within names. They may be left out: van der Orlen is Orlen.
PARTICLES = _words("""
    van von zu zum der den de het ter ten te del della delle di da dal das do dos du la le los las y
    e i al el ul ad an ar as ash at az bin ibn ben bint آل بن ابن بنت
    """)
# Those that are given names as well when they stand first with a capital.
GIVEN_PARTICLES = frozenset("Al Ben Du An As Den".split())
# What tells a father from his son.
RANKS = _words("jr sr junior senior ii iii iv")
# Family names that stand before the given name in most reports.
FAMILY_FIRST = _words("""
    li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin he gao luo zheng liang
    xie tang song han deng feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei
    su lu ding ren shen yao kim lee park choi jung kang cho yoon jang lim
    """)
# Words of institutions with two spellings: the second is compared as the first.
SPELLINGS = {
    other: one
    for one, other in (
        pair.split("/")
        for pair in """
        organisation/organization organisations/organizations defence/defense centre/center
        labour/labor programme/program harbour/harbor theatre/theater and/&
        """.split()
    )
}
