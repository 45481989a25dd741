"""Words of reporting in languages that the rules do not parse: verbs, pronouns, and words that end a source."""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
        verbs=_words(
            """sagte sagt sagten erklärte erklärt erklärten betonte betont meinte meint schrieb schreibt warnte warnt
            forderte fordert kritisierte kritisiert antwortete fragte rief so
            widersprach erwiderte mahnte entgegnete teilte_mit fügte_hinzu sagte_dazu"""
        ),
        pronouns=_words("er sie es wir ich"),
        according=_words("laut"),
        articles=_words("der die das ein eine"),
        stops=_words("am im in bei vor nach auf zu dem den laut gegenüber weiter dazu dort heute gestern"),
        particles=_words("von van der zu de"),
    ),
    "fr": Reporting(
        verbs=_words(
            """dit a_dit ont_dit déclare a_déclaré ont_déclaré affirme a_affirmé explique a_expliqué estime a_estimé
            ajoute a_ajouté souligne a_souligné assure a_assuré écrit a_écrit demande a_demandé répond a_répondu
            lance a_lancé prévient regrette poursuit conclut"""
        ),
        pronouns=_words("il elle ils elles on je"),
        according=_words("selon d’après d'après"),
        articles=_words("le la les un une l’ l'"),
        stops=_words("à lors dans hier lundi mardi mercredi jeudi vendredi samedi dimanche devant sur après auprès"),
        particles=_words("de du des la le von"),
        has_dialogue=True,
    ),
    "es": Reporting(
        verbs=_words(
            """dijo dice dijeron ha_dicho afirmó afirma aseguró asegura declaró declara explicó explica señaló señala
            añadió añade agregó indicó advirtió advierte subrayó escribió preguntó respondió respondía manifestó
            sostuvo reiteró criticó"""
        ),
        pronouns=_words("él ella ellos ellas"),
        according=_words("según"),
        articles=_words("el la los las un una"),
        stops=_words("en ante durante ayer hoy tras a al este desde sobre"),
        particles=_words("de del la los las y"),
        has_dialogue=True,
    ),
    "it": Reporting(
        verbs=_words(
            """ha_detto dice disse ha_dichiarato dichiara ha_affermato afferma ha_spiegato spiega ha_aggiunto aggiunge
            ha_scritto scrive ha_sottolineato sottolinea ha_commentato commenta sostiene ha_ribadito ha_risposto
            risponde ha_chiesto conclude"""
        ),
        pronouns=_words("lui lei loro"),
        according=_words("secondo"),
        articles=_words("il lo la i gli le un una"),
        stops=_words("in a al alla durante ieri oggi dopo davanti su parlando"),
        particles=_words("di del della dei De Di"),
    ),
    "pl": Reporting(
        verbs=_words(
            """powiedział powiedziała powiedzieli mówi mówił mówiła stwierdził stwierdziła dodał dodała podkreślił
            podkreśliła zaznaczył zaznaczyła oświadczył oświadczyła napisał napisała zapytał zapytała odpowiedział
            odpowiedziała zapowiedział ocenił oceniła ostrzegł wyjaśnił wyjaśniła"""
        ),
        pronouns=_words("on ona oni one"),
        according=_words("według zdaniem"),
        stops=_words("w we podczas na po przed dla do z po wczoraj dziś dziennikarzom"),
        has_dialogue=True,
    ),
    "uk": Reporting(
        verbs=_words(
            """сказав сказала сказали каже кажуть заявив заявила заявили зазначив зазначила додав додала наголосив
            наголосила підкреслив підкреслила повідомив повідомила пояснив пояснила написав написала запитав запитала
            відповів відповіла розповів розповіла вважає"""
        ),
        pronouns=_words("він вона вони"),
        according=_words("за_словами на_думку"),
        stops=_words("у в на під після перед для до з журналістам учора сьогодні"),
        has_dialogue=True,
    ),
    "ru": Reporting(
        verbs=_words(
            """сказал сказала сказали говорит заявил заявила заявили отметил отметила добавил добавила подчеркнул
            подчеркнула сообщил сообщила пояснил пояснила написал написала спросил спросила ответил ответила рассказал
            рассказала считает пишет"""
        ),
        pronouns=_words("он она они"),
        according=_words("по_словам по_мнению"),
        stops=_words("в во на после перед для до с журналистам вчера сегодня"),
        has_dialogue=True,
    ),
    "ar": Reporting(
        verbs=_words(
            "قال قالت وقال وقالت يقول تقول صرح صرحت وصرح أكد أكدت وأكد أضاف أضافت وأضاف وأضافت أعلن أوضح وأوضح كتب"
        ),
        pronouns=_words("هو هي هم"),
        according=_words("بحسب"),
        stops=_words("في خلال يوم إن إنه إنها أن أمام على"),
    ),
}
"""By ISO code. Short on purpose: a verb that mostly does something else would make quotes out of scare quotes."""
