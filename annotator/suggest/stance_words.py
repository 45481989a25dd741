"""The words by which stances are found: what verbs, nouns and adjectives say of their complements, for or against."""

from __future__ import annotations

from annotator.domain.words import word_set

# A verb with a particle is one word here: “rule_out”. “object” is the direct object; other names are prepositions.
FOR: dict[str, frozenset[str]] = {
    "object": word_set(
        """support back endorse praise welcome applaud hail defend commend laud favor favour champion embrace admire
        congratulate thank cheer salute compliment appreciate extol celebrate honor honour tout glorify exonerate
        vindicate respect revere love like approve advocate trust second uphold stand_by talk_up
        stick_up_for"""
    ),
    "for": word_set("vote campaign argue lobby fight stand_up speak_out vouch root push press clamor clamour"),
    "of": word_set("approve"),
    "with": word_set("side agree sympathize sympathise concur empathize"),
    "by": word_set("stand"),
    "behind": word_set("rally stand unite"),
    "in": word_set("believe rejoice"),
    "on": word_set("congratulate"),
    "to": word_set("agree subscribe"),
}
AGAINST: dict[str, frozenset[str]] = {
    "object": word_set(
        """oppose criticize criticise condemn denounce attack slam blast reject blame accuse decry deplore dismiss
        deride mock ridicule rebuke assail lambaste lambast castigate chide fault disavow repudiate protest resist
        rule_out veto hate despise detest loathe bemoan insult taunt scold berate skewer bash trash discredit vilify
        demonize demonise malign disparage belittle savage pillory excoriate upbraid reprimand admonish censure
        call_out sue impugn renounce boycott shun rip slap_down rap flay pan knock eviscerate
        chastise reproach lash revile besmirch smear distrust mistrust scorn spurn hammer dispute rebut
        shoot_down brush_off shrug_off oppose hit_out_at disapprove disown threaten question impeach"""
    ),
    "against": word_set(
        """rail vote campaign speak_out caution come_out argue warn protest inveigh lobby fight rebel demonstrate
        retaliate push_back lash_out advise fulminate agitate mobilize rally"""
    ),
    "at": word_set("lash_out hit_out scoff bristle sneer rage fume balk jeer"),
    "to": word_set("object"),
    "with": word_set("disagree clash"),
    "of": word_set("disapprove complain despair"),
    "about": word_set("complain gripe grumble moan rant protest"),
    "on": word_set("frown pounce push_back"),
    "from": word_set("recoil"),
    "over": word_set("attack criticize criticise slam"),
}

CALL_FOR: dict[str, frozenset[str]] = {
    "object": word_set("demand propose advocate recommend urge seek request pledge promise plan suggest"),
    "for": word_set("call push press advocate campaign argue appeal plead lobby ask"),
    "on": word_set("insist"),
}
"""Verbs whose complement is what somebody wants to be so."""

SUBJUNCTIVE = word_set("demand recommend urge propose request insist")
"""Verbs of wanting with a clause whose verb is bare: “demanded that he go”."""

URGE = word_set(
    "urge call_on call_upon call press push ask tell want order beg implore exhort advise instruct encourage challenge"
)
"""Verbs of wanting with somebody and an infinitive: “urged allies to pay”."""

MERELY_ASK = word_set("plan ask tell order instruct challenge want seek request suggest")
"""Of these, verbs that are as often told of what somebody does in office, or asks somebody else for."""
THINGS = word_set("idea thing plan decision policy move step way deal outcome day proposal law bill choice approach")
"""Nouns that take their worth from the adjective before them: “a terrible idea”."""
NOT_YET = word_set("threaten expect try want hope need have allow enable let permit force help")
"""What these are followed by has not happened."""
WHY = word_set("why how")
POINTING = word_set("this that so it them him he she they we you i us me these those")
"""Words that mean nothing without the sentence before."""

PLEDGE = word_set("promise vow pledge swear plan intend decide agree commit offer volunteer")
"""Verbs whose infinitive is what the subject will do."""
REFUSE = word_set("refuse decline")
REFUSALS = word_set("refusal reluctance hesitation failure unwillingness")
"""Nouns whose infinitive is not done: “his refusal to endorse”."""
SHUN_DOING = word_set("rule_out oppose reject")
WANT_DOING = word_set("propose support advocate recommend suggest favor favour back")

ACCUSE = word_set("accuse blame suspect convict")
"""What follows them with “of” is no part of whom they are about."""

CLAIM = word_set(
    """say believe think argue insist maintain claim contend assert state declare stress emphasize emphasise reiterate
    warn add note write tell agree feel hold announce tweet conclude acknowledge concede admit confirm explain"""
)
"""Verbs of holding something to be so; their clause is what the holder believes."""
DENY = word_set("deny doubt dispute refute reject")
ASK = word_set("ask wonder question inquire")
HAVE_NOT_DECIDED = word_set("decide determine")

