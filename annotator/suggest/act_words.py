"""The verbs and nouns that report an act or an attitude, by the complement that says what it is about."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A verb with a particle is one word here: “point_out”.
BY_COMPLEMENT: dict[str, frozenset[str]] = {
    "object": _words(
        """support show offer endorse say back cite criticize criticise defend release announce attack express address
        discuss oppose seek praise mention reject issue post blame dismiss denounce embrace question claim highlight
        accept recall want blast propose report echo promote mock slam answer declare favor favour tout explain deny
        note reveal identify thank repeat ignore condemn acknowledge confirm emphasize emphasise lay_out expose
        understand feel invoke prefer suggest reference voice reiterate welcome decry recognize recognise disclose
        detail applaud demand stress credit predict urge deem hammer congratulate point_out outline admit lament order
        hail state recount bring_up rebut retweet retweete chant recite disavow downplay articulate play_down recommend
        broadcast rebuke rip contemplate love shrug_off contradict assail dispute assert concede bemoan insult
        repudiate bash allege justify affirm illustrate ridicule reaffirm tweet_out talk_up boo float veto herald
        clarify renounce deride brush_off brush_aside trumpet extol preach refute taunt spotlight hate satirize
        advocate rule_out vow call_out single_out lambaste lambast castigate commend laud salute scold chide berate
        belittle disparage mull weigh forecast restate paraphrase regret retract deplore envision shout shout_out
        counter contest doubt fear dread resent relish champion plead bemoan profess foresee
        credit underscore quote mandate ratify rescind reassess oppose tolerate caution allude threaten"""
    ),
    "infinitive": _words(
        """appear seem want seek decline refuse pledge vow plan call promise decide hop threaten go_on agree look like
        expect aim vote ask call_on claim prefer offer intend plead love opt hope swear demand propose volunteer choose
        consent resolve hesitate elect long yearn wish strive argue"""
    ),
    "participle": _words(
        "report propose support consider suggest mention rule_out oppose endorse recommend favor deny"
    ),
    "object and infinitive": _words(
        """urge ask require tell want encourage expect order challenge request press warn persuade advise beg implore
        exhort instruct command call_on call_upon dare invite lobby forbid push"""
    ),
    "object as": _words(
        """see describe cast cite portray present dismiss paint view identify defend quote list attack slam frame
        characterize characterise praise pitch position denounce tout hail criticize condemn depict label regard mock
        reject brand knock savage peg caricature blast interpret deride recall promote herald"""
    ),
    "object for": _words(
        """criticize criticise blame thank praise blast attack slam hit endorse chide call_out congratulate mock jab
        assail credit nominate commend condemn rebuke scold castigate fault berate denounce ridicule laud applaud
        express voice rip knock chastise honor"""
    ),
    "object of": _words("accuse warn assure remind inform convince suspect"),
    "object with": _words("charge contrast"),
    "object on": _words("criticize attack blame challenge hit congratulate slam praise"),
    "object about": _words("ask tell warn question"),
    "object complement": _words("call deem name declare label dub pronounce brand term consider"),
    "for": _words(
        """call vote push ask advocate apologize apologise criticize campaign vouch argue cheer hope hop plead lobby
        press blame rail pray stand_up"""
    ),
    "about": _words(
        """talk ask speak say worry care think write complain boast speak_out brag joke muse warn gripe rave tweet
        testify rant wonder lie fret mope"""
    ),
    "to": _words("respond refer point agree object allude admit acquiesce liken pivot react"),
    "on": _words("focus comment agree weigh_in touch sound_off elaborate insist dwell opine expound disagree"),
    "as": _words("see describe view point regard know characterize portray"),
    "with": _words("agree side disagree concur empathize sympathize"),
    "of": _words("speak accuse think boast warn assure complain approve disapprove dream say"),
    "against": _words("rail vote campaign speak_out caution come_out argue warn protest inveigh push_back"),
    "at": _words("hint lash_out balk scoff bristle sneer"),
    "by": _words("respond conclude stand"),
    "in": _words("believe"),
    "like": _words("seem"),
    "passive infinitive": _words("expect ask intend mean require say believe think report rumor know suppose allege"),
    "passive": _words("announce mention boo disclose confirm condemn revere criticize praise"),
    "passive by": _words(
        "report criticize back reject echo claim support endorse denounce condemn praise oppose approve propose cite"
    ),
    "passive as": _words("see know view describe identify lambast criticize regard portray cast"),
    "passive of": _words("accuse assure"),
    "passive complement": _words("consider call declare deem dub name"),
    "seeming": _words("seem appear"),
}
"""What a verb of acts or attitudes takes, most telling complement first where a verb has several."""

BY_WORD: dict[str, dict[str, frozenset[str]]] = {
    "NOUN": {
        "clause": _words(
            """suggestion statement claim concern hope complaint case doubt assertion idea confidence remark fear
            speculation belief notion insistence argument agreement accusation allegation contention prediction warning
            admission denial conviction view opinion worry assurance promise declaration announcement conclusion
            point"""
        ),
        "infinitive": _words(
            """plan opposition decision promise proposal desire refusal pledge reluctance inclination commitment call
            allegiance unwillingness request threat vow willingness eagerness offer intention aim goal"""
        ),
        "of": _words(
            """criticism favor favour endorsement view mention support defense defence critique opinion
            announcement assessment chant proponent denunciation rejection accusation condemnation critic supporter
            embrace disavowal dismissal praise mockery warning disapproval approval"""
        ),
        "for": _words("support call advocate enthusiasm praise request respect passion contempt disdain sympathy"),
        "about": _words(
            """question concern doubt comment talk remark statement anxiety conversation complaint joke worry
            claim skepticism scepticism"""
        ),
        "to": _words("opposition reference objection opponent"),
        "on": _words("attack comment criticism opinion consensus statement"),
        "against": _words("attack campaign protest"),
        "over": _words("criticism anger outrage"),
    },
    "ADJ": {
        "infinitive": _words("willing eager reluctant happy hesitant unwilling loath keen determined"),
        "of": _words("critical supportive wary skeptical sceptical enamored sick dismissive suspicious distrustful"),
        "about": _words(
            """worried nervous concerned upbeat skeptical sceptical vocal uneasy enthusiastic optimistic pessimistic
            cynical angry passionate excited"""
        ),
        "with": _words("unhappy pleased comfortable satisfied frustrated"),
        "to": _words("devoted opposed sympathetic"),
        "at": _words("angry furious"),
    },
}
"""Nouns and adjectives that say what somebody claims or how they feel, by their complement: “his claim that”."""

LIGHT_VERBS = _words(
    """express voice have offer make give show announce declare hold state reiterate repeat share issue air harbor win
    signal convey lodge file deliver pledge withdraw withhold reaffirm restate profess leave"""
)
"""Verbs that leave what is meant to their object: “expressed support for”, “made no mention of”."""
