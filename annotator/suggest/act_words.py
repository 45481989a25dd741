"""The verbs and nouns that report an act or an attitude, by the complement that says what it is about."""

from __future__ import annotations

from annotator.domain.words import word_set

# A verb with a particle is one word here: “point_out”.
BY_COMPLEMENT: dict[str, frozenset[str]] = {
    "object": word_set(
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
    "infinitive": word_set(
        """appear seem want seek decline refuse pledge vow plan call promise decide hop threaten go_on agree look like
        expect aim vote ask call_on claim prefer offer intend plead love opt hope swear demand propose volunteer choose
        consent resolve hesitate elect long yearn wish strive argue"""
    ),
    "participle": word_set(
        "report propose support consider suggest mention rule_out oppose endorse recommend favor deny"
    ),
    "object and infinitive": word_set(
        """urge ask require tell want encourage expect order challenge request press warn persuade advise beg implore
        exhort instruct command call_on call_upon dare invite lobby forbid push"""
    ),
    "object as": word_set(
        """see describe cast cite portray present dismiss paint view identify defend quote list attack slam frame
        characterize characterise praise pitch position denounce tout hail criticize condemn depict label regard mock
        reject brand knock savage peg caricature blast interpret deride recall promote herald"""
    ),
    "object for": word_set(
        """criticize criticise blame thank praise blast attack slam hit endorse chide call_out congratulate mock jab
        assail credit nominate commend condemn rebuke scold castigate fault berate denounce ridicule laud applaud
        express voice rip knock chastise honor"""
    ),
    "object of": word_set("accuse warn assure remind inform convince suspect"),
    "object with": word_set("charge contrast"),
    "object on": word_set("criticize attack blame challenge hit congratulate slam praise"),
    "object about": word_set("ask tell warn question"),
    "object complement": word_set("call deem name declare label dub pronounce brand term consider"),
    "for": word_set(
        """call vote push ask advocate apologize apologise criticize campaign vouch argue cheer hope hop plead lobby
        press blame rail pray stand_up"""
    ),
    "about": word_set(
        """talk ask speak say worry care think write complain boast speak_out brag joke muse warn gripe rave tweet
        testify rant wonder lie fret mope"""
    ),
    "to": word_set("respond refer point agree object allude admit acquiesce liken pivot react"),
    "on": word_set("focus comment agree weigh_in touch sound_off elaborate insist dwell opine expound disagree"),
    "as": word_set("see describe view point regard know characterize portray"),
    "with": word_set("agree side disagree concur empathize sympathize"),
    "of": word_set("speak accuse think boast warn assure complain approve disapprove dream say"),
    "against": word_set("rail vote campaign speak_out caution come_out argue warn protest inveigh push_back"),
    "at": word_set("hint lash_out balk scoff bristle sneer"),
    "by": word_set("respond conclude stand"),
    "in": word_set("believe"),
    "like": word_set("seem"),
    "passive infinitive": word_set("expect ask intend mean require say believe think report rumor know suppose allege"),
    "passive": word_set("announce mention boo disclose confirm condemn revere criticize praise"),
    "passive by": word_set(
        "report criticize back reject echo claim support endorse denounce condemn praise oppose approve propose cite"
    ),
    "passive as": word_set("see know view describe identify lambast criticize regard portray cast"),
    "passive of": word_set("accuse assure"),
    "passive complement": word_set("consider call declare deem dub name"),
    "seeming": word_set("seem appear"),
}
"""What a verb of acts or attitudes takes, most telling complement first where a verb has several."""

BY_WORD: dict[str, dict[str, frozenset[str]]] = {
    "NOUN": {
        "clause": word_set(
            """suggestion statement claim concern hope complaint case doubt assertion idea confidence remark fear
            speculation belief notion insistence argument agreement accusation allegation contention prediction warning
            admission denial conviction view opinion worry assurance promise declaration announcement conclusion
            point"""
        ),
        "infinitive": word_set(
            """plan opposition decision promise proposal desire refusal pledge reluctance inclination commitment call
            allegiance unwillingness request threat vow willingness eagerness offer intention aim goal"""
        ),
        "of": word_set(
            """criticism favor favour endorsement view mention support defense defence critique opinion
            announcement assessment chant proponent denunciation rejection accusation condemnation critic supporter
            embrace disavowal dismissal praise mockery warning disapproval approval"""
        ),
        "for": word_set("support call advocate enthusiasm praise request respect passion contempt disdain sympathy"),
        "about": word_set(
            """question concern doubt comment talk remark statement anxiety conversation complaint joke worry
            claim skepticism scepticism"""
        ),
        "to": word_set("opposition reference objection opponent"),
        "on": word_set("attack comment criticism opinion consensus statement"),
        "against": word_set("attack campaign protest"),
        "over": word_set("criticism anger outrage"),
    },
    "ADJ": {
        "infinitive": word_set("willing eager reluctant happy hesitant unwilling loath keen determined"),
        "of": word_set("critical supportive wary skeptical sceptical enamored sick dismissive suspicious distrustful"),
        "about": word_set(
            """worried nervous concerned upbeat skeptical sceptical vocal uneasy enthusiastic optimistic pessimistic
            cynical angry passionate excited"""
        ),
        "with": word_set("unhappy pleased comfortable satisfied frustrated"),
        "to": word_set("devoted opposed sympathetic"),
        "at": word_set("angry furious"),
    },
}
"""Nouns and adjectives that say what somebody claims or how they feel, by their complement: “his claim that”."""

LIGHT_VERBS = word_set(
    """express voice have offer make give show announce declare hold state reiterate repeat share issue air harbor win
    signal convey lodge file deliver pledge withdraw withhold reaffirm restate profess leave"""
)
"""Verbs that leave what is meant to their object: “expressed support for”, “made no mention of”."""
