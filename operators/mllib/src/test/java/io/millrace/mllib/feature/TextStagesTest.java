// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class TextStagesTest {

    private static Params params(Object... namesAndValues) {
        Map<String, Object> set = new HashMap<>(Map.of("inputCol", "in", "outputCol", "out"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            set.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Params.of("stage", set);
    }

    /** The numbers come from Spark's own Murmur3_x86_32. */
    @ParameterizedTest
    @CsvSource({
        "'', 142593372, 142593372",
        "a, 1485273170, -1293573533",
        "spark, 2101843105, -226056714",
        "Straße, -1529657667, -816207737",
        "流, -1505925386, -1751164473",
        "kafka!!, -414595011, -1211432691"
    })
    void hashesTextsAsSparkBeforeAndSince3(String text, int before, int since) {
        assertThat(SparkHash.of(text, true)).isEqualTo(before);
        assertThat(SparkHash.of(text, false)).isEqualTo(since);
    }

    @Test
    void cutsWordsAsThePatternDoes() {
        Random random = new Random(1);
        String letters = " \t\n\u000b\f\rab\u00a0\u2028\u0085Z\u0130\ud83d\ude00";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(new Tokenizer(params()).tokens(text.toString()))
                    .containsExactly(text.toString().toLowerCase(Locale.ROOT).split("\\s"));
        }
    }

    @Test
    void hashesOtherValues() {
        assertThat(SparkHash.of(true, false)).isEqualTo(-559580957);
        assertThat(SparkHash.of((byte) 1, false)).isEqualTo(-559580957);
        assertThat(SparkHash.of(-5L, false)).isEqualTo(424949597);
        assertThat(SparkHash.of(0.5f, false)).isEqualTo(-1566289315);
        assertThat(SparkHash.of(-0.0, false)).isEqualTo(-853646085);
        assertThat(SparkHash.of(null, false)).isEqualTo(42);
    }

    @Test
    void refusesTermsThatSparkDoesNotHash() {
        HashingTF hashing = new HashingTF(params("numFeatures", 8L));
        assertThatThrownBy(() -> hashing.counts(List.of(BigDecimal.ONE)))
                .isInstanceOf(ScoringException.class)
                .hasMessageContaining("does not support type java.math.BigDecimal");
    }

    @Test
    void countsOrMarksTerms() {
        List<String> terms = List.of("a", "b", "a", "a");
        HashingTF counting = new HashingTF(params("numFeatures", 1000L));
        int a = counting.indexOf("a");
        assertThat(counting.counts(terms).apply(a)).isEqualTo(3.0);
        assertThat(new HashingTF(params("numFeatures", 1000L, "binary", true))
                        .counts(terms)
                        .apply(a))
                .isEqualTo(1.0);
        assertThat(new HashingTF(params("numFeatures", 1L)).counts(terms))
                .isEqualTo(Vectors.sparse(1, new int[] {0}, new double[] {4.0}));
        assertThatThrownBy(() -> new HashingTF(params("numFeatures", 0L))).isInstanceOf(ModelFormatException.class);
    }

    @Test
    void leavesOutCountsBelowMinTF() {
        List<String> vocabulary = List.of("a", "b", "c");
        List<String> document = Arrays.asList("a", "b", "a", null, "other", "c", "c", "c", "a", "x");
        CountVectorizerModel share = new CountVectorizerModel(params("minTF", 0.3), vocabulary);
        assertThat(share.counts(document)).isEqualTo(Vectors.sparse(3, new int[] {0, 2}, new double[] {3, 3}));
        CountVectorizerModel two = new CountVectorizerModel(params("minTF", 4.0, "binary", true), vocabulary);
        assertThat(two.counts(document).numNonzeros()).isZero();
        assertThatThrownBy(() -> new CountVectorizerModel(params(), List.of("a", "a")))
                .hasMessageContaining("\"a\" twice");
        assertThatThrownBy(() -> new CountVectorizerModel(params("minTF", "NaN"), vocabulary))
                .isInstanceOf(ModelFormatException.class);
    }

    @Test
    void averagesWordVectors() {
        Word2VecModel model = new Word2VecModel(params("vectorSize", 2L), Map.of("a", new float[] {1, 2}));
        assertThat(model.mean(List.of("a", "?"))).isEqualTo(Vectors.dense(0.5, 1.0));
        assertThat(model.mean(List.of()).getClass().getSimpleName()).isEqualTo("SparseVector");
        assertThatThrownBy(() -> new Word2VecModel(params("vectorSize", 3L), Map.of("a", new float[] {1, 2})))
                .hasMessageContaining("has 2 entries, vectorSize is 3");
    }

    @Test
    void comparesStopWordsInTheLocale() {
        List<String> words = Arrays.asList("I", "i", "ı", null);
        assertThat(new StopWordsRemover(params("stopWords", List.of("i"))).keep(words))
                .containsExactly("ı", null);
        assertThat(new StopWordsRemover(params("stopWords", List.of("ı"), "locale", "tr")).keep(words))
                .containsExactly("i", null);
        assertThat(new StopWordsRemover(params("stopWords", List.of("i"), "caseSensitive", true)).keep(words))
                .containsExactly("I", "ı", null);
    }

    @Test
    void joinsNeighbouringWords() {
        NGram three = new NGram(params("n", 3L));
        assertThat(three.grams(Arrays.asList("a", null, "c", "d"))).containsExactly("a null c", "null c d");
        assertThat(three.grams(List.of("a", "b"))).isEmpty();
        assertThatThrownBy(() -> new NGram(params("n", 0L))).isInstanceOf(ModelFormatException.class);
    }

    @Test
    void cutsByGapsOrTakesMatches() {
        assertThat(new RegexTokenizer(params("pattern", ",", "minTokenLength", 0L)).tokens(",A,,b,"))
                .containsExactly("", "a", "", "b");
        assertThat(new RegexTokenizer(
                                params("pattern", "[A-Z]+", "gaps", false, "toLowercase", false, "minTokenLength", 2L))
                        .tokens("aBCdEfGHI"))
                .containsExactly("BC", "GHI");
        assertThatThrownBy(() -> new RegexTokenizer(params("minTokenLength", -1L)))
                .isInstanceOf(ModelFormatException.class);
    }

    @Test
    void addsUpCollisionsInTheOrderOfTheColumns() {
        Schema schema =
                Schema.of(Field.of("x", DataType.DOUBLE), Field.of("n", DataType.LONG), Field.of("s", DataType.STRING));
        FeatureHasher hasher = new FeatureHasher(
                Params.of("h", Map.of("inputCols", List.of("x", "n", "s"), "outputCol", "out", "numFeatures", 1L)));
        Table scored = hasher.transform(
                Table.of(schema, List.of(Row.of(schema, 1e17, 3L, "t"), Row.of(schema, null, null, null))));
        assertThat(scored.row(0).vector("out"))
                .isEqualTo(Vectors.sparse(1, new int[] {0}, new double[] {1e17 + 3 + 1}));
        assertThat(scored.row(1).vector("out").numActives()).isZero();
    }

    @Test
    void refusesColumnsOfAnotherType() {
        Schema schema = Schema.of(Field.of("in", DataType.DOUBLE));
        assertThatThrownBy(() -> new NGram(params()).transformSchema(schema)).hasMessageContaining("array<string>");
        assertThatThrownBy(() -> new HashingTF(params()).transformSchema(schema))
                .hasMessageContaining("array");
        assertThatThrownBy(() -> new RegexTokenizer(params()).transformSchema(schema))
                .hasMessageContaining("string");
        assertThatThrownBy(() -> new IDFModel(params(), Vectors.dense(1, 2)).transformSchema(schema))
                .hasMessageContaining("VectorUDT");
    }
}
