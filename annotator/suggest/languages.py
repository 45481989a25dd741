"""Words of reporting in languages that the rules do not parse: verbs, pronouns, and words that end a source."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.words import word_set


@dataclass(frozen=True)
class Reporting:
    """How one language reports.

    `verbs` and `according`, which stands before a source, may be of several words, joined by “_”; `stops` never belong
    to a source; `particles` stand within names.
    """

    verbs: frozenset[str]
    pronouns: frozenset[str]
    according: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    has_dialogue: bool = False


LANGUAGES: dict[str, Reporting] = {
    "de": Reporting(
        verbs=word_set(
            """sagte sagt sagten erklärte erklärt erklärten betonte betont meinte meint schrieb schreibt warnte warnt
            forderte fordert kritisierte kritisiert antwortete fragte rief so
            widersprach erwiderte mahnte entgegnete teilte_mit fügte_hinzu sagte_dazu"""
        ),
        pronouns=word_set("er sie es wir ich"),
        according=word_set("laut"),
        articles=word_set("der die das ein eine"),
        stops=word_set("am im in bei vor nach auf zu dem den laut gegenüber weiter dazu dort heute gestern"),
        particles=word_set("von van der zu de"),
    ),
    "fr": Reporting(
        verbs=word_set(
            """dit a_dit ont_dit déclare a_déclaré ont_déclaré affirme a_affirmé explique a_expliqué estime a_estimé
            ajoute a_ajouté souligne a_souligné assure a_assuré écrit a_écrit demande a_demandé répond a_répondu
            lance a_lancé prévient regrette poursuit conclut"""
        ),
        pronouns=word_set("il elle ils elles on je"),
        according=word_set("selon d’après d'après"),
        articles=word_set("le la les un une l’ l'"),
        stops=word_set("à lors dans hier lundi mardi mercredi jeudi vendredi samedi dimanche devant sur après auprès"),
        particles=word_set("de du des la le von"),
        has_dialogue=True,
    ),
    "es": Reporting(
        verbs=word_set(
            """dijo dice dijeron ha_dicho afirmó afirma aseguró asegura declaró declara explicó explica señaló señala
            añadió añade agregó indicó advirtió advierte subrayó escribió preguntó respondió respondía manifestó
            sostuvo reiteró criticó"""
        ),
        pronouns=word_set("él ella ellos ellas"),
        according=word_set("según"),
        articles=word_set("el la los las un una"),
        stops=word_set("en ante durante ayer hoy tras a al este desde sobre"),
        particles=word_set("de del la los las y"),
        has_dialogue=True,
    ),
    "it": Reporting(
        verbs=word_set(
            """ha_detto dice disse ha_dichiarato dichiara ha_affermato afferma ha_spiegato spiega ha_aggiunto aggiunge
            ha_scritto scrive ha_sottolineato sottolinea ha_commentato commenta sostiene ha_ribadito ha_risposto
            risponde ha_chiesto conclude"""
        ),
        pronouns=word_set("lui lei loro"),
        according=word_set("secondo"),
        articles=word_set("il lo la i gli le un una"),
        stops=word_set("in a al alla durante ieri oggi dopo davanti su parlando"),
        particles=word_set("di del della dei De Di"),
    ),
    "pl": Reporting(
        verbs=word_set(
            """powiedział powiedziała powiedzieli mówi mówił mówiła stwierdził stwierdziła dodał dodała podkreślił
            podkreśliła zaznaczył zaznaczyła oświadczył oświadczyła napisał napisała zapytał zapytała odpowiedział
            odpowiedziała zapowiedział ocenił oceniła ostrzegł wyjaśnił wyjaśniła"""
        ),
        pronouns=word_set("on ona oni one"),
        according=word_set("według zdaniem"),
        stops=word_set("w we podczas na po przed dla do z po wczoraj dziś dziennikarzom"),
        has_dialogue=True,
    ),
    "uk": Reporting(
        verbs=word_set(
            """сказав сказала сказали каже кажуть заявив заявила заявили зазначив зазначила додав додала наголосив
            наголосила підкреслив підкреслила повідомив повідомила пояснив пояснила написав написала запитав запитала
            відповів відповіла розповів розповіла вважає"""
        ),
        pronouns=word_set("він вона вони"),
        according=word_set("за_словами на_думку"),
        stops=word_set("у в на під після перед для до з журналістам учора сьогодні"),
        has_dialogue=True,
    ),
    "ru": Reporting(
        verbs=word_set(
            """сказал сказала сказали говорит заявил заявила заявили отметил отметила добавил добавила подчеркнул
            подчеркнула сообщил сообщила пояснил пояснила написал написала спросил спросила ответил ответила рассказал
            рассказала считает пишет"""
        ),
        pronouns=word_set("он она они"),
        according=word_set("по_словам по_мнению"),
        stops=word_set("в во на после перед для до с журналистам вчера сегодня"),
        has_dialogue=True,
    ),
    "ar": Reporting(
        verbs=word_set(
            "قال قالت وقال وقالت يقول تقول صرح صرحت وصرح أكد أكدت وأكد أضاف أضافت وأضاف وأضافت أعلن أوضح وأوضح كتب"
        ),
        pronouns=word_set("هو هي هم"),
        according=word_set("بحسب"),
        stops=word_set("في خلال يوم إن إنه إنها أن أمام على"),
    ),
}
"""By ISO code. Short on purpose: a verb that mostly does something else would make quotes out of scare quotes."""
