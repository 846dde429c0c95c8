"""Words for people that are counted: "2,000 men" may be "2,000 soldiers". A population is counted
whole, so that its words are none of these. Add a language by adding its words."""

from __future__ import annotations

PERSONS = """
people persons person men women children victims dead killed casualties deaths wounded injured missing
prisoners captives
hostages refugees displaced civilians residents citizens soldiers troops servicemen
personnel
fighters militants mercenaries peacekeepers guards officers policemen police recruits conscripts veterans
defenders workers employees
staff members deputies voters students pupils patients passengers observers monitors protesters demonstrators
شخص شخصا أشخاص قتيل قتيلا قتلى جريح جريحا جرحى ضحية ضحايا مفقود مفقودا مفقودين أسير أسيرا أسرى رهينة رهائن
لاجئ لاجئا لاجئين نازح نازحا
نازحين مدني مدنيا مدنيين مواطن مواطنا مواطنين جندي جنديا جنود عسكري عسكريا عسكريين مقاتل مقاتلا
مقاتلين مسلح مسلحا مسلحين
مرتزق مرتزقا مرتزقة ضابط ضابطا ضباط عامل عمال موظف موظفا موظفين نائب نائبا نواب ناخب ناخبا ناخبين طالب طالبا
طلاب راكب راكبا ركاب مراقب مراقبا مراقبين
"""
