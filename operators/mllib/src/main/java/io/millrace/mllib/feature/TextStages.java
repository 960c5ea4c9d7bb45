// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The transformers of text that can be loaded: tokenizers, hashes, counts, word vectors. One line per class that Spark saves. */
public final class TextStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry("org.apache.spark.ml.feature.CountVectorizerModel", CountVectorizerModel::load),
            entry("org.apache.spark.ml.feature.FeatureHasher", FeatureHasher::load),
            entry("org.apache.spark.ml.feature.HashingTF", HashingTF::load),
            entry("org.apache.spark.ml.feature.IDFModel", IDFModel::load),
            entry("org.apache.spark.ml.feature.NGram", NGram::load),
            entry("org.apache.spark.ml.feature.RegexTokenizer", RegexTokenizer::load),
            entry("org.apache.spark.ml.feature.StopWordsRemover", StopWordsRemover::load),
            entry("org.apache.spark.ml.feature.Tokenizer", Tokenizer::load),
            entry("org.apache.spark.ml.feature.Word2VecModel", Word2VecModel::load));

    private TextStages() {}
}
