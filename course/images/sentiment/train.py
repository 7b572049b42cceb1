"""Trains both versions of the model and writes each as a pickle: `train.py FOLDER`. Runs while the image is
built."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import numpy as np
from sentences import examples
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import Pipeline

#: version -> how many words in a row the model looks at
VERSIONS = {"1": 1, "2": 2}


def train(words_in_a_row: int) -> Pipeline:
    """A classifier of texts into `positive` and `negative`."""
    texts, labels = zip(*examples(), strict=True)
    model = Pipeline(
        [
            ("words", TfidfVectorizer(ngram_range=(1, words_in_a_row), sublinear_tf=True)),
            ("labels", MultinomialNB(alpha=0.3)),
        ]
    )
    model.fit(texts, labels)
    # Processors add floating-point numbers up in different orders: what may differ is rounded off.
    bayes, tfidf = model["labels"], model["words"]._tfidf
    bayes.feature_log_prob_ = np.round(bayes.feature_log_prob_, 6)
    bayes.feature_count_ = np.round(bayes.feature_count_, 6)
    bayes.class_log_prior_ = np.round(bayes.class_log_prior_, 6)
    tfidf.idf_ = np.round(tfidf.idf_, 6)
    return model


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for version, words_in_a_row in VERSIONS.items():
        (folder / f"{version}.pickle").write_bytes(pickle.dumps(train(words_in_a_row), protocol=5))


if __name__ == "__main__":
    main()