NOUNS_FOR: dict[str, frozenset[str]] = {
    "for": word_set(
        "support praise respect enthusiasm backing admiration sympathy call push demand plea appeal advocate"
    ),
    "of": word_set(
        """supporter endorsement backer fan admirer proponent defender champion ally support approval praise embrace
        defense defence advocate cheerleader"""
    ),
    "to": word_set("commitment"),
}
NOUNS_AGAINST: dict[str, frozenset[str]] = {
    "of": word_set(
        """critic criticism opponent denunciation condemnation rejection critique disapproval detractor mockery
        dismissal rebuke foe repudiation skeptic"""
    ),
    "to": word_set("opposition objection opponent resistance"),
    "on": word_set("attack assault"),
    "against": word_set("attack campaign protest accusation allegation complaint lawsuit case tirade"),
    "for": word_set("contempt disdain scorn hatred criticism"),
    "with": word_set("disagreement frustration"),
    "at": word_set("anger"),
    "toward": word_set("hostility"),
    "towards": word_set("hostility"),
}
CALL_NOUNS = word_set("call demand plea appeal push request proposal")
HELD = word_set("support opposition criticism call demand backing resistance objection condemnation")
"""Nouns before which a name says whose they are: “US support for”, “opposition criticism of”."""
LIGHT_VERBS = word_set(
    """express voice offer give show announce declare reiterate repeat share issue win signal convey deliver launch
    reaffirm restate lavish heap pour level renew unleash lead step_up direct earn draw throw lend pledge echo back
    extend"""
)
"""Verbs that leave what is meant to their object: “expressed support for”."""

ADJECTIVES_FOR: dict[str, frozenset[str]] = {
    "of": word_set("supportive proud fond appreciative"),
    "to": word_set("sympathetic grateful devoted loyal friendly"),
    "with": word_set("pleased"),
    "about": word_set("enthusiastic"),
}
ADJECTIVES_AGAINST: dict[str, frozenset[str]] = {
    "of": word_set("critical skeptical sceptical wary dismissive suspicious contemptuous distrustful"),
    "to": word_set("opposed hostile averse"),
    "with": word_set("furious unhappy angry frustrated disappointed"),
    "at": word_set("furious angry"),
    "about": word_set("skeptical sceptical"),
    "toward": word_set("hostile"),
}

GOOD = word_set(
    """good great right important crucial vital essential necessary imperative obvious clear true correct
    excellent wonderful fantastic terrific tremendous amazing beautiful brave strong smart wise honest decent fair
    brilliant remarkable impressive outstanding fine better best needed justified reasonable realistic possible
    legitimate successful effective safe welcome worthwhile appropriate sensible urgent positive admirable honorable
    qualified capable trustworthy friend hero leader priority model success must achievement step progress imperative
    obligation duty responsibility patriot victory triumph blessing solution"""
)
BAD = word_set(
    """bad wrong terrible horrible awful disgraceful shameful disastrous dangerous unrealistic impossible unfair
    unacceptable unnecessary illegal unconstitutional unlawful irresponsible reckless false untrue misleading dishonest
    corrupt crooked incompetent weak stupid dumb crazy ridiculous absurd outrageous disgusting appalling deplorable
    inappropriate unfit unqualified unjust racist sexist bigoted hypocritical naive short-sighted shortsighted
    unaffordable unworkable unreasonable unfounded unwarranted unsafe unhealthy
    unsustainable excessive baseless meaningless inadequate insufficient unwise foolish counterproductive
    ineffective unhelpful unhinged unstable wasteful
    disappointing worrying concerning troubling unjustified illegitimate immoral cruel inhumane hateful divisive
    premature pointless useless worthless overrated worse worst ambitious impractical untenable unsustainable
    disaster mistake failure disgrace lie liar hoax sham joke fraud farce outrage threat danger catastrophe tragedy
    embarrassment insult betrayal crime criminal coward loser bully bigot demagogue hypocrite menace nightmare racist
    witch-hunt fiasco mess travesty distraction folly blunder setback nonsense lunatic phony fake thug traitor
    puppet dictator"""
)
"""What a thing is said to be: adjectives and nouns as the predicate of “is”, and after “call”, “describe as”."""
GOOD_DEEDS = word_set("succeed deserve")
BAD_DEEDS = word_set("fail lie cheat harm hurt mislead violate undermine threaten endanger destroy ruin betray deceive")
"""Verbs that judge their own subject."""

SHOULD = word_set("should must ought shall")
NEED = word_set("need have")
"""With “to”, they say what should be so."""
UNREAL = word_set("would could might may can")
IF = word_set("if unless whether")
NEGATIONS = word_set("not n't n’t never no neither nor hardly cannot")

AWAY = word_set(
    """end stop leave quit withdraw withdrawal abandon scrap repeal ban block prevent halt cancel reverse cut reduce
    reduction exclude exclusion without against abolish dismantle reject oppose refuse avoid drop suspend lift undo
    exit forget non-nato anti rollback eliminate remove delay postpone weaken limit non"""
)
"""Words that turn what is said about a thing round: to end it is not to have it."""

PEOPLE = word_set(
    """leader ally country nation state voter worker man woman supporter opponent rival republican democrat
    conservative liberal activist protester student citizen journalist reporter troop soldier migrant refugee"""
)
"""Who can be for and against, besides roles and groups: what is said of them is said of an actor."""
