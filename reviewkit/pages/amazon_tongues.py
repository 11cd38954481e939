"""How Amazon says it in eight languages: the day and country of a review, its stars, its votes, its details.

English, German, French, Spanish, Italian, Portuguese, Dutch and Japanese. Each pattern is one phrase of the
page; `amazon_today_lines.py` makes lines of them. A country is given in English. Known misreading: a country
that is not in the table stays as it is printed, in the page's language.
"""

from __future__ import annotations

import re

__all__ = ["BADGES", "BUTTONS", "COUNTRIES", "COUNTS", "DATES", "FORMATS", "HELPFUL", "IMAGES"]
__all__ += [
    "MORE",
    "OTHER_DETAILS",
    "PLAYER_BEGINS",
    "PLAYER_ENDS",
    "REPORT",
    "STARS",
    "UNDER_TEXT",
    "VERIFIED",
    "VINE",
    "country_in_english",
]

_WHERE = r"(?P<country>\S.{0,50}?)"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>[^\W\d_]{3,12})"
_YEAR = r"(?P<year>\d{4})(?!\d)"
DATES = (
    rf"Reviewed in {_WHERE} on {_MONTH} {_DAY}, ?{_YEAR}",
    rf"Reviewed in {_WHERE} on {_DAY} {_MONTH},? {_YEAR}",
    r"(?:(?:Kundenrezension|Rezension|Bewertung) aus|(?:Bewertet|Rezensiert) in)"
    rf" {_WHERE} (?:vom|am) {_DAY}\. {_MONTH} {_YEAR}",
    r"(?:Commenté|Évalué|Avis (?:laissé|déposé|publié)) (?:en|au|aux|à|dans)"
    rf" {_WHERE} le {_DAY}(?:er)? {_MONTH} {_YEAR}",
    r"(?:Revisado|Calificado|Reseñado|Valorado|Evaluado|Opinión (?:emitida|enviada)) en"
    rf" {_WHERE} el {_DAY} de {_MONTH} de {_YEAR}",
    rf"Recensito (?:in|nel|nello|nella|negli|nei|a) {_WHERE} il {_DAY} {_MONTH} {_YEAR}",
    rf"Avaliado (?:em|no|na|nos|nas) {_WHERE} em {_DAY} de {_MONTH} de {_YEAR}",
    rf"Beoordeeld in {_WHERE} op {_DAY} {_MONTH} {_YEAR}",
    rf"(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月{_DAY}日に{_WHERE}でレビュー済み",
)

# A reviewer gives whole stars: "4.3 out of 5 stars" is the product's average.
_WHOLE = r"(?P<rating>[1-5])(?:[.,]0|(?![.,]?\d))"
STARS = (
    rf"{_WHOLE} (?:out of 5 stars|von 5 Sternen|sur 5 étoiles|de 5 estrellas|de 5 estrelas"
    r"|su 5 stelle|van 5 sterren)",
    rf"5つ星のうち ?{_WHOLE}",
)

