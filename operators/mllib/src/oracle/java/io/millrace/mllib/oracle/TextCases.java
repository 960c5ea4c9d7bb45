// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import org.apache.spark.ml.*;
import org.apache.spark.ml.classification.*;
import org.apache.spark.ml.clustering.*;
import org.apache.spark.ml.evaluation.*;
import org.apache.spark.ml.feature.*;
import org.apache.spark.ml.fpm.*;
import org.apache.spark.ml.linalg.*;
import org.apache.spark.ml.recommendation.*;
import org.apache.spark.ml.regression.*;
import org.apache.spark.ml.tuning.*;
import org.apache.spark.sql.*;

/** Words and hashing. */
final class TextCases extends CaseList {

    TextCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        String words = "transform(tokens, x -> concat(x, 'ﬁ', 'İ', 'ß', '𝒳', cast(k as string))) as uni";
        String txt = "concat(' İ\u2003x\u00a0y\u3000', text, '\u0085ΑΣ ΣΑΣ 𝒳y\t\n', cat) as txt";
        make(
                "o-tokenizer",
                "feature/Tokenizer",
                EXACT,
                s("text"),
                () -> new Tokenizer().setInputCol("text").setOutputCol("out"));
        make(
                "o-regextok-keepcase",
                "feature/RegexTokenizer",
                EXACT,
                s("text"),
                () -> new RegexTokenizer()
                        .setInputCol("text")
                        .setOutputCol("out")
                        .setPattern("\\W+")
                        .setToLowercase(false)
                        .setMinTokenLength(3));
        make(
                "o-regextok-tokens",
                "feature/RegexTokenizer",
                EXACT,
                s("text"),
                () -> new RegexTokenizer()
                        .setInputCol("text")
                        .setPattern("[a-z]+")
                        .setGaps(false));
        make(
                "o-stopwords-german",
                "feature/StopWordsRemover",
                EXACT,
                s("tokens"),
                () -> new StopWordsRemover()
                        .setInputCol("tokens")
                        .setOutputCol("out")
                        .setCaseSensitive(true)
                        .setStopWords(s("the", "a", "ÄÖ", "I")));
        make(
                "o-stopwords-default",
                "feature/StopWordsRemover",
                EXACT,
                s("tokens"),
                () -> new StopWordsRemover().setInputCol("tokens").setOutputCol("out"));
        make(
                "o-stopwords-multi-tr",
                "feature/StopWordsRemover",
                EXACT,
                s("tokens"),
                () -> new StopWordsRemover()
                        .setInputCols(s("tokens", "tokens"))
                        .setOutputCols(s("o1", "o2"))
                        .setLocale("tr_TR")
                        .setStopWords(s("i", "QUICK")));
        make(
                "o-ngram-3",
                "feature/NGram",
                EXACT,
                s("tokens"),
                () -> new NGram().setN(3).setInputCol("tokens").setOutputCol("out"));
        make(
                "o-hashingtf-13",
                "feature/HashingTF",
                EXACT,
                s("tokens"),
                () -> new HashingTF().setNumFeatures(13).setInputCol("tokens").setOutputCol("out"));
        make(
                "o-featurehasher-all",
                "feature/FeatureHasher",
                EXACT,
                s("a", "k", "l", "f", "flag", "cat", "cat2"),
                () -> new FeatureHasher()
                        .setInputCols(s("a", "k", "l", "f", "flag", "cat", "cat2"))
                        .setNumFeatures(64)
                        .setCategoricalCols(s("k", "l", "f"))
                        .setOutputCol("out"));
        make(
                "o-featurehasher-plain",
                "feature/FeatureHasher",
                EXACT,
                s("b", "k", "flag", "cat2"),
                () -> new FeatureHasher()
                        .setInputCols(s("b", "k", "flag", "cat2"))
                        .setOutputCol("out"));
        make(
                "o-countvec",
                "feature/CountVectorizer",
                EXACT,
                s("tokens"),
                () -> new CountVectorizer()
                        .setInputCol("tokens")
                        .setOutputCol("out")
                        .setMinTF(0.3)
                        .setVocabSize(7)
                        .fit(t));
        make(
                "o-countvec-binary",
                "feature/CountVectorizer",
                EXACT,
                s("tokens"),
                () -> new CountVectorizer()
                        .setInputCol("tokens")
                        .setOutputCol("out")
                        .setBinary(true)
                        .setMinTF(2)
                        .setMinDF(3)
                        .fit(t));
        make(
                "o-idf-min",
                "feature/IDF",
                EXACT,
                s("pos"),
                () -> new IDF()
                        .setInputCol("pos")
                        .setOutputCol("out")
                        .setMinDocFreq(200)
                        .fit(t));
        make(
                "o-word2vec",
                "feature/Word2Vec",
                NEAR,
                s("tokens"),
                () -> new Word2Vec()
                        .setInputCol("tokens")
                        .setOutputCol("out")
                        .setVectorSize(5)
                        .setMinCount(3)
                        .setSeed(1)
                        .fit(t));
        make(
                "q-hasher-types",
                "feature/FeatureHasher",
                EXACT,
                s(
                        "cast(k as short) as sh",
                        "cast(k as byte) as by",
                        "cast(b as decimal(10,3)) as de",
                        "k",
                        "l",
                        "f",
                        "flag",
                        "cat"),
                () -> new FeatureHasher()
                        .setInputCols(s("sh", "by", "de", "k", "l", "f", "flag", "cat"))
                        .setNumFeatures(100)
                        .setCategoricalCols(s("sh", "by", "de", "f"))
                        .setOutputCol("o"));
        make(
                "q-hasher-types-num",
                "feature/FeatureHasher",
                EXACT,
                s("cast(k as short) as sh", "cast(k as byte) as by", "cast(b as decimal(10,3)) as de", "a"),
                () -> new FeatureHasher()
                        .setInputCols(s("sh", "by", "de", "a"))
                        .setNumFeatures(1000)
                        .setOutputCol("o"));
        make(
                "q-uni-hashing",
                "feature/HashingTF",
                EXACT,
                s(words),
                () -> new HashingTF().setInputCol("uni").setOutputCol("o").setNumFeatures(1000));
        make(
                "q-uni-stop",
                "feature/StopWordsRemover",
                EXACT,
                s(words),
                () -> new StopWordsRemover()
                        .setInputCol("uni")
                        .setOutputCol("o")
                        .setStopWords(s("theﬁi̇ß𝒳1", "AFİİSS𝒳2", "streamﬁi̇ß𝒳3")));
        make(
                "q-uni-tok",
                "feature/Tokenizer",
                EXACT,
                s(txt),
                () -> new Tokenizer().setInputCol("txt").setOutputCol("o"));
        make(
                "q-uni-regtok",
                "feature/RegexTokenizer",
                EXACT,
                s(txt),
                () -> new RegexTokenizer()
                        .setInputCol("txt")
                        .setOutputCol("o")
                        .setPattern("[\\W&&[^ß]]+")
                        .setMinTokenLength(0));
        make(
                "q-uni-regtok2",
                "feature/RegexTokenizer",
                EXACT,
                s(txt),
                () -> new RegexTokenizer()
                        .setInputCol("txt")
                        .setOutputCol("o")
                        .setPattern("(?u)\\p{L}{2,}|.")
                        .setGaps(false)
                        .setMinTokenLength(2));
    }
}
