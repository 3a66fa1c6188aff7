"""The words by which people name paragraphs and count them, in the languages they write in."""

from collections.abc import Mapping

from qa.resolutions.cite.numbers import ORDINALS
from qa.resolutions.model import Kind
from qa.resolutions.tables.phrase_patterns import any_of

_PARA = r"(?:para(?:graph)?s?|clauses?|recitals?|¶¶?|§§?)"
KIND_WORDS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.NOTE,
        (
            r"(?<!supra )(?<!infra )(?:foot\s?-?notes?|end\s?notes?|notes?|fn|nn?(?=\.\s?\d)|"
            r"note de bas de page|nota al pie|notas?|fu(?:ß|ss)note|сноска|примечание)"
        ),
    ),
    (
        Kind.PREAMBULAR,
        (
            rf"p(?:re|er)amb(?:ular|le|ulatory)?\.?,?\s+{_PARA}|pmbl\.?,?\s*{_PARA}|"
            r"p(?:re|er)ambulatory|pps?|pcs?|"
            r"preambular|recitals?|alinéas? du préambule|párrafos? del preámbulo|alinéas?|"
            r"präamb(?:el|ular)\W?(?:abs(?:atz|ätze)?|paragraph)(?:es|en|n|s)?|"
            r"paragraphes? (?:préambulaires?|du préambule)|preamb(?:u|o)la(?:i|r)re?\w? alinea\w*|"
            r"p(?:á|a)r(?:á|a)?(?:gra|rra)fos? (?:preambulares?|do preâmbulo)|"
            r"(?:capoversi?|capoverso|paragraf[io]) (?:preambolar[ei]|del preambolo)|"
            r"преамбульн\w+ (?:пункт|абзац)\w*|akapit\w* preambuły|"
            r"considérants?|considerandos?|erwägungsgr(?:und|ünde)|al(?=\.? ?\d+ du pr)|alinea"
        ),
    ),
    (
        Kind.OPERATIVE,
        (
            rf"op(?:erative)?\.?,?\s+{_PARA}|operative\s+(?:clauses?|points?)|operatives?|"
            r"ops?|ocs?|(?:sub-?)?para(?:graph)?s?|paragraphes?|párrafos?|parrafos?|párrs?|parrs?|"
            r"pars?|paragrafi|paragrafo|parágrafos?|parágs?|paragra(?:af|fen|fie|f)|clauses?|points?|"
            r"punto|punt|punkt|pkt|lid|ust|nrn?(?=\.)|n\.[ºo°]|"
            r"пункт\w*|абзац\w*|пп?(?=\.)|[لب]?ال?فقر(?:ة|ات|تان|تين)|للفقر(?:ة|ات|تين)|فقرة|"
            r"stycke|stk|odst(?:avec|avce)?|madde|fıkra|bekezdés|alin|bod(?=\.? ?\d)|"
            r"ziffern?|ziff|absatz(?:es)?|absätzen?|abs|¶¶?|§§?"
        ),
    ),
)
# One of several: after them, numbers with blanks between are a list, "paragraphs 11 27".
PLURAL_WORD = r"(?:paras|paragraphs|clauses|points|ops|pps|ocs|notes|recitals|¶¶|§§|párrafos|párrs)"
PREAMBLE_WORD = (
    r"(?:preamble|préambule|preámbulo|preâmbulo|preambolo|preambule|präambel|preambu\w+|pmbl|"
    r"преамбул\w+|(?:ال)?ديباجة|ingressen|önsöz\w*|序言(?:部分)?)"
)
_OF = r"(?:(?:of|in|from|to)\s+the|du|del|dello|della|do|der|van\s+de|в|i|из|من)"
OF_PREAMBLE = rf",?\s+{_OF}?\s*{PREAMBLE_WORD}"
# Before and after a paragraph, the item in it that is meant: "(b) of paragraph 7", "lit. b".
ITEM_WORD = (
    r"(?:sub-?\s?para(?:graph)?s?|items?|al(?:inéa)?s?|lettres?|letter[ae]|lett?|litt?|"
    r"buchst(?:abe)?|incisos?|"
    r"apartados?|apdo|alíneas?|letters?|letra|подпункт\w*|пп)"
)

_ORDINAL_SERIES = (
    "première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "primera segunda tercera cuarta quinta sexta séptima octava novena décima undécima duodécima",
    "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
    "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
    "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
    "erster zweiter dritter vierter fünfter sechster siebter achter neunter zehnter",
    "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte",
    "ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten",
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende",
    "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый",
    "первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого",
    "первом втором третьем четвертом пятом шестом седьмом восьмом девятом десятом",
    "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة",
    "pierwszy drugi trzeci czwarty piąty szósty siódmy ósmy dziewiąty dziesiąty",
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde",
)
# From 1; negative numbers count from the end.
TYPED_ORDINALS: Mapping[str, int] = {
    word: number + 1 for words in _ORDINAL_SERIES for number, word in enumerate(words.split())
} | dict(ORDINALS)
TYPED_ORDINAL = any_of(TYPED_ORDINALS, blank=" ")
