"""What the letters of a name may sound like, in Latin and in Arabic script: the tables behind
`skeletons`.

A letter stands for several sounds, and a sound is written with several letters: so each row gives a
way of writing and what it may stand for, as Freeman, Condon and Ackerman do ("Cross Linguistic Name
Matching in English and Arabic: A 'One to Many Mapping' Extension of the Levenshtein Edit Distance
Algorithm", NAACL 2006).
"""

from __future__ import annotations

import re

# The sounds, by class. Consonants of one class are candidates for each other; x is kh, š sh, ž zh,
# č ch, ǰ dj.
CLASSES = {
    sound: name
    for name, sounds in (
        ("P", "pb"),
        ("T", "td"),
        ("F", "fv"),
        ("K", "kg"),
        ("H", "hx"),
        ("S", "szšžčǰ"),
        ("M", "m"),
        ("N", "n"),
        ("L", "l"),
        ("R", "r"),
    )
    for sound in sounds
}

# A way of writing, and its readings, "/" between them. Each reading is a row of sounds; sounds
# written together are one place that may hold any of them. Vowels are a e i o u, y before a vowel,
# and for Arabic * (any vowel) and ã (a or i). ^ is the beginning of a word and $ its end. What is
# not here is read as nothing.
_ROWS = """
shch š      tsch č      dsch ǰ      sch š       tch č       tsh č       dzh ǰ
sh š        ch čš/x/k   kh xh       gh g        th t/s      dh d/z      ph f        zh žǰ       dj ǰ        dž ǰ
cz č        sz šs       ck k        dt$ td      rh r        tz t_s      qu k_u/k_v
b b         c k/sčǰ     d d         f f         g g         h h         j ǰž/y      k k         l l         m m
n n         p p         q kg        r r         s s         t t         v v         w u/v       x k_s       z z
b$ bp       d$ dt       g$ gk       v$ vf       w$ u/vf     z$ zs       h$          j$ i/ǰž     ^x sšz      ^w v/u
a a         e e         i i         o o         u u         y y         ı i         ə e         æ e         ø o
ç čšs       č čš        ć čš        š šs        ş šs        ș šs        ś šs        ž žz        ź zž        ż žz
ğ g         ł l         đ d         ð d         þ t         ñ n

تش č/t_š    دج ǰ/d_g
ب bp        پ p         ت t         ث t/s       ج ǰž/g      چ čǰ        ح h         خ xh        د d         ذ d/z
ر r         ز zž        ژ žz        س s         ش šč        ص s         ض d/z       ط t         ظ z/d       غ g
ف fv        ڤ v         ق kg        ك kg        ک kg        گ g         ل l         م m         ن n         ه h
ا a         آ a         أ a         إ i         ى ã         ي i         ی i         و u         ع *         ة a
^ا *        ^آ *        ^أ *        ^إ *        ^و v/u      وا v_a/u_a  وي v_i/u_i  ه$ a        اه$ a       ٱ a
"""

READINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    writing: tuple(
        tuple(reading.split("_")) if reading else () for reading in readings.strip().split("/")
    )
    for line in _ROWS.splitlines()
    for writing, _, readings in (cell.partition(" ") for cell in re.split(r"\s{2,}", line.strip()))
    if writing
}
