"""Words that turn a claim round, and words that say the opposite of each other. Add a language by adding rows."""

from __future__ import annotations

from vectorstore.language.normalise import fold

# What denies the words after it. (Words such as "don't" are known by their ending.)
NEGATORS = frozenset(
    fold(
        """
        not no never neither nor without none nobody nowhere seldom rarely scarcely barely hardly cannot nothing unable
        impossible unlikely
        deny denies denied denying refuse refuses refused refusing refusal reject rejects rejected rejecting rejection
        lack lacks lacked refute refutes refuted dismiss dismisses dismissed
        disprove disproved unwilling refrain refrained absence
        لا لم لن ليس ليست ليسوا ليسا لسنا لست لسن غير دون بدون عدم نفى نفت ينفي تنفي نفي رفض رفضت يرفض ترفض رفضه
        استحالة يستحيل كلا امتنع امتنعت يمتنع تمتنع امتناع
        """
    ).split()
)
# What denies only the words after a particle: who "failed to come" did not come; who "failed at the gate" was there.
FAILURES = {
    **dict.fromkeys("fail fails failed failing failure".split(), frozenset({"to"})),
    **dict.fromkeys(fold("فشل فشلت يفشل تفشل فشله فشلها").split(), frozenset({"في"})),
}
# Where the reach of a negator ends.
BREAKS = frozenset(
    fold(
        "but while although though because however whereas since so that which who when if لكن بل بينما لأن إذ حين"
    ).split()
)
# What joins a denial to the clause that it denies.
CLAUSAL = frozenset(fold("that أن إن أنه أنها").split())
# Each row: words on one side / words on the other. What takes the other for granted is not its opposite: who calls for
# unblocking a road says that it is blocked. The first row is how somebody fares.
_ROWS = """
win wins won winner winning victory victories victorious triumph triumphed triumphant success successful \
successfully succeed succeeds succeeded strong stronger strongest strength strengthen strengthened strengthens \
gain gains gained / lose loses lost loser losing defeat defeated defeats failure fail fails failed failing \
unsuccessful unsuccessfully fiasco weak weaker weakest weakness weaken weakened weakens loss losses
support supports supported supporting backed backing approve approved approves endorse endorsed / oppose opposes \
opposed opposing opposition condemn condemned condemns criticise criticised criticize criticized
accept accepts accepted agree agrees agreed agreeing / refuse refuses refused refusal reject rejects rejected \
disagree disagrees disagreed
increase increases increased increasing rise rises rose risen grow grows grew growth growing / decrease decreases \
decreased decreasing fall falls fell fallen decline declines declined drop dropped shrink shrank diminished \
diminish
attack attacks attacked attacking aggression aggressive aggressor offensive / defend defends defended defence \
defense defensive
admit admits admitted confirm confirms confirmed acknowledge acknowledged / deny denies denied denial
open opens opened opening / close closes closed closing
praise praises praised welcome welcomes welcomed hail hails hailed applaud applauds applauded / condemn condemns \
condemned denounce denounces denounced deplore deplores deplored
begin begins began start starts started / end ends ended stop stops stopped cease ceased
leave leaves left withdraw withdraws withdrew withdrawal retreat retreated evacuated / remain remains remained \
stay stays stayed enter enters entered return returned
protect protects protected protection guarantee guarantees guaranteed guarantor guarantors / threaten threatens \
threatened threat endanger endangered abandon abandoned abandons abandoning
friend friends ally allies allied alliance partner partners / enemy enemies foe foes rival rivals adversary \
adversaries
true truth right correct / false lie lies lied wrong untrue invention invented fabricated
guilty blame blamed responsible / innocent innocence
safe safety secure security / dangerous danger unsafe
rich richer wealth / poor poorer poverty
independent independence sovereign sovereignty / dependent dependence puppet instrument proxy vassal stooge
elite heavy professional / token lightly light
legal lawful legitimate / illegal unlawful illegitimate annexation
better improve improved improves improvement / worse worsen worsened deteriorate deteriorated
possible / impossible
honest sincere / dishonest deceit deceitful
peace peaceful / war wars hostile
freedom free freed released / prison captive captured detained imprisoned
alive survive survived / dead killed died
مع مؤيد تأييد أيد دعم يدعم / ضد معارض معارضة عارض يعارض أدان
وافق قبل قبول موافقة / رفض رفضت رفضه
بقي بقاء يبقى دخل دخول / خرج خروج إخراج انسحب انسحاب مغادرة
حليف حلفاء صديق / عدو أعداء خصم خصوم
زاد ارتفع ارتفاع نمو / انخفض تراجع هبوط
صحيح حق صدق / كذب كاذب باطل مختلق
حماية حمى يحمي ضمان / تهديد هدد يهدد
فتح / أغلق إغلاق
أشاد أشادت رحب رحبت / ندد نددت أدان أدانت استنكر استنكرت
نجح نجاح نجحت ناجح ناجحا انتصار انتصر انتصرت نصر قوي قوة أقوى تعزيز / فشل فشلت إخفاق أخفق هزيمة هزم انهزم خسارة \
خسر خسرت ضعيف ضعف أضعف إضعاف
"""


def _sides() -> list[tuple[frozenset[str], frozenset[str]]]:
    rows = (row.split("/") for row in fold(_ROWS).strip().splitlines())
    return [(frozenset(one.split()), frozenset(other.split())) for one, other in rows]


SIDES = _sides()
OPPOSITES: dict[str, frozenset[str]] = {}
for _one, _other in SIDES:
    for _here, _there in ((_one, _other), (_other, _one)):
        for _word in _here:
            OPPOSITES[_word] = OPPOSITES.get(_word, frozenset()) | _there
