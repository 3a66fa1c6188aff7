"""The files of a generation, and the version of the rules by which they are made."""

TEXTS_FOLDER = "texts"
COLUMNS_FOLDER = "columns"
ENCODED_FOLDER = "encoded"  # a vector for each passage
CONTEXTS_FOLDER = "contexts"  # a vector for each resolution: what it is about
CENTRES_FILE = "centres.npy"  # the mean direction of each resolution's operative paragraphs
WORDS_FOLDER = "words"  # of passages
CONTEXT_WORDS_FOLDER = "context_words"  # of what resolutions are about
TERMS_FILE = "terms.json"  # terms of validity of each resolution
# How texts are read, stored and embedded: the number goes up with any change of these rules.
TEMPLATE = "chapeau, text; title, subjects; 9"
