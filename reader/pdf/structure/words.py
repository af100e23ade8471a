"""What papers call their figures, tables, equations and sections, in several languages.

English, German, French, Spanish, Italian, Portuguese and Dutch; each word stands for
itself, capitalised or not, whole or as it is usually cut short.
"""

from __future__ import annotations

import re

from reader.pdf.structure.values import CaptionKind

FIGURE = (
    r"[Ff]igures?|[Ff]igs?\.?|FIGURES?|FIGS?\.?|Abbildung(?:en)?|Abbn?\.|[Ff]iguras?"
    r"|[Ff]igur[ae]|[Ff]iguren|[Ff]iguur"
)
TABLE = (
    r"[Tt]ables?|TABLES?|Tabs?\.|tabs?\.|Tabellen?|TABELLE|[Tt]ableaux?|TABLEAUX?|[Tt]abl\."
    r"|[Tt]ablas?|TABLAS?|[Cc]uadros?|[Tt]abelas?|[Qq]uadros?|[Tt]abell[ae]|[Tt]abel"
)
ALGORITHM = r"[Aa]lgorithms?|Algs?\.|Listings?|ALGORITHMS?|Algorithmus|[Aa]lgorithme|[Aa]lgoritmo"
EQUATION = (
    r"[Ee]quations?|[Ee]qn?s?\.?|EQUATIONS?|EQS?\.|Gleichung(?:en)?|Gln?\.|[\u00c9\u00e9]quations?"
    r"|[\u00c9\u00e9]qs?\.|[Ee]cuaci(?:\u00f3n|ones)|[Ee]cs?\.|[Ee]quazion[ei]"
    r"|[Ee]qua(?:\u00e7\u00e3o|\u00e7\u00f5es)|[Vv]ergelijking(?:en)?"
)
SECTION = (
    r"[Ss]ections?|[Ss]ects?\.|[Ss]ecs?\.|SECTIONS?|[Ss]ubsections?|\u00a7{1,2}|[Cc]hapters?"
    r"|[Cc]haps?\.|Abschnitt(?:en?|es)?|Abschn\.|Kapiteln?|Kap\.|[Cc]hapitres?"
    r"|[Ss]ecci(?:\u00f3n|ones)|[Cc]ap\u00edtulos?|[Ss]ezion[ei]|[Cc]apitol[oi]"
    r"|[Ss]ec?(?:\u00e7\u00e3o|\u00e7\u00f5es)|[Ss]ectie|[Hh]oofdstuk|[Pp]aragraaf"
)
APPENDIX = (
    r"[Aa]ppendix|[Aa]ppendices|[Aa]pp\.|Anhang|Anh\u00e4ngen?|[Aa]nnex(?:es|e)?|[Aa]p\u00e9ndices?"
    r"|[Aa]nexos?|[Aa]ppendic[ei]|[Aa]p\u00eandices?|[Bb]ijlage"
)
# Between two numbers; the letters only behind the plurals of Romance languages.
BETWEEN = r"and|or|to|through|und|oder|bzw\.|bis|et|ou|\u00e0|y"
BETWEEN_ROMANCE = r"a|e|o|al"

# Over a list of references, in other languages than English.
BIBLIOGRAPHY = (
    r"literatur(?:verzeichnis|liste)?|quellen(?:verzeichnis)?|r\u00e9f\u00e9rences(?: bibliographiques)?"
    r"|bibliographie|referencias(?: bibliogr\u00e1ficas)?|bibliograf[i\u00ed]a"
    r"|riferimenti(?: bibliografici)?|refer\u00eancias(?: bibliogr\u00e1ficas)?|literatuur(?:lijst)?"
)

# At the beginning of a caption, where a word is never in small letters.
CAPTION = (
    r"Figure|Fig\.?|FIGURE|FIG\.?|Abbildung|Abb\.|ABBILDUNG|Figura|FIGURA|Figuur|"
    r"Table|TABLE|Tab\.|TAB\.|Tabelle|TABELLE|Tableau|TABLEAU|Tabla|TABLA|Cuadro|CUADRO|Tabela|TABELA|"
    r"Quadro|QUADRO|Tabella|TABELLA|Tabel|"
    r"Algorithm|ALGORITHM|Algorithmus|Algorithme|Algoritmo|Listing|LISTING|Scheme|Chart"
)
_TABLE = re.compile(rf"(?:{TABLE})|Tab|TAB|CUADRO|QUADRO")
_ALGORITHM = re.compile(r"alg|lis", re.IGNORECASE)


def caption_kind(word: str) -> CaptionKind:
    """What a caption that begins with a word stands at: a figure, a table or an algorithm."""
    if _ALGORITHM.match(word):
        return "algorithm"
    return "table" if _TABLE.match(word) else "figure"
