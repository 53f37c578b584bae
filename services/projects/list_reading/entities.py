"""Who is surely no natural person (juristische Person): only those are imported.

Lists of operations can name sole traders and other natural persons. A name is taken for that of a
legal entity only when a word in it says so, or when somebody has confirmed it; everybody else is
left out (Article 49(3) of Regulation (EU) 2021/1060, Article 5(1)(c) of Regulation (EU) 2016/679).
"""

import re
from collections.abc import Collection

from services.projects.operation_lists.rules import squeezed

_PERSON = re.compile(
    r"\b(herrn?|frau|inh|inhaber(?:in)?|einzelunternehme[nr]\w*|e\.\s?k(?:fm|fr)?)\b"
    r"|\b(?:geb|geboren)\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?<!\w)(?:"
    # Legal forms, spelt as they are: `ag` in lower case is part of a word.
    r"g?gmbh|mbh|gUG|kgaa|ohg|e\.\s?v\.|e\.\s?g\.|partg\w*|a\.\s?ö\.\s?r\.|ltd|plc"
    r"|(?-i:eV|EV|e\.V|eG|SE|AG|UG|KG|AöR|KdöR)"
    r"|körperschaft|anstalt|zweckverband|verwaltungsgemeinschaft|landratsamt|stadtverwaltung"
    r"|ministerium|jobcenter|agentur für arbeit|innung|gewerkschaft|bistum|diözese|kirchenkreis"
    r"|stiftung|verband|verein|bildungswerk|universität|fachhochschule|hochschule"
    r"|arbeitsgemeinschaft|caritas|diakonie|diakonisches|arbeiterwohlfahrt|volkshochschule"
    r"|studierendenwerk|studentenwerk"
    r")(?!\w)",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\b\w{4,}(?:verband|verein|stiftung|ministerium|universität|hochschule)(?:e[sn])?\b"
    r"|\b\w*(?:kirchgemeinde|kirchengemeinde|handwerkskammer|handelskammer|genossenschaft"
    r"|arbeitsgemeinschaft|landesamt)\b"
    r"|\bmit beschränkter haftung\b",
    re.IGNORECASE,
)
_COMMUNITY = re.compile(
    r"(?:stadt|landeshauptstadt|hansestadt|universitätsstadt|gemeinde|landkreis|freistaat)\s+\w.*"
    r"|[\w-]+kreis",
    re.IGNORECASE,
)


def is_legal_entity(name: str, confirmed: Collection[str]) -> bool:
    """Whether the name is surely not that of a natural person.

    `confirmed` are the squeezed names that somebody has looked at.
    """
    if squeezed(name) in confirmed:
        return True
    if _PERSON.search(name):
        return False
    return bool(_FORM.search(name) or _ENDING.search(name) or _COMMUNITY.fullmatch(name))
