"""Languages by their codes, names and letters: tables/languages.tsv."""

from qa.resolutions.tables.read_tables import rows

LANGUAGE_NAMES = {row["code"]: row["name"] for row in rows("languages")}
LANGUAGE_OF_LETTER = {row["letter"]: row["code"] for row in rows("languages") if row["letter"]}
# Those of documents: the official languages, and German, into which some texts are translated.
LANGUAGES = {code: LANGUAGE_NAMES[code] for code in LANGUAGE_OF_LETTER.values()}
# Codes of three letters: the one to write, and all that are read.
ISO_CODES = {row["code"]: row["iso"].split("|")[0] for row in rows("languages") if row["letter"]}
LANGUAGE_OF_ISO = {
    iso: row["code"] for row in rows("languages") if row["letter"] for iso in row["iso"].split("|")
}
