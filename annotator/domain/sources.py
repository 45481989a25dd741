"""What kind of source some words are, told from the words alone: a proposal that the annotator may change."""

from __future__ import annotations

import regex

from annotator.domain.drafts import SourceKind

_PRONOUNS = frozenset({
    "he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "us", "me", "who", "whom", "this", "that",
    "these", "those", "one", "himself", "herself", "themselves",
})  # fmt: skip
_COLLECTIVE = regex.compile(
    r"\b(officials|allies|governments?|countries|nations|lawmakers|ministers|leaders|analysts|experts|critics|people|"
    r"residents|voters|members|groups?|several|many|some|most|others|administration|officers|researchers|both|all|"
    r"scientists|authors|diplomats|senators|republicans|democrats|students|parents|families|everyone|everybody|"
    r"associations|volunteers|activists|organi[sz]ers|supporters|opponents|observers|economists|doctors|teachers)\b",
    regex.IGNORECASE,
)
_ANONYMOUS = regex.compile(
    r"\b(sources?|familiar with|anonymous(ly)?|unnamed|unidentified|on condition of|insiders?|somebody|someone|"
    r"not authori[sz]ed|(one|an?|another) (?:[\w\-]+ ){0,3}(official|diplomat|person|aide|officer))\b",
    regex.IGNORECASE,
)
_ARTIFACT = regex.compile(
    r"\b(reports?|statement|documents?|letter|study|studies|survey|polls?|posts?|posting|tweets?|e-?mails?|memo|law|bill|"
    r"treaty|paper|filing|figures|data|headline|article|website|site|transcript|communiqu[eé]|declaration|findings|"
    r"analysis|results|statistics|lawsuit|indictment|ruling|resolution|editorial|press release|book|index)\b",
    regex.IGNORECASE,
)
_ROLE = regex.compile(
    r"(secretary|minister|president|spokes\w+|chief|chancellor|chair\w*|director|general|ambassador|senator|governor|"
    r"commissioner|officer|official|head|leader|coach|mayor|premier|press|professor|doctor|judge|king|queen|pope|captain|"
    r"colonel|admiral|lieutenant|sergeant|representative|congress(?:wo)?man|deputy|editor|founder|attorney|lawyer|"
    r"researcher|analyst|author|member|mr|mrs|ms|dr|prof|sir|lord|lady|sen|rep|gov|gen)\.?",
    regex.IGNORECASE,
)
# Words that stand capitalised before titles and offices without naming anybody.
_TITLE = regex.compile(
    r"(US|U\.S\.|UK|U\.K\.|EU|UN|NATO|British|American|French|German|Russian|Ukrainian|European|Chinese|Israeli|Danish|"
    r"Polish|Turkish|Italian|Spanish|Japanese|Indian|Canadian|Australian|Dutch|Defen[cs]e|State|Foreign|Prime|Deputy|"
    r"Vice|Former|Acting|Senior|Chief|Pentagon|White|House|Interior|Home|Finance|Treasury|Shadow|United|States|Press)",
    regex.IGNORECASE,
)
_DETERMINER = regex.compile(r"^(?:the|an?|this|that|his|her|its|their|our|my|one)\s+", regex.IGNORECASE)
_PARTICLE = frozenset({"of", "for", "the", "and", "de", "van", "von", "der", "al", "bin", "la", "le", "du", "&"})
# Where the noun that the phrase is about ends and what tells more of it begins.
_HEAD = regex.compile(
    r"^(.*?)(?=,| (?:of|by|from|for|in|on|at|to|with|seen|published|made|obtained|released|whose|that)\b|$)"
)


def kind_of_words(words: str) -> SourceKind:
    """The kind of source that a phrase is most likely: `none` for an empty one, `named` where it holds a name."""
    phrase = " ".join(words.split()).strip("“”\"'‘’,.;:()[]—–- ")
    if not phrase:
        return "none"
    if phrase.casefold() in _PRONOUNS and (phrase == "I" or not phrase.isupper()):
        return "pronoun"
    if _is_artifact(phrase):
        return "artifact"
    if _ANONYMOUS.search(phrase):
        return "anonymous"
    if _has_name(phrase):
        return "named"
    if _COLLECTIVE.search(phrase):
        return "collective"
    return "artifact" if _ARTIFACT.search(phrase) else "description"


def _is_artifact(phrase: str) -> bool:
    """Whether the noun that the phrase is about, in small letters unless it begins the phrase, is something written."""
    head = _HEAD.match(phrase)
    last = head.group(1).split()[-1:] if head else []
    return bool(last) and bool(_ARTIFACT.fullmatch(last[0])) and (last[0][0].islower() or last[0] == phrase.split()[0])


def _has_name(phrase: str) -> bool:
    words = [word.strip(",;()") for word in _DETERMINER.sub("", phrase).split()]
    words = [word for word in words if word]
    proper = [word[0].isupper() for word in words]
    if all(is_proper or word in _PARTICLE for word, is_proper in zip(words, proper, strict=True)) and any(proper):
        return not _COLLECTIVE.search(phrase) and _names_somebody(words)
    previous_names, previous_is_role = False, False
    for word, is_proper in zip(words, proper, strict=True):
        is_role, is_title = bool(_ROLE.fullmatch(word)), bool(_TITLE.fullmatch(word))
        names = is_proper and not is_role and not is_title and not word.endswith(("’s", "'s", "’", "'"))
        # Two names in a row, or one after a title: "press secretary Kingsley Wilson", "spokesman Peskov".
        if names and (previous_names or previous_is_role) and not _COLLECTIVE.search(phrase):
            return True
        previous_names, previous_is_role = names, is_role
    return False


def _names_somebody(words: list[str]) -> bool:
    """Whether capitalised words are more than an office: "Defense Secretary" is one, "The Pentagon" is not."""
    has_role = any(_ROLE.fullmatch(word) for word in words)
    rest = [word for word in words if word not in _PARTICLE and not _ROLE.fullmatch(word)]
    return bool(rest) and not (has_role and all(_TITLE.fullmatch(word) for word in rest))
