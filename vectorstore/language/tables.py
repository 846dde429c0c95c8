"""Words of a language that rules need, as data. Add a language by adding its rows."""

from __future__ import annotations

from vectorstore.language.normalise import fold

# Words that carry no topic: they are not searched for, and they do not count when evidence is weighed.
STOP_WORDS = frozenset(
    fold(
        """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can cannot could did do does doing don down during each few for from further had has have having he
    her here hers herself him himself his how i if in into is it its itself just let me might more most must my
    myself no nor not now of off on once only or other ought our ours ourselves out over own per same shall she
    should so some such than that the their theirs them themselves then there these they this those through to too
    under until up upon us very was we were what when where whether which while who whom whose why will with within
    without would you your yours yourself accord according actually tell told say said says saying give gave given
    claim claims claimed compare describe described describes explain explains report reported reports think thinks
    thought many much happen happens happened

    من في على الى عن مع هل ما ماذا متى اين كيف كم لماذا لم لن لا قد كان كانت يكون تكون هو هي هم هن انا نحن انت
    هذا هذه ذلك تلك الذي التي الذين اللذين او ام ثم بل لكن ان انه انها اذا كل بعض غير بين عند حين قبل بعد حول
    منذ حتى ضد دون اي ايضا كما وفق حسب بحسب عليه عليها فيه فيها به بها له لها منه منها ليس ليست قال قالت يقول
    تقول و ف ب ل ك
    قارن وقارن يصف تصف وصف وصفت يشرح تشرح شرح شرحت يفسر تفسر يذكر تذكر ذكر ذكرت يرى ترى يعتقد تعتقد ينسب تنسب ينسبه
    تنسبه يبلغ تبلغ بلغ بلغت يحدث تحدث حدث حدثت جرى
        """
    ).split()
)

# Words that stand for somebody and are nobody's name.
PRONOUNS = frozenset(fold("i we he she they it you us me who someone anyone هو هي هم هن أنا نحن أنت").split())

# Words with which a follow-up begins, and words in it that point at what was said before.
OPENINGS = frozenset(fold("and but so or then also و وماذا ولماذا ومن وهل وكيف ومتى وأين ثم").split())
POINTERS = frozenset(
    fold(
        """
        he him his she her hers they them their theirs it its there then same
        هو هي هم هن ذلك هناك نفسه نفسها
        """
    ).split()
)

# Forms of English verbs and nouns that no stemmer brings together: each line gives a word, then its other forms.
IRREGULAR_FORMS = {
    form: base
    for base, *forms in (
        line.split()
        for line in """
        arise arose arisen
        bear bore borne born
        become became
        begin began begun
        bind bound
        bleed bled
        blow blew blown
        break broke broken
        breed bred
        bring brought
        build built
        buy bought
        catch caught
        choose chose chosen
        come came
        deal dealt
        draw drew drawn
        drink drank drunk
        drive drove driven
        eat ate eaten
        fall fell fallen
        feed fed
        feel felt
        fight fought
        find found
        flee fled
        fly flew flown
        forbid forbade forbidden
        forget forgot forgotten
        freeze froze frozen
        get got gotten
        go went gone
        grow grew grown
        hang hung
        hear heard
        hide hid hidden
        hold held
        keep kept
        know knew known
        lay laid
        lead led
        leave left
        lend lent
        lose lost
        make made
        mean meant
        meet met
        pay paid
        ride rode ridden
        ring rang rung
        rise rose risen
        run ran
        see saw seen
        seek sought
        sell sold
        send sent
        shake shook shaken
        shoot shot
        show shown
        sink sank sunk
        speak spoke spoken
        spend spent
        stand stood
        steal stole stolen
        strike struck stricken
        swear swore sworn
        swim swam swum
        take took taken
        teach taught
        tear tore torn
        throw threw thrown
        understand understood
        wear wore worn
        win won
        withdraw withdrew withdrawn
        write wrote written
        man men
        woman women
        child children
        die died dying dies
        defense defence
        center centre
        labor labour
        neighbor neighbour
        neighbors neighbours
        favor favour
        rumor rumour
        honor honour
        harbor harbour
        program programme
        recognize recognise recognised recognises recognising
        organize organise organised organises organising
        criticize criticise criticised criticises criticising
        mobilize mobilise mobilised mobilises mobilising
        """.strip().splitlines()
    )
    for form in forms
}

# A full stop after one of these does not end a sentence (matched in lower case, without the stop).
ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev hon st sr jr gen lt col maj capt sgt cmdr adm gov sen rep pres amb messrs
    vs cf ca approx vol pp ed eds dept univ bros a.m p.m e.g i.e u.s u.k u.n e.u
    """.split()
)

# These are words of their own as well: after them a full stop does not end a sentence when a number follows.
ABBREVIATIONS_BEFORE_NUMBERS = frozenset(
    "no nos fig jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun art sec par".split()
)

# Words that open a title of a person and are no part of the name.
HONORIFICS = frozenset(
    fold(
        """
        mr mrs ms miss dr prof professor sir the president minister
        السيد السيدة الدكتور الدكتورة الأستاذ الأستاذة الرئيس الوزير الشيخ
        """
    ).split()
)

# The Arabic article with the particles that are written together with it, longest first.
ARTICLES = ("وبال", "وكال", "فبال", "وال", "ولل", "بال", "فال", "كال", "ال", "لل")

# Arabic month names as they are written, with or without hamza, and the names that dateparser reads.
ARABIC_MONTHS = {
    fold(written): read
    for read, *names in (
        ("يناير", "كانون الثاني"),
        ("فبراير", "شباط"),
        ("مارس", "آذار"),
        ("أبريل", "إبريل", "نيسان"),
        ("مايو", "أيار"),
        ("يونيو", "حزيران"),
        ("يوليو", "تموز"),
        ("أغسطس", "آب"),
        ("سبتمبر", "أيلول"),
        ("أكتوبر", "تشرين الأول"),
        ("نوفمبر", "تشرين الثاني"),
        ("ديسمبر", "كانون الأول"),
    )
    for written in (read, *names)
}

ARABIC_WEEKDAYS = tuple(fold("الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت").split())