_NUMBER = r"\d{1,3}(?:[.,’' ]\d{3})+|\d+"
COUNTS = (
    rf"({_NUMBER}|One) (?:people|person) found this helpful",
    rf"({_NUMBER}|Eine) (?:Personen|Person) (?:fanden|fand) (?:diese Informationen|dies|das) hilfreich",
    rf"({_NUMBER}|Une) personnes? (?:ont|a) trouvé (?:cela|ceci|cette évaluation) utile",
    rf"({_NUMBER})人のお客様がこれが役に立ったと考えています",
    rf"A ({_NUMBER}|una) personas? les? (?:ha parecido|han parecido|resultó|pareció)(?: esto)? útil",
    rf"({_NUMBER}|Una) personas? (?:encontraron|encontró|consideraron|consideró) esto útil",
    rf"({_NUMBER}|Una) person[ae] l['’](?:hanno|ha) trovato utile",
    rf"({_NUMBER}|Uma) pessoas? (?:acharam|achou) isso útil",
    rf"({_NUMBER}|[EÉ][eé]n) (?:mensen|personen|persoon|mens) (?:vonden|vond) dit nuttig",
)
HELPFUL = "Helpful|Not [Hh]elpful|Nützlich|Nicht nützlich|Hilfreich|Utile|Útil|役に立った|参考になった|Nuttig"
REPORT = (
    r"Report abuse|Report|Missbrauch melden|Misbruik melden|Melden|Signaler un abus|Signaler l['’]abus"
    r"|Signaler|Informar de un abuso|Informar|Reportar abuso|Reportar|Denunciar abuso|Denunciar"
    r"|Segnala un abuso|Segnala abuso|Segnala|違反を報告する?|違反を報告|レポート|報告する|Rapporteren"
)
_COMMENT = (
    r"(?:\d+ )?Comments?|Permalink|Kommentieren|(?:\d+ )?Kommentare?|(?:\d+ )?Commentaires?"
    r"|Comentarios?|Commenta|コメント|Permanenter Link|Lien permanent|Share|Teilen|Partager"
)
BUTTONS = rf"{HELPFUL}|{REPORT}|{_COMMENT}"
MORE = (
    r"Read more|Read less|Show more|Show less|See more|See less|Mehr lesen|Weniger lesen|Weiterlesen"
    r"|Mehr anzeigen|En lire plus|En lire moins|Lire la suite|Lire plus|Lire moins|続きを読む"
    r"|一部を表示|もっと読む|Leer más|Leer menos|Ver más|Mostrar más|Mostrar menos|Leggi di più"
    r"|Leggi meno|Leggi altro|Leia mais|Leia menos|Meer lezen|Minder lezen|Lees meer|Lees minder"
)
# Lines between a text and its votes, or before it where there is a film.
IMAGES = (
    r"(?:Customer|Review|User) [Ii]mages?|Images in this review|Videos? in this review|Image"
    r"|Kundenbild|Bilder in dieser (?:Rezension|Bewertung)|Image client"
    r"|Images dans cet(?:te)? (?:commentaire|avis|évaluation)|カスタマー画像|このレビューの画像"
    r"|Imagen del cliente|Imágenes en esta (?:reseña|opinión)|Immagine cliente"
    r"|Immagini in questa recensione|Imagem do cliente|Imagens nesta avaliação|Afbeelding van klant"
)
UNDER_TEXT = (
    r"Translate (?:all )?reviews? to \w+|See original|See translation|Translated by .{2,30}"
    r"|(?:Diese |Alle )?(?:Rezension(?:en)?|Bewertung(?:en)?) (?:ins|auf) \w+ übersetzen|Original anzeigen"
    r"|Traduire (?:tous )?l\S+ \w+ en \w+|(?:すべての)?レビューを\w+に翻訳(?:する)?"
    r"|Traducir (?:la |esta )?(?:reseña|opinión) al \w+|Traduci (?:la )?recensione in \w+"
    r"|(?:Brief|Full) content visible, double tap to read (?:full|brief) content\."
    r"|The media could not be loaded\.|Video Player is loading\.|Click to play video|Play Video"
    r"|This is a modal window\.|Sending feedback\.{3}|Thank you for your feedback\.?"
    r"|Vielen Dank für Ihr Feedback\.?|Merci (?:pour|de) votre (?:commentaire|retour|avis)\.?"
    r"|Sorry, (?:we failed to record your vote|there was an error|an error).{0,60}"
)
PLAYER_BEGINS = "Video Player is loading."
PLAYER_ENDS = ("This is a modal window.", "End of dialog window.")

BADGES = (
    r"#?\d{0,4} ?HALL OF FAME(?: REVIEWER)?|VINE VOICE|TOP \d+ REVIEWER|TOP CONTRIBUTOR(?:: \w+)?"
    r"|Top Contributor(?:: \w+)?|TOP \d+ REZENSENT(?:IN)?|VINE[ -]PRODUKTTESTER(?:IN)?"
    r"|TOP \d+ COMMENTATEURS?|TESTEUR VINE|VOIX VINE|MEMBRE DU CLUB (?:DES TESTEURS|TEST)"
    r"|COMENTARISTA TOP \d+|TOP \d+ COMENTARISTA|RECENSORE TOP \d+|TOP \d+ RECENSOR[EI]"
    r"|ベスト\d+レビュアー|TOP\d+レビュアー|VINEメンバー|Vineメンバー|殿堂入り(?:レビュアー)?"
)
VERIFIED = (
    "(?:Amazon )?Verified Purchase|(?:Amazon )?Verifizierter Kauf|Achat vérifié|Compra verificada"
    "|Acquisto verificato|Amazonで購入|Geverifieerde aankoop"
)
VINE = (
    r"(?:Amazon )?Vine Customer Review of Free Product|Early Reviewer Rewards"
    r"|(?:Amazon )?Vine[ -]Kundenrezension [^|.]{5,50}"
    r"|(?:Avis|Commentaire)(?: client)?(?: d['’]un)? Vine [^|.]{5,50}"
    r"|(?:Reseña|Opinión) [^|.]{0,30}Vine(?: [^|.]{5,40})?|Recensione [^|.]{0,40}Vine(?: [^|.]{5,40})?"
    r"|Vine先取りプログラム.{0,2}メンバー(?:による|の)(?:カスタマー)?レビュー"
)
FORMATS = "Format|Formato|Formaat|形式|フォーマット|Edition|Edición|Édition|Edizione|Edição|エディション"
OTHER_DETAILS = (
    r"Colou?r(?: Name)?|Size(?: Name)?|Style(?: Name)?|Pattern(?: Name)?|Platform(?: for Display)?"
    r"|Length|Language|Farbe|Größe|Stil|Plattform|Sprache|Couleur|Taille|Plate-forme|Langue|Couleurs"
    r"|Modèle|Tamaño|Talla|Estilo|Plataforma|Idioma|Colore|Taglia|Dimensioni|Stile|Piattaforma|Lingua"
    r"|Cor|Tamanho|Kleur|Maat|Stijl|色|サイズ|スタイル|プラットフォーム|パターン(?:\(種類\)|名)?"
    r"|Nombre de estilo|Nome stile|Nom du style"
)

