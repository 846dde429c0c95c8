"""Words that no table knows, spelled in the other script: for the eye, not for search, which goes
by their sounds.
"""

from __future__ import annotations

import re

from vectorstore.language.normalise import fold

_LATIN = dict(
    pair.split("=")
    for pair in """
    ب=b پ=p ت=t ث=th ج=j چ=ch ح=h خ=kh د=d ذ=dh ر=r ز=z ژ=zh س=s ش=sh ص=s ض=d ط=t ظ=z ع=a غ=gh ف=f
    ڤ=v ق=q ك=k گ=g ل=l م=m ن=n ه=h ا=a و=u ي=i ء=
    """.split()
)
_ARABIC = dict(
    pair.split("=")
    for pair in """
    sch=ش tch=تش sh=ش ch=تش kh=خ gh=غ th=ث dh=ذ ph=ف ck=ك oo=و ee=ي ou=و b=ب c=ك d=د e= f=ف g=غ h=ه
    j=ج k=ك l=ل m=م n=ن p=ب q=ق r=ر s=س t=ت v=ف w=و x=كس y=ي z=ز a=ا i=ي o=و u=و
    """.split()
)
_LATIN_WRITING = re.compile("|".join(_ARABIC))
_VOWEL_FIRST = re.compile("^e")


def romanised(word: str) -> str:
    """An Arabic word in plain Latin letters: "بلينكن" is "blinkn", for Arabic leaves short vowels
    out.
    """
    return "".join(_LATIN.get(letter, letter) for letter in fold(word))


def arabised(word: str) -> str:
    """A Latin word in Arabic letters: "Blinken" is "بلينكن"."""
    return _LATIN_WRITING.sub(
        lambda match: _ARABIC[match.group()], _VOWEL_FIRST.sub("i", fold(word))
    )
