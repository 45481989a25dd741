"""The words by which stances are found: what verbs, nouns and adjectives say of their complements, for or against."""

from __future__ import annotations


def of_text(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# A verb with a particle is one word here: “rule_out”. “object” is the direct object; other names are prepositions.
FOR: dict[str, frozenset[str]] = {
    "object": of_text(
        """support back endorse praise welcome applaud hail defend commend laud favor favour champion embrace admire
        congratulate thank cheer salute compliment appreciate extol celebrate honor honour tout glorify exonerate
        vindicate respect revere love like approve advocate trust second uphold stand_by talk_up
        stick_up_for"""
    ),
    "for": of_text("vote campaign argue lobby fight stand_up speak_out vouch root push press clamor clamour"),
    "of": of_text("approve"),
    "with": of_text("side agree sympathize sympathise concur empathize"),
    "by": of_text("stand"),
    "behind": of_text("rally stand unite"),
    "in": of_text("believe rejoice"),
    "on": of_text("congratulate"),
    "to": of_text("agree subscribe"),
}
AGAINST: dict[str, frozenset[str]] = {
    "object": of_text(
        """oppose criticize criticise condemn denounce attack slam blast reject blame accuse decry deplore dismiss
        deride mock ridicule rebuke assail lambaste lambast castigate chide fault disavow repudiate protest resist
        rule_out veto hate despise detest loathe bemoan insult taunt scold berate skewer bash trash discredit vilify
        demonize demonise malign disparage belittle savage pillory excoriate upbraid reprimand admonish censure
        call_out sue impugn renounce boycott shun rip slap_down rap flay pan knock eviscerate
        chastise reproach lash revile besmirch smear distrust mistrust scorn spurn hammer dispute rebut
        shoot_down brush_off shrug_off oppose hit_out_at disapprove disown threaten question impeach"""
    ),
    "against": of_text(
        """rail vote campaign speak_out caution come_out argue warn protest inveigh lobby fight rebel demonstrate
        retaliate push_back lash_out advise fulminate agitate mobilize rally"""
    ),
    "at": of_text("lash_out hit_out scoff bristle sneer rage fume balk jeer"),
    "to": of_text("object"),
    "with": of_text("disagree clash"),
    "of": of_text("disapprove complain despair"),
    "about": of_text("complain gripe grumble moan rant protest"),
    "on": of_text("frown pounce push_back"),
    "from": of_text("recoil"),
    "over": of_text("attack criticize criticise slam"),
}

CALL_FOR: dict[str, frozenset[str]] = {
    "object": of_text("demand propose advocate recommend urge seek request pledge promise plan suggest"),
    "for": of_text("call push press advocate campaign argue appeal plead lobby ask"),
    "on": of_text("insist"),
}
"""Verbs whose complement is what somebody wants to be so."""

SUBJUNCTIVE = of_text("demand recommend urge propose request insist")
"""Verbs of wanting with a clause whose verb is bare: “demanded that he go”."""

URGE = of_text(
    "urge call_on call_upon call press push ask tell want order beg implore exhort advise instruct encourage challenge"
)
"""Verbs of wanting with somebody and an infinitive: “urged allies to pay”."""

MERELY_ASK = of_text("plan ask tell order instruct challenge want seek request suggest")
"""Of these, verbs that are as often told of what somebody does in office, or asks somebody else for."""
THINGS = of_text("idea thing plan decision policy move step way deal outcome day proposal law bill choice approach")
"""Nouns that take their worth from the adjective before them: “a terrible idea”."""
NOT_YET = of_text("threaten expect try want hope need have allow enable let permit force help")
"""What these are followed by has not happened."""
WHY = of_text("why how")
POINTING = of_text("this that so it them him he she they we you i us me these those")
"""Words that mean nothing without the sentence before."""

PLEDGE = of_text("promise vow pledge swear plan intend decide agree commit offer volunteer")
"""Verbs whose infinitive is what the subject will do."""
REFUSE = of_text("refuse decline")
REFUSALS = of_text("refusal reluctance hesitation failure unwillingness")
"""Nouns whose infinitive is not done: “his refusal to endorse”."""
SHUN_DOING = of_text("rule_out oppose reject")
WANT_DOING = of_text("propose support advocate recommend suggest favor favour back")

ACCUSE = of_text("accuse blame suspect convict")
"""What follows them with “of” is no part of whom they are about."""

CLAIM = of_text(
    """say believe think argue insist maintain claim contend assert state declare stress emphasize emphasise reiterate
    warn add note write tell agree feel hold announce tweet conclude acknowledge concede admit confirm explain"""
)
"""Verbs of holding something to be so; their clause is what the holder believes."""
DENY = of_text("deny doubt dispute refute reject")
ASK = of_text("ask wonder question inquire")
HAVE_NOT_DECIDED = of_text("decide determine")

NOUNS_FOR: dict[str, frozenset[str]] = {
    "for": of_text(
        "support praise respect enthusiasm backing admiration sympathy call push demand plea appeal advocate"
    ),
    "of": of_text(
        """supporter endorsement backer fan admirer proponent defender champion ally support approval praise embrace
        defense defence advocate cheerleader"""
    ),
    "to": of_text("commitment"),
}
NOUNS_AGAINST: dict[str, frozenset[str]] = {
    "of": of_text(
        """critic criticism opponent denunciation condemnation rejection critique disapproval detractor mockery
        dismissal rebuke foe repudiation skeptic"""
    ),
    "to": of_text("opposition objection opponent resistance"),
    "on": of_text("attack assault"),
    "against": of_text("attack campaign protest accusation allegation complaint lawsuit case tirade"),
    "for": of_text("contempt disdain scorn hatred criticism"),
    "with": of_text("disagreement frustration"),
    "at": of_text("anger"),
    "toward": of_text("hostility"),
    "towards": of_text("hostility"),
}
CALL_NOUNS = of_text("call demand plea appeal push request proposal")
HELD = of_text("support opposition criticism call demand backing resistance objection condemnation")
"""Nouns before which a name says whose they are: “US support for”, “opposition criticism of”."""
LIGHT_VERBS = of_text(
    """express voice offer give show announce declare reiterate repeat share issue win signal convey deliver launch
    reaffirm restate lavish heap pour level renew unleash lead step_up direct earn draw throw lend pledge echo back
    extend"""
)
"""Verbs that leave what is meant to their object: “expressed support for”."""

ADJECTIVES_FOR: dict[str, frozenset[str]] = {
    "of": of_text("supportive proud fond appreciative"),
    "to": of_text("sympathetic grateful devoted loyal friendly"),
    "with": of_text("pleased"),
    "about": of_text("enthusiastic"),
}
ADJECTIVES_AGAINST: dict[str, frozenset[str]] = {
    "of": of_text("critical skeptical sceptical wary dismissive suspicious contemptuous distrustful"),
    "to": of_text("opposed hostile averse"),
    "with": of_text("furious unhappy angry frustrated disappointed"),
    "at": of_text("furious angry"),
    "about": of_text("skeptical sceptical"),
    "toward": of_text("hostile"),
}

GOOD = of_text(
    """good great right important crucial vital essential necessary imperative obvious clear true correct
    excellent wonderful fantastic terrific tremendous amazing beautiful brave strong smart wise honest decent fair
    brilliant remarkable impressive outstanding fine better best needed justified reasonable realistic possible
    legitimate successful effective safe welcome worthwhile appropriate sensible urgent positive admirable honorable
    qualified capable trustworthy friend hero leader priority model success must achievement step progress imperative
    obligation duty responsibility patriot victory triumph blessing solution"""
)
BAD = of_text(
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
GOOD_DEEDS = of_text("succeed deserve")
BAD_DEEDS = of_text("fail lie cheat harm hurt mislead violate undermine threaten endanger destroy ruin betray deceive")
"""Verbs that judge their own subject."""

SHOULD = of_text("should must ought shall")
NEED = of_text("need have")
"""With “to”, they say what should be so."""
UNREAL = of_text("would could might may can")
IF = of_text("if unless whether")
NEGATIONS = of_text("not n't n’t never no neither nor hardly cannot")

AWAY = of_text(
    """end stop leave quit withdraw withdrawal abandon scrap repeal ban block prevent halt cancel reverse cut reduce
    reduction exclude exclusion without against abolish dismantle reject oppose refuse avoid drop suspend lift undo
    exit forget non-nato anti rollback eliminate remove delay postpone weaken limit non"""
)
"""Words that turn what is said about a thing round: to end it is not to have it."""

PEOPLE = of_text(
    """leader ally country nation state voter worker man woman supporter opponent rival republican democrat
    conservative liberal activist protester student citizen journalist reporter troop soldier migrant refugee"""
)
"""Who can be for and against, besides roles and groups: what is said of them is said of an actor."""