# What each country is called on the pages; small letters, without article.
_COUNTRIES = {
    "United States": "usa|us|vereinigten staaten|vereinigte staaten|vereinigten staaten von amerika"
    "|états-unis|etats-unis|estados unidos|stati uniti|stati uniti d'america|verenigde staten|アメリカ合衆国"
    "|アメリカ|米国",
    "United Kingdom": "uk|großbritannien|vereinigten königreich|vereinigtes königreich|royaume-uni"
    "|reino unido|regno unito|verenigd koninkrijk|英国|イギリス",
    "Germany": "deutschland|allemagne|alemania|germania|alemanha|duitsland|ドイツ",
    "France": "frankreich|francia|frança|frankrijk|フランス",
    "Italy": "italien|italie|italia|itália|italië|イタリア",
    "Spain": "spanien|espagne|españa|spagna|espanha|spanje|スペイン",
    "Japan": "japon|japón|giappone|japão|日本",
    "Canada": "kanada|canadá|カナダ",
    "Australia": "australien|australie|austrália|australië|オーストラリア",
    "India": "indien|inde|índia|インド",
    "Mexico": "mexiko|mexique|méxico|messico|メキシコ",
    "Brazil": "brasilien|brésil|brasil|brasile|brazilië|ブラジル",
    "Netherlands": "niederlanden|niederlande|pays-bas|países bajos|paesi bassi|países baixos|holanda"
    "|nederland|オランダ",
    "Belgium": "belgien|belgique|bélgica|belgio|belgië|ベルギー",
    "Sweden": "schweden|suède|suecia|svezia|suécia|zweden|スウェーデン",
    "Poland": "polen|pologne|polonia|polônia|ポーランド",
    "Ireland": "irland|irlande|irlanda|ierland|アイルランド",
    "Austria": "österreich|autriche|áustria|oostenrijk|オーストリア",
    "Switzerland": "schweiz|suisse|suiza|svizzera|suíça|zwitserland|スイス",
    "Turkey": "türkei|türkiye|turquie|turquía|turchia|turquia|turkije|トルコ",
    "Saudi Arabia": "saudi-arabien|arabie saoudite|arabia saudí|arabia saudita|arábia saudita|saoedi-arabië"
    "|サウジアラビア",
    "United Arab Emirates": "vereinigten arabischen emiraten|émirats arabes unis|emiratos árabes unidos"
    "|emirati arabi uniti|emirados árabes unidos|verenigde arabische emiraten|アラブ首長国連邦",
    "Singapore": "singapur|singapour|cingapura|singapura|シンガポール",
    "Egypt": "ägypten|égypte|egipto|egitto|egito|egypte|エジプト",
    "South Africa": "südafrika|afrique du sud|sudáfrica|sudafrica|áfrica do sul|zuid-afrika|南アフリカ",
    "China": "chine|cina|中国",
}
COUNTRIES = tuple(_COUNTRIES)
_IN_ENGLISH = {name: english for english, names in _COUNTRIES.items() for name in names.split("|")}
_IN_ENGLISH |= {english.lower(): english for english in _COUNTRIES}
_ARTICLE = re.compile(r"(?:the|de[mnr]?|die|les?|la|los|las|el|gli|il|i|os?|as?|het) |l['’]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff\U0001f3f4\ufe0f\U000e0020-\U000e007f]")


def country_in_english(printed: str) -> str:
    """What a country is called in English, whatever the page's language.

    >>> country_in_english("the United States 🇺🇸"), country_in_english("den Vereinigten Staaten")
    ('United States', 'United States')
    >>> country_in_english("日本"), country_in_english("Wales")
    ('Japan', 'Wales')
    """
    plain = _FLAG.sub("", printed).strip().removeprefix("the ")
    small = plain.lower()
    article = _ARTICLE.match(small)
    return _IN_ENGLISH.get(small) or _IN_ENGLISH.get(small[article.end() :] if article else small) or plain
