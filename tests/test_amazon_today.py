"""Amazon's page as it is today: lines in, fields out; and what only looks like a line of the page."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT

import reviewkit as rk
from reviewkit.pages import LAYOUTS, amazon_2016, amazon_today

pytestmark = pytest.mark.usefixtures("no_network")

NAME, STARS, DAY = "Wanda Pemberley", "4.0 out of 5 stars Kettle", "Reviewed in Canada on March 3, 2015"
HEAD = [NAME, STARS, DAY]
FOOT = ["12 people found this helpful", "Helpful", "Report"]
NEXT = [
    "Bo Li",
    "1.0 out of 5 stars Rain",
    "Reviewed in India on 4 March 2016",
    "It hums.",
    "Helpful",
    "Report",
]


def page(*lines: str) -> rk.Page:
    read = rk.read_text("\n".join(lines))
    assert read.layout == "amazon-today"
    return read


def texts(*lines: str) -> list[str]:
    return page(*lines).reviews["text"].tolist()


def known(row: pd.Series) -> dict[str, object]:
    """What a review gives, the missing left out."""
    fields = ("date", "rating", "title", "helpful_votes", "verified", "format", "country", "text")
    found = {name: row[name] for name in fields if not pd.isna(row[name])}
    return {name: str(value.date()) if name == "date" else value for name, value in found.items()}


def test_a_review_with_everything():
    read = page(
        *HEAD, "Format: DVD|Verified Purchase", "It sings.", "", "It stops.", "Read more", *FOOT, *NEXT
    )
    assert known(read.reviews.iloc[0]) == {
        "date": "2015-03-03",
        "rating": 4,
        "title": "Kettle",
        "helpful_votes": 12,
        "verified": True,
        "format": "DVD",
        "country": "Canada",
        "text": "It sings.\n\nIt stops.",
    }
    assert read.reviews["author"].str.startswith("Reviewer ").all()
    assert read.report[["line", "kind"]].values.tolist() == [[8, "furniture"]]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["4.0 out of 5 stars Kettle"], "Kettle"),
        (["4.0 out of 5 starsKettle"], "Kettle"),
        (["4.0 out of 5 stars", "Kettle"], "Kettle"),
        (["4.0 out of 5 stars", "", "Kettle", ""], "Kettle"),
        (["4.0 out of 5 stars", "Verified Purchase", "Kettle"], "Kettle"),
        (["4 out of 5 stars Kettle"], "Kettle"),
        (["4.0 out of 5 stars"], None),
        (["4.0 out of 5 stars 100%"], "100%"),
        (["4.0 out of 5 stars", "Helpful"], "Helpful"),
        (["4.0 out of 5 stars", "Top reviews from the United States"], "Top reviews from the United States"),
        (["4.0 out of 5 stars", "Good. Then bad. Then good."], "Good. Then bad. Then good."),
    ],
)
def test_stars_and_title_on_one_line_or_several(lines, title):
    row = page(NAME, *lines, DAY, "It sings.", *FOOT, *NEXT).reviews.iloc[0]
    assert (row["rating"], None if pd.isna(row["title"]) else row["title"], row["text"]) == (
        4,
        title,
        "It sings.",
    )


@pytest.mark.parametrize(
    ("line", "day", "country"),
    [
        ("Reviewed in the United States on March 3, 2015", "2015-03-03", "United States"),
        ("Reviewed in the United States 🇺🇸 on March 3, 2015", "2015-03-03", "United States"),
        ("Reviewed in the United Kingdom on 3 March 2015", "2015-03-03", "United Kingdom"),
        ("Rezension aus Deutschland vom 3. März 2015", "2015-03-03", "Germany"),
        ("Kundenrezension aus den USA vom 3. Mai 2015", "2015-05-03", "United States"),
        ("Rezension aus dem Vereinigten Königreich vom 3. Mai 2015", "2015-05-03", "United Kingdom"),
        ("Bewertet in Österreich am 3. Jänner 2015", "2015-01-03", "Austria"),
        ("Commenté en France le 1er août 2015", "2015-08-01", "France"),
        ("Avis laissé en France le 3 février 2015", "2015-02-03", "France"),
        ("Commenté aux États-Unis le 15 décembre 2019", "2019-12-15", "United States"),
        ("Commenté au Royaume-Uni le 1 septembre 2018", "2018-09-01", "United Kingdom"),
        ("2015年3月13日に日本でレビュー済み", "2015-03-13", "Japan"),
        ("2015年3月3日にアメリカ合衆国でレビュー済み", "2015-03-03", "United States"),
        ("Revisado en España el 3 de marzo de 2015", "2015-03-03", "Spain"),
        ("Calificado en México el 3 de septiembre de 2015", "2015-09-03", "Mexico"),
        ("Reseñado en los Estados Unidos el 3 de mayo de 2015", "2015-05-03", "United States"),
        ("Recensito in Italia il 3 marzo 2015", "2015-03-03", "Italy"),
        ("Recensito negli Stati Uniti il 3 luglio 2015", "2015-07-03", "United States"),
        ("Avaliado no Brasil em 3 de março de 2015", "2015-03-03", "Brazil"),
        ("Beoordeeld in Nederland op 3 maart 2015", "2015-03-03", "Netherlands"),
        ("Reviewed in Ruritania on March 3, 2015", "2015-03-03", "Ruritania"),
    ],
)
def test_day_and_country_in_each_language(line, day, country):
    row = page(NAME, STARS, line, "It sings.", *FOOT, *NEXT).reviews.iloc[0]
    assert (str(row["date"].date()), row["country"], row["text"]) == (day, country, "It sings.")


@pytest.mark.parametrize(
    ("line", "rating", "title"),
    [
        ("5,0 von 5 Sternen Zu leise", 5, "Zu leise"),
        ("1,0 sur 5 étoiles Déçue", 1, "Déçue"),
        ("5つ星のうち5.0素晴らしい", 5, "素晴らしい"),
        ("5つ星のうち5.02回見た", 5, "2回見た"),
        ("3,0 de 5 estrellas Regular", 3, "Regular"),
        ("3,0 su 5 stelle Così così", 3, "Così così"),
        ("3,0 de 5 estrelasBom", 3, "Bom"),
        ("3,0 van 5 sterren Mooi", 3, "Mooi"),
    ],
)
def test_stars_in_each_language(line, rating, title):
    row = page(NAME, line, DAY, "It sings.", *FOOT).reviews.iloc[0]
    assert (row["rating"], row["title"]) == (rating, title)


@pytest.mark.parametrize(
    ("lines", "votes"),
    [
        (["12 people found this helpful", "Helpful", "Report"], 12),
        (["One person found this helpful", "Helpful|Report"], 1),
        (["1,234 people found this helpful", "HelpfulReport"], 1234),
        (["12 people found this helpful", "Helpful", "Comment", "Report abuse"], 12),
        (["12 people found this helpfulHelpfulReport abuse"], 12),
        (["1.234 Personen fanden diese Informationen hilfreich", "Nützlich", "Melden"], 1234),
        (["Eine Person fand diese Informationen hilfreich", "NützlichMelden"], 1),
        (["1\u202f234 personnes ont trouvé cela utile", "Utile", "Signaler"], 1234),
        (["1\u00a0234 personnes ont trouvé cela utile", "Utile", "Signaler"], 1234),
        (["Une personne a trouvé cela utile", "Utile|Signaler un abus"], 1),
        (["12人のお客様がこれが役に立ったと考えています", "役に立った", "レポート"], 12),
        (["A una persona le resultó útil", "Útil", "Informar"], 1),
        (["A 12 personas les ha parecido esto útil", "Útil", "Informar"], 12),
        (["12 persone l'hanno trovato utile", "Utile", "Segnala"], 12),
        (["12 pessoas acharam isso útil", "Útil", "Denunciar"], 12),
        (["12 mensen vonden dit nuttig", "Nuttig", "Melden"], 12),
        (["Helpful", "", "Report", "Permalink"], None),
        (["Customer image", "Customer image", "12 people found this helpful", "Report"], 12),
        (["En lire plus", "Utile", "Signaler", "Translate review to English"], None),
        (["12 people found this helpful"], 12),
        (["Helpful"], None),
    ],
)
def test_a_foot_in_each_language_and_shape(lines, votes):
    read = page(*HEAD, "It sings.", *lines, *NEXT)
    assert read.reviews["text"].tolist() == ["It sings.", "It hums."]
    found = read.reviews["helpful_votes"].iloc[0]
    assert (None if pd.isna(found) else found) == votes
    assert not read.report["kind"].isin(["unknown", "cut"]).any()


@pytest.mark.parametrize(
    ("lines", "edition", "verified"),
    [
        (["Format: Blu-ray"], "Blu-ray", None),
        (["Format: Blu-rayVerified Purchase"], "Blu-ray", True),
        (["Format: DVD | Verified Purchase"], "DVD", True),
        (["Format: DVD", "Verified Purchase"], "DVD", True),
        (["Format: DVD", "|", "Verified Purchase"], "DVD", True),
        (["Verified Purchase"], None, True),
        (
            ["Format: Prime Video (streaming online video)Verified Purchase"],
            "Prime Video (streaming online video)",
            True,
        ),
        (["Colour: BlackFormat: 4KVerified Purchase"], "4K", True),
        (["Size: Medium Color: Blue", "Verified Purchase"], None, True),
        (["Vine Customer Review of Free Product( What's this? )"], None, None),
        (["Format: DVDVine Customer Review of Free Product"], "DVD", None),
        (["Format: DVDVerifizierter Kauf"], "DVD", True),
        (["Format : Blu-ray", "Achat vérifié"], "Blu-ray", True),
        (["形式: Blu-rayAmazonで購入"], "Blu-ray", True),
        (["Formato: DVD|Compra verificada"], "DVD", True),
        (["Formato: DVDAcquisto verificato"], "DVD", True),
        ([], None, None),
    ],
)
def test_details_in_one_line_or_several(lines, edition, verified):
    row = page(*HEAD, *lines, "It sings.", *FOOT).reviews.iloc[0]
    found = [None if pd.isna(row[name]) else row[name] for name in ("format", "verified")]
    assert (*found, row["text"]) == (edition, verified, "It sings.")


@pytest.mark.parametrize(
    ("stars", "below", "title"),
    [
        (["4.0 out of 5 stars Verified Purchase", "Kettle"], ["Format: DVD"], "Kettle"),
        (["4.0 out of 5 starsVerified Purchase", "", "Kettle"], ["Format: DVD"], "Kettle"),
        (["4,0 von 5 Sternen | Verifizierter Kauf", "Kettle"], ["Format: DVD"], "Kettle"),
        (["4.0 out of 5 stars Verified Purchase"], ["Format: DVD"], None),
        (["4.0 out of 5 stars Verified Purchase"], ["Format: DVDVerified Purchase"], "Verified Purchase"),
        (
            ["4.0 out of 5 stars Verified Purchase? Yes."],
            ["Format: DVD", "Verified Purchase"],
            "Verified Purchase? Yes.",
        ),
    ],
)
def test_a_badge_beside_the_stars_as_on_a_phone(stars, below, title):
    row = page(*NEXT, NAME, *stars, DAY, *below, "It sings.", *FOOT, *NEXT).reviews.iloc[1]
    assert known(row) == {
        "date": "2015-03-03",
        "country": "Canada",
        "rating": 4,
        "format": "DVD",
        "verified": True,
        "helpful_votes": 12,
        "text": "It sings.",
    } | ({"title": title} if title else {})
    assert not pd.isna(row["author"])


@pytest.mark.parametrize(
    "tail", ["Ihre zuletzt angesehenen Artikel und besonderen Empfehlungen", "We hum and sing."]
)
def test_one_button_alone_ends_a_text_before_the_end_of_the_list(tail):
    lines = [
        *NEXT,
        *HEAD,
        "It sings.",
        "Melden",
        "Rezension ins Deutsche übersetzen",
        "Weitere Rezensionen anzeigen",
    ]
    assert texts(*lines, tail) == ["It hums.", "It sings."]


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("Kundenmeinungen", ["Kunden loben die Kamera.", "KI-generiert aus Kundenrezensionen"]),
        ("Customers say", ["Customers find it quiet.", "AI-generated from the text of customer reviews"]),
        ("お客様のご意見", ["映像が高く評価されています。", "カスタマーレビューのテキストからAIが生成"]),
        ("Reviews from the United Kingdom", []),
        ("1.022 weltweite Bewertungen", ["Alle Rezensionen ins Deutsche übersetzen"]),
        ("星5つ中の4.4", ["312 件のグローバル評価", "5つ星のうち 4.4"]),
    ],
)
def test_what_a_page_prints_above_its_reviews_is_furniture(heading, lines):
    report = page(heading, *lines, *HEAD, "It sings.", *FOOT, *NEXT).report
    assert report["kind"].tolist() == ["furniture"] * (1 + len(lines))


@pytest.mark.parametrize(
    "prose",
    [
        "Helpful.",
        "Helpful",
        "Report",
        "5.0 out of 5 stars",
        "5.0 out of 5 stars Great",
        "5.0 out of 5 stars from me, because the score does half of the work.",
        "Reviewed in the United States on March 3, 2015",
        "Reviewed in the United States on March 3, 2015, and never since.",
        "12 people found this helpful",
        "136 people found this helpful.",
        "Verified Purchase",
        "Verified Purchase is what it says beside my name, and yes, I bought it.",
        "Format: DVD",
        "Read more",
        "Customer image",
        "Top reviews from other countries",
        "See all reviews",
        "Sponsored by nobody, I write this.",
        "Customers say it is slow. I say it is rain.",
    ],
)
@pytest.mark.parametrize("gap", [[], [""]], ids=["in a paragraph", "alone"])
def test_a_line_within_prose_stays_prose(prose, gap):
    body = ["It sings.", *gap, prose, *gap, "And that was that."]
    assert texts(*HEAD, *body, *FOOT, *NEXT) == ["\n".join(body), "It hums."]


@pytest.mark.parametrize(
    "first", ["Format: mostly flashbacks, sadly", "Helpful", "Read more", "Style. That is all."]
)
def test_a_text_may_begin_like_furniture(first):
    assert texts(*HEAD, "Format: DVDVerified Purchase", first, "It sings.", *FOOT) == [f"{first}\nIt sings."]


def test_a_date_kept_as_text_is_doubted():
    read = page(*HEAD, "It says", "Reviewed in Canada on March 3, 2015", "on the page.", *FOOT)
    assert read.report[["line", "kind"]].values.tolist() == [[5, "doubt"]]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ([NAME, DAY], {"date": "2015-03-03", "country": "Canada"}),
        ([NAME, "Kettle", DAY], {"date": "2015-03-03", "country": "Canada", "title": "Kettle"}),
        ([STARS, DAY], {"date": "2015-03-03", "country": "Canada", "rating": 4, "title": "Kettle"}),
        ([NAME, STARS], {"rating": 4, "title": "Kettle"}),
        ([NAME, "4.0 out of 5 stars", "Verified Purchase"], {"rating": 4, "verified": True}),
        ([DAY], {"date": "2015-03-03", "country": "Canada"}),
    ],
    ids=["no stars", "no stars but a title", "no name", "no date", "neither date nor title", "a date alone"],
)
def test_a_head_from_which_something_is_missing(head, expected):
    read = page(*NEXT, *head, "It sings.", *FOOT, *NEXT[:3], "It whirrs.")
    assert read.reviews["text"].tolist() == ["It hums.", "It sings.", "It whirrs."]
    assert known(read.reviews.iloc[1]) == expected | {"text": "It sings.", "helpful_votes": 12}
    assert pd.isna(read.reviews["author"][1]) == (NAME not in head)


@pytest.mark.parametrize("name", ["Ada B.", "J. Smith", "Amazon Customer", "film_fan7", "山田 太郎", "Jo"])
def test_without_a_foot_the_next_name_is_told_by_its_look(name):
    read = page(*HEAD, "It sings.", "Twice.", name, "VINE VOICE", *NEXT[1:])
    assert read.reviews["text"].tolist() == ["It sings.\nTwice.", "It hums."]
    assert read.reviews["author"].notna().all()
    assert not (read.lines["text"].str.strip() == name).any()
    assert read.report["kind"].tolist() == ["cut"]


def test_a_page_without_a_foot_anywhere_is_not_doubted():
    read = page(*HEAD, "It sings.", *NEXT[:3], "It hums.", "See more reviews", "A Quiet Field [DVD]", "$8.00")
    assert read.reviews["text"].tolist() == ["It sings.", "It hums."]
    assert "cut" not in read.report["kind"].tolist()


@pytest.mark.parametrize("foot", [FOOT, ["Report"], []], ids=["foot", "a part of one", "none"])
@pytest.mark.parametrize("title", ["Kettle", "Not for me.", "100%", "Top reviews"])
def test_a_page_without_stars_has_names_and_titles(foot, title):
    one = ["Customer reviews", NAME, title, DAY, "It sings.", *foot]
    read = page(*one, "Bo Li", title, *NEXT[2:], "Sponsored", "The Winter Orchard", "$12.49", *one[1:])
    assert read.reviews["text"].tolist() == ["It sings.", "It hums."]
    assert read.reviews["title"].tolist() == [title, title]
    assert read.reviews["author"].nunique() == 2
    assert not read.lines["text"].str.contains("Wanda|Bo Li").any()


def test_furniture_before_between_and_after():
    read = page(
        "Customer reviews",
        "4.2 out of 5 stars",
        "4.2 out of 5",
        "1,234 global ratings",
        "5 star58%",
        "4 star 20%",
        "3 star",
        "12%",
        "How customer reviews and ratings work",
        "Review this product",
        "Share your thoughts with other customers",
        "Write a customer review",
        "Customers say",
        "Customers find the film quiet. Some of them find it slow.",
        "AI Generated from the text of customer reviews",
        "Select to learn more",
        "Reviews with images",
        "Filter by",
        "Top reviews from the United States",
        *HEAD,
        "It sings.",
        *FOOT,
        "Sponsored",
        "The Winter Orchard [Blu-ray]",
        "4.0 out of 5 stars 318",
        "$12.49",
        "Top reviews from other countries",
        "Translate all reviews to English",
        *NEXT,
        "See more reviews",
        "Customers who viewed this item also viewed",
        "A Quiet Field [DVD]",
        "5.0 out of 5 stars",
        "1,204",
        "Back to top",
        "Get to Know Us",
    )
    assert read.reviews["text"].tolist() == ["It sings.", "It hums."]
    assert read.reviews["rating"].tolist() == [4, 1]
    reported = [*range(1, 20), *range(27, 33), *range(39, 46)]
    assert read.report["line"].tolist() == reported
    assert read.report.loc[read.report["kind"] == "unknown", "line"].tolist() == [28, 30, 41, 43]


@pytest.mark.parametrize("start", range(1, 8))
def test_a_page_that_begins_in_the_middle(start):
    lines = [
        *HEAD,
        "Format: DVDVerified Purchase",
        "It sings all day long.",
        "It stops at night.",
        *FOOT,
        *NEXT,
    ]
    read = page(*lines[start:])
    assert read.reviews["text"].tolist()[-1] == "It hums."
    assert len(read.reviews) == (2 if start < 6 else 1)
    shown = read.lines["text"].str.cat() + read.report.to_csv()
    assert "Pemberley" not in shown
    assert "Bo Li" not in shown


@pytest.mark.parametrize("end", range(1, 9))
@pytest.mark.parametrize("foot", [FOOT, []], ids=["foot", "no foot"])
def test_a_page_that_is_cut_off(end, foot):
    first = ["Bo Li", *NEXT[1:4], *foot]
    read = page(*first, *HEAD, "Format: DVDVerified Purchase", "It sings.", *FOOT[:2][: max(0, end - 5)])
    assert read.reviews["text"].tolist() == ["It hums.", "It sings."]
    cut = page(*[*first, *HEAD, "Format: DVDVerified Purchase", "It sings."][: len(first) + min(end, 5)])
    assert cut.reviews["text"].tolist()[0].startswith("It hums.")
    shown = cut.lines["text"].str.cat() + cut.report.to_csv()
    assert "Pemberley" not in shown


def test_a_page_without_reviews_says_so():
    with pytest.raises(rk.PageError, match="'amazon-today', but holds no review. Select the whole page"):
        rk.read_text("1,234 global ratings\nHow customer reviews and ratings work\nReview this product")


def test_two_reviews_that_lost_their_heads():
    read = page(*NEXT, "Cy Dee", "It whirrs and whirrs.", *FOOT, *HEAD, "It sings.", *FOOT)
    assert read.reviews["text"].tolist() == ["It hums.", "It whirrs and whirrs.", "It sings."]
    assert read.report["kind"].tolist() == ["cut"]
    assert "Cy Dee" not in read.lines["text"].str.cat()


def test_read_more_glued_to_the_last_sentence_is_cut_off():
    read = page(*HEAD, "It sings.Read more", *FOOT, *NEXT[:3], "I read it to Read more", "Helpful", "Report")
    assert read.reviews["text"].tolist() == ["It sings.", "I read it to Read more"]
    assert read.report[["line", "text"]].values.tolist() == [[4, "Read more"]]


def test_a_film_in_a_review_and_a_review_without_words():
    read = page(*HEAD, "The media could not be loaded.", "It sings.", *FOOT, *NEXT[:3], *FOOT)
    assert read.reviews["text"].tolist() == ["It sings.", ""]
    assert read.reviews["helpful_votes"].tolist() == [12, 12]
    assert read.report["kind"].tolist() == ["furniture", "doubt"]


@pytest.mark.parametrize("end", [[], ["Beginning of dialog window.", "Text", "End of dialog window."]])
def test_the_player_of_a_film_is_no_text(end):
    player = [
        "Video Player is loading.",
        "Play Video",
        "Play",
        "Current Time 0:00",
        "/",
        "",
        "1x",
        "Chapters",
    ]
    read = page(*HEAD, *player, "This is a modal window.", *end, "Play", "It sings.", *FOOT, *NEXT)
    assert read.reviews["text"].tolist() == ["Play\nIt sings.", "It hums."]
    assert set(read.report["kind"]) == {"furniture"}
    prose = ["It says", *player[:3], "and stops."]
    assert texts(*HEAD, *prose, *FOOT) == ["\n".join(prose)]


def test_votes_alone_end_a_text_above_the_filters():
    one = [*HEAD, "It sings...", "Read more", FOOT[0], "Sign in to filter reviews", "From Canada"]
    assert texts("Top critical review", *one, *NEXT) == ["It sings...", "It hums."]


def test_a_day_that_never_was_and_a_number_that_cannot_be():
    read = page(
        NAME, STARS, "Reviewed in Canada on February 30, 2015", "It sings.", "9" * 30 + FOOT[0][2:], *NEXT
    )
    assert read.reviews["date"].isna().tolist() == [True, False]
    assert read.reviews["helpful_votes"].isna().all()
    assert read.report["kind"].tolist() == ["doubt", "doubt"]


def test_the_top_reviews_of_a_page_are_there_twice():
    one = [*HEAD, "It sings.", FOOT[0]]
    read = page("Top positive review", *one, "Top critical review", *NEXT, "From Canada", *one, *FOOT[1:])
    assert read.reviews["text"].tolist() == ["It sings.", "It hums."]
    assert set(read.report["kind"]) == {"furniture", "repeat"}


def test_no_name_is_shown():
    read = page(
        NAME, "TOP 500 REVIEWER", *HEAD[1:], "It sings.", *FOOT, f"{NAME}VINE VOICE", *HEAD[1:], "Two.", *FOOT
    )
    assert read.reviews["author"].nunique() == 1
    shown = read.lines.to_csv() + read.report.to_csv() + read.reviews.to_csv()
    assert "Wanda" not in shown
    assert "Pemberley" not in shown


CLOSE = "22 comments| 4 people found this helpful. Was this review helpful to you?YesNoReport abuse"


def test_an_excerpt_at_the_head_is_left_out_for_the_whole():
    whole = "It sings for an hour and then, when nobody expects it any more, it stops and nobody claps."
    short = "It sings for an hour and then, when nobody expects it any more, it...."
    read = rk.read_text("\n".join([*HEAD, short, "Read more", *FOOT, *HEAD, whole, *FOOT]))
    assert read.reviews["text"].tolist() == [whole]
    said = read.report.loc[read.report["kind"] == "repeat", "action"].unique()
    assert said.tolist() == ["Left out: the beginning of review number 1, shown a second time."]
    other = [HEAD[0].upper(), *HEAD[1:]]
    assert len(rk.read_text("\n".join([*other, short, "Read more", *FOOT, *HEAD, whole, *FOOT])).reviews) == 2


@pytest.mark.parametrize(
    ("lines", "layout"),
    [
        (["on May 3, 2011", "I read: Reviewed in Canada on March 3, 2015", CLOSE], amazon_2016),
        (
            ["on May 3, 2011", "Reviewed in Canada on March 3, 2015", "That is what it said.", CLOSE],
            amazon_2016,
        ),
        (["5.0 out of 5 stars Sad", "By Ada Example on May 3, 2011", "Slow.", CLOSE], amazon_2016),
        (["Customer reviews", *HEAD, "We went", "on May 3, 2011", "and left early.", *FOOT], amazon_today),
        ([*HEAD, "Was this review helpful to you?", "No.", *FOOT], amazon_today),
        ([*HEAD, "It sings.", "-----", "It stops.", *FOOT], amazon_today),
        ([*HEAD[:2], "Verified Purchase", "It sings.", *FOOT], amazon_today),
    ],
)
def test_neither_amazon_takes_the_page_of_the_other(lines, layout):
    text = "\n".join(lines)
    assert next(each for each in LAYOUTS if each.recognise(text)) is layout


@pytest.mark.parametrize(
    "lines",
    [
        ["It was the best of times.", "Reviewed in haste.", "5 stars"],
        ["One.", "-----", "Two, 5.0 out of 5 stars."],
        ["on May 3, 2011", "Slow.", CLOSE],
        ["Helpful", "Report", "One.", "-----", "Two."],
    ],
)
def test_what_is_not_such_a_page(lines):
    assert not amazon_today.recognise("\n".join(lines))


@pytest.mark.parametrize(
    "lines",
    [
        ["5.0 out of 5 stars Great"] * 20_000,
        [DAY] * 20_000,
        ["Helpful", "so"] * 20_000,
        ["Helpful", "Report"] * 20_000,
        ["Read more"] * 20_000,
        ["Top Contributor" * 15 + "x"] * 3_000,
        ["Translated by " * 17] * 3_000,
        ["Report " * 34 + "x"] * 3_000,
        ["1,234 " * 40] * 3_000,
        ["Format: " * 30] * 3_000,
        ["Reviewed in " + "on " * 70 + "1"] * 3_000,
        ["| " * 110 + "x"] * 3_000,
        [""] * 100_000,
    ],
    ids=lambda lines: lines[0][:16].strip() or "blank",
)
def test_no_page_takes_for_ever(lines, tmp_path):
    (tmp_path / "page.txt").write_text("\n".join([*HEAD, "It sings.", *lines, "It stops.", *FOOT]))
    code = "import sys, reviewkit as rk; page = rk.read_page(sys.argv[1]); assert len(page.lines) > 3"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "page.txt")], cwd=ROOT, check=True, timeout=60)
