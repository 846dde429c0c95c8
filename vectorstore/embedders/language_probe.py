"""Finding out which languages a model reads, by questions whose answers it must tell apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from vectorstore.embedders.base import Vectors

# Questions with the sentence that answers each; none shares a rare word with its answer, so that
# letters do not help.
PROBES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Who looks after sick people?", "The nurse sat by the patient's bed all night."),
        ("Where do trains stop?", "The station lies at the end of the long road."),
        ("What did the farmer grow?", "Wheat and barley covered his fields that summer."),
        ("How was the weather at sea?", "A storm with high waves kept the ships in port."),
        ("Who rules on crimes?", "The judge sentenced the thief to two years."),
        ("What do pupils need in class?", "The teacher gave every child a pencil and a notebook."),
    ),
    "ar": (
        ("من يعتني بالمرضى؟", "جلست الممرضة قرب سرير العليل طوال الليل."),
        ("أين تتوقف القطارات؟", "تقع المحطة في نهاية الطريق الطويل."),
        ("ماذا زرع الفلاح؟", "غطى القمح والشعير حقوله في ذلك الصيف."),
        ("كيف كان الطقس في البحر؟", "عاصفة وأمواج عالية أبقت السفن في الميناء."),
        ("من يحكم في الجرائم؟", "أصدر القاضي حكماً على اللص بالسجن عامين."),
        ("ماذا يحتاج التلاميذ في الصف؟", "أعطت المعلمة كل طفل قلماً ودفتراً."),
    ),
}
_RIGHT = 5  # of the six that must find their answer


def reads_language(encode: Callable[[Sequence[str]], Vectors], language: str | None) -> bool:
    """Whether a model brings questions of a language to their answers; True for a language without
    a probe.
    """
    pairs = PROBES.get(language or "")
    if not pairs:
        return True
    questions, answers = (encode(texts) for texts in zip(*pairs, strict=True))
    nearest = (questions @ answers.T).argmax(axis=1)
    return sum(int(place) == n for n, place in enumerate(nearest)) >= _RIGHT
