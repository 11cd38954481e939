"""What stands around the reviews on Amazon's page of today, in eight languages?

Headings, filters, the histogram, adverts, the summary that a machine wrote of the reviews. A pattern matches
a whole line, and no line that ends like a sentence, unless it is that very sentence.
"""

from __future__ import annotations

import re

from .amazon_tongues import COUNTRIES
from .furniture import is_furniture, is_tail

__all__ = ["begins_summary", "ends_summary", "kind_of_furniture"]

# What ends a list of reviews: the next list, or the page.
_SECTION = re.compile(
    r"""
      Top\ reviews?\ from\ .{2,50}
    | (?:Spitzen(?:rezensionen|bewertungen)|Top-Rezensionen|Rezensionen)\ aus\ .{2,50}
    | Meilleur(?:e?s)\ (?:évaluations|commentaires|avis)\ .{2,60} | 上位レビュー、対象国.{1,20}
    | .{2,20}からのトップレビュー | 他の国からの.{2,20}
    | (?:Principales|Mejores)\ (?:reseñas|opiniones|calificaciones)\ .{2,50}
    | Opiniones\ destacadas\ .{2,50}
    | (?:Le\ )?[Rr]ecensioni\ (?:migliori|principali|più\ utili)\ .{2,50}
    | Principais\ avaliações\ .{2,50} | (?:Top-?|Populairste\ )\ ?recensies\ uit\ .{2,50}
    | See\ (?:more|all)\ reviews? | (?:Weitere|Alle|Mehr)\ Rezensionen\ (?:anzeigen|ansehen)
    | (?:Voir|Afficher)\ (?:plus\ de|tous\ les|toutes\ les)\ (?:commentaires|avis|évaluations)
    | (?:レビューをすべて見る|すべてのレビューを(?:参照|見る)|レビューをもっと見る)(?:します)?
    | Ver\ (?:más|todas\ las)\ (?:reseñas|opiniones)
    | (?:Visualizza|Vedi)\ (?:altre|tutte\ le)\ recensioni
    | (?:Top|Positive|Critical)\ (?:positive|critical)?\ ?reviews?[\ ›]*
    | (?:Products|Items)\ related\ to\ this\ item.* | Customers\ (?:also|who)\ (?:viewed|bought).{0,60}
    | Back\ to\ top | Get\ to\ Know\ Us | Zurück\ zum\ Seitenanfang
    | Retour\ en\ haut(?:\ de\ la\ page)? | トップへ戻る | Volver\ arriba | Inicio\ de\ página
    | Torna\ su
    | (?:Ihre\ zuletzt\ angesehenen|Vos\ articles\ (?:récemment\ )?(?:vus|consultés)|最近閲覧した商品).{0,60}
    | Benötigen\ Sie\ Hilfe.{0,50} | Besoin\ de\ contacter\ .{2,60}
    """,
    re.VERBOSE,
)
_FROM = re.compile(rf"(?:From|Reviews from) (?:the )?(?:other countries|{'|'.join(COUNTRIES)})")
_PAGE = re.compile(
    r"""
      [\d.,\ ]+\ (?:global\ |total\ |customer\ )?ratings?(?:,?\ [\d.,\ ]+\ with\ reviews?)?
    | No\ customer\ reviews
    | [\d.,]+\ (?:out\ of|von|sur|de|su|van)\ 5
      (?:\ (?:stars|Sternen|étoiles|estrellas|estrelas|stelle|sterren))?[\d.,\ ]{0,12}
    | 5つ星のうち\ ?[\d.]+.{0,12} | 星5つ中の?\ ?[\d.]+.{0,12} | 星\ ?[1-5]つ.{0,12} | [1-5]つ星.{0,12}
    | [1-5]\ ?(?:stars?|Sterne?|étoiles?|estrellas?|estrelas?|stell[ae]|ster(?:ren)?)\ ?\(?[\d.,]*\ ?%?\)?
    | \d{1,3}\ ?% | (?:レビューの)?\d+%に?星.{0,20} | [1-5]\ stars?\ represent\ \d+%.{0,20}
    | How\ (?:customer\ reviews\ and\ ratings\ work|are\ ratings\ calculated\??|do\ reviews\ work\??)
    | Customer\ [Rr]eviews(?:,\ including.*)? | Review\ this\ (?:product|item)
    | Share\ your\ thoughts.{0,60} | Write\ a\ (?:customer\ )?review | Search | Clear\ filter.?
    | (?:Top|Most\ recent)\ reviews? | Reviews\ with\ images
    | All\ (?:reviewers|stars|formats|photos|media).{0,40} | Verified\ purchase\ only
    | Sign\ in\ to\ filter\ reviews
    | See\ all\ (?:photos|images|media) | Text,\ image,\ video | Image\ and\ video\ reviews\ only
    | Customers\ [Ss]ay | Select\ to\ learn\ more | (?:Next|Previous)\ (?:page|slide).{0,10}
    | Show\ \d+\ more\ reviews? | Report\ an\ issue\ with\ this\ product
    | (?:By\ feature|Customer\ ratings\ by\ feature) | Read\ reviews\ that\ mention | Sponsored.{0,30}
    | Ad | (?:Leave|Ad|Share)\ (?:ad\ )?feedback.{0,30} | Kundenrezensionen
    | (?:Dieses|Dieses\ Produkt)\ (?:Produkt\ )?bewerten | Kundenrezension\ verfassen
    | [\d.,\ ]+\ (?:globale\ |weltweite\ )?(?:Bewertungen|Sternebewertungen).{0,40} | Gesponsert.{0,20}
    | Kunden\ sagen | Kundenmeinungen | Teilen\ Sie\ (?:Ihre\ )?(?:Gedanken|Meinung).{0,60}
    | (?:Zum\ Filtern|Auswählen).{0,60} | Sortieren\ nach.{0,40} | Filtern?\ nach.{0,40}
    | Rezensionen\ mit\ Bildern | Alle\ (?:Fotos|Bilder)\ an(?:zeigen|sehen) | Nächste\ Seite.?
    | Wie\ (?:funktionieren|werden)\ .{2,60} | So\ funktionieren\ .{2,60}
    | Commentaires\ (?:client|des\ clients)s? | [\d.,\ ]+\ (?:évaluations?|commentaires).{0,40}
    | Évaluer\ ce\ produit | Partagez\ votre\ opinion.{0,60}
    | (?:Écrire|Rédiger)\ un\ (?:commentaire|avis).{0,20} | Les\ clients\ disent | Trier\ par.{0,40}
    | Filtrer\ par.{0,40} | Commentaires\ avec\ (?:des\ )?images | Afficher\ toutes\ les\ photos
    | Comment\ fonctionnent\ .{2,60} | Sponsorisé.{0,20} | Sélectionnez?\ .{2,40} | カスタマーレビュー
    | [\d,]+\ ?件?の?(?:グローバル)?(?:評価|レーティング).{0,20} | この商品をレビュー | スポンサー.{0,6}
    | (?:他のお客様にも意見を伝えましょう|カスタマーレビューを書く|並べ替え|絞り込み).{0,20}
    | (?:お客様のご意見|詳細を見る).{0,20}
    | (?:画像付きのレビュー|レビュー(?:および|と)評価の仕組み|カスタマーレビューと評価はどのように).{0,20}
    | すべての(?:写真|画像).{0,10} | Opiniones\ de\ (?:los\ )?clientes | Reseñas\ de\ clientes
    | [\d.,\ ]+\ (?:calificaciones|valoraciones).{0,30}
    | (?:Reseñar|Evaluar|Opinar\ sobre|Calificar)\ este\ producto | Comparte\ tu.{0,60}
    | Escribir\ .{0,6}(?:opinión|reseña) | Ordenar\ por.{0,40} | Patrocinado.{0,20}
    | Los\ clientes\ dicen | Recensioni\ (?:dei\ )?clienti
    | [\d.,\ ]+\ (?:valutazioni|recensioni).{0,30} | Recensisci\ questo\ prodotto
    | Condividi\ i\ tuoi.{0,60} | Scrivi\ una\ recensione.{0,20} | Ordina\ per.{0,40}
    | Filtra\ per.{0,40} | Sponsorizzato.{0,20} | Dicono\ i\ clienti
    """,
    re.VERBOSE,
)
_SUMMARY = re.compile(
    r"Customers [Ss]ay|Kunden sagen|Kundenmeinungen|Les clients disent|お客様のご意見|Los clientes dicen"
    r"|Dicono i clienti"
)
_SUMMARY_END = re.compile(
    r"(?:AI[ -])?[Gg]enerated (?:by AI )?from the text of customer reviews\.?"
    r"|.{0,40}\bKI\b.{0,40}(?:generiert|erstellt).{0,40}"
    r"|.{0,30}(?:[Gg]énéré|[Gg]enerad[oa]|[Gg]enerat[oa])\b.{0,20}\bIA\b.{0,80}"
    r"|AIは、?お客様のレビュー.{0,40}|カスタマーレビュー.{0,20}AI.{0,20}(?:生成|作成).{0,10}"
)
_PAGE_SENTENCES = re.compile(
    r"""
      Customer\ [Rr]eviews,\ including\ Product\ Star\ Ratings.*
    | To\ calculate\ the\ overall\ star\ rating\ and\ percentage\ breakdown.*
    | Learn\ more\ how\ customers\ reviews\ work.* | There\ are\ \d+\ (?:customer\ )?reviews?\ and.*
    | .{0,60}[.\ ]Please\ try\ again\ later\.
    | Conditions\ of\ Use.* | ©.*
    """,
    re.VERBOSE,
)


def kind_of_furniture(text: str) -> str:
    """`section` for what ends a list of reviews, `page` for other furniture, `words` for anything else.

    >>> kind_of_furniture("Top reviews from other countries"), kind_of_furniture("5 star58%")
    ('section', 'page')
    >>> kind_of_furniture("Sponsored by nobody, I write this.")
    'words'
    """
    sentence = text.endswith((".", "!", "。"))
    if is_tail(text) or (not sentence and (_SECTION.fullmatch(text) or _FROM.fullmatch(text))):
        return "section"
    if ends_summary(text) or _PAGE_SENTENCES.fullmatch(text) or is_furniture(text):
        return "page"
    if not sentence and _PAGE.fullmatch(text):
        return "page"
    return "words"


def begins_summary(text: str) -> bool:
    """The heading of the summary that a machine wrote of the reviews."""
    return _SUMMARY.fullmatch(text) is not None


def ends_summary(text: str) -> bool:
    """The line below that summary, which says who wrote it."""
    return _SUMMARY_END.fullmatch(text) is not None
