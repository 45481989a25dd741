"""The words by which quotes are found: reporting verbs, and the nouns that say who or what a source is."""

from __future__ import annotations

from annotator.domain.words import word_set

SAY = word_set(
    """accuse acknowledge add admit advise advocate affirm agree allege announce answer argue articulate ask assert
    assess assure attest aver blog boast brag brief calculate caution charge chide cite claim clarify comment
    complain concede conclude confess confide confirm contend counter criticise criticize cry declare decry
    demand deny denounce detail disagree disclose dispute dismiss elaborate email emphasise emphasize estimate
    exclaim explain express forecast guess highlight hint imply indicate inform insinuate insist instruct
    interject joke jest lament maintain mention mock moan muse mutter narrate note object observe opine outline
    persist plead point-out post posit predict preach proclaim promise pronounce propose protest proclaim query
    question quip quote rant read reaffirm reason reassure rebut recall recommend recount refute reiterate
    relate remark remind repeat reply report respond reveal say scoff scream shout speculate state stipulate
    stress suggest swear tell testify theorise theorize threaten thunder tout tweet underline underscore urge
    vow bark roar boom beam riff sing chant fume gripe grumble insinuate joke demand gush deadpan snap snark
    bellow croon drawl growl hiss implore intone plead scream sigh sneer sob stammer yelp exult enthuse elaborate
    warn whisper worry write yell pledge pray concur retort reckon surmise chime continue
    grouse groan grunt moan mumble murmur pontificate shriek snort splutter stutter utter wail whine wisecrack chuckle
    bluster point_out fire_back shoot_back hit_back snap_back write_back let_on spell_out make_out"""
)
"""Verbs that report what somebody said; they take a clause, or stand beside a quotation."""

THINK = word_set(
    """believe think hope expect fear feel suspect doubt know understand consider assume anticipate foresee realise
    realize find learn hear wish acknowledge decide determine discover show demonstrate
    envision imagine presume notice remember forget wonder judge conclude agree rule
    project signal flag ponder"""
)
"""Verbs of thinking and showing: they count with a clause only."""

INWARD = word_set("wonder")
"""Of these the verb that stands beside a quotation: “‘Why me?’ she wondered”."""

FIND = word_set("find conclude determine discover decide judge rule")
"""Of these the verbs whose “it” is a report, a court or the like."""

LABEL = word_set(
    """call describe declare label brand dub deem denounce dismiss characterise characterize portray term hail"""
)
"""Verbs that put words on a thing: “called it “a model””."""

TELLING = SAY | THINK | LABEL
"""All verbs that tell what somebody says, thinks or calls a thing."""

ASK = word_set("urge ask tell order advise beg implore press call command warn instruct encourage")
"""Verbs with a recipient and an infinitive: “urged allies to pay”."""

COMMIT = word_set("promise vow pledge threaten demand propose swear")
"""Verbs with an infinitive whose subject is the speaker: “vowed to fight”."""

NOMINAL: dict[str, str] = {
    "demand": "",
    "rule": "out",
    "reject": "",
    "call": "for",
    "push": "for",
    "advocate": "",
    "propose": "",
    "deny": "",
    "pledge": "",
    "promise": "",
    "urge": "",
    "reiterate": "",
}
"""Verbs whose object is what was said, with the particle or preposition that they need."""

ARTIFACTS = word_set(
    """report study statement poll survey document letter data figure email post tweet analysis paper article result
    finding research evidence memo record account text transcript book website site page release filing lawsuit
    complaint indictment ruling law bill review audit message note map chart graph model test experiment caption"""
)
GROUPS = word_set(
    """government administration committee group team party union agency ministry council parliament court board panel
    company army military police public media press city commission delegation coalition alliance majority crowd
    community population family staff jury industry school university team opposition"""
)
ROLES = word_set(
    """secretary chief minister president chairman chairwoman chair spokesman spokeswoman spokesperson director head
    leader governor mayor senator official officer general ambassador adviser advisor aide lawyer attorney judge
    prosecutor professor analyst expert author coach captain king queen pope premier chancellor commissioner
    commander manager founder executive editor teacher doctor envoy diplomat candidate lawmaker deputy"""
)
ANONYMOUS_HEADS = word_set("source insider")
ANONYMOUS_ROLES = word_set(
    "official diplomat person individual people lawmaker officer aide adviser employee witness staffer"
)
ANONYMOUS_MARKS = ("familiar with", "anonym", "not authorized", "not authorised", "declined to be named", "close to")
VAGUE = word_set(
    """several many some others most few all both everyone everybody nobody none any those more half critics"""
)
RELATIVES = word_set("who which that")
QUESTIONS = word_set("what which whatever whichever")
FALSE_SUBJECTS = word_set("that which what it there this")
FEEL = word_set(
    """concerned confident sure certain aware worried worry hopeful afraid convince convinced concern adamant
    optimistic clear"""
)
"""Adjectives that take a clause like verbs of thinking: “is concerned that”."""

SILENT = word_set("comment say answer elaborate discuss speculate respond weigh_in")
"""Said not to be done (“declined to comment”), these take no position."""

FIRST = frozenset({"i", "me", "my", "we", "us", "our", "myself", "ourselves"})
"""Words for the first person."""

MESSAGES = word_set(
    """message answer response reply advice point theory explanation position verdict finding guess motto reasoning
    line take assumption thesis premise refrain"""
)
"""Nouns that, owned, say what somebody holds: “her message was that”."""
