// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.SavedCopy;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.storage.TestRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

class LDATest {

    private static final Params PARAMS = Params.of("lda", Map.of());
    /** Terms 0 and 1 are of topic 0, term 2 of topic 1. */
    private static final Matrix TOPICS = Matrices.dense(3, 2, new double[] {50, 50, 0.1, 0.1, 0.1, 100});

    private static final Vector PRIOR = Vectors.dense(0.5, 0.5);

    private final LocalLDAModel model = new LocalLDAModel(PARAMS, TOPICS, PRIOR, 100);

    @Test
    void tellsTheTopicsOfADocument() {
        double[] first = model.topicDistribution(Vectors.dense(10, 10, 0)).toArray();
        assertThat(first[0]).isGreaterThan(0.9);
        assertThat(Arrays.stream(first).sum()).isCloseTo(1, within(1e-12));
        double[] second = model.topicDistribution(Vectors.sparse(3, new int[] {2}, new double[] {7}))
                .toArray();
        assertThat(second[1]).isGreaterThan(0.9);
        assertThat(model.topicDistribution(Vectors.dense(10, 10, 0)).toArray())
                .as("the same each time")
                .isEqualTo(first);
    }

    @Test
    void knowsNothingOfADocumentWithoutTerms() {
        assertThat(model.topicDistribution(Vectors.zeros(3))).isEqualTo(Vectors.dense(0, 0));
        assertThat(model.topicDistribution(Vectors.sparse(3, new int[] {1}, new double[] {0})))
                .isEqualTo(Vectors.dense(0, 0));
    }

    @Test
    void takesShortDocumentsAndRefusesUnknownTerms() {
        assertThat(model.topicDistribution(Vectors.dense(4, 4)).apply(0)).isGreaterThan(0.9);
        assertThatThrownBy(() -> model.topicDistribution(Vectors.dense(1, 1, 1, 1)))
                .isInstanceOf(ScoringException.class)
                .hasMessage("(3,0) not in [-3,3) x [-2,2)");
        assertThatThrownBy(() -> model.topicDistribution(Vectors.sparse(9, new int[] {0, 5}, new double[] {1, 1})))
                .hasMessage("(5,0) not in [-3,3) x [-2,2)");
    }

    @Test
    void comesToAnEndOnNumbersThatAreNoCounts() {
        for (double bad : new double[] {-1, -0.3, -50, -1e9, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
            Vector document = Vectors.dense(1, bad, 2);
            try {
                assertThat(model.topicDistribution(document).size()).isEqualTo(2);
            } catch (ScoringException e) {
                assertThat(e).hasMessageContaining("are counts negative?");
            }
        }
    }

    @Test
    void refusesWhatAreNoTopics() {
        refused("2 topics, a concentration of documents of size 3", TOPICS, Vectors.zeros(3), 100);
        refused("gammaShape is 0.0, must be above 0", TOPICS, PRIOR, 0);
        refused("docConcentration holds NaN, must not be negative", TOPICS, Vectors.dense(1, Double.NaN), 100);
        refused(
                "the topics hold -1.0 for term 0 in topic 1, must not be negative",
                Matrices.dense(1, 2, new double[] {1, -1}),
                PRIOR,
                100);
    }

    @Test
    void readsTheTopicsFromTheVerticesOfTerms() {
        Matrix topics = DistributedLDAModel.topics(
                List.of(vertex(3, 9, 9), vertex(-1, 1, 2), vertex(-3, 5, 6), vertex(-2, 3, 4)), 3, 2);
        assertThat(topics.toArray()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThatThrownBy(() -> DistributedLDAModel.topics(List.of(vertex(-4, 1, 2)), 3, 2))
                .isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> DistributedLDAModel.topics(List.of(vertex(Long.MIN_VALUE, 1, 2)), 3, 2))
                .isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> DistributedLDAModel.topics(List.of(vertex(-1, 1)), 3, 2))
                .isInstanceOf(ModelFormatException.class);
    }

    @Test
    void loadsAModelByItsClass() {
        assertThat(MllibModels.load(SavedCopy.original("lda-online"), LocalLDAModel.class)
                        .k())
                .isEqualTo(3);
    }

    private static ParquetRow vertex(long id, double... weights) {
        return TestRows.row(Map.of("id", id, "topicWeights", TestRows.vector(weights)));
    }

    private static void refused(String message, Matrix topics, Vector prior, double gammaShape) {
        assertThatThrownBy(() -> new LocalLDAModel(PARAMS, topics, prior, gammaShape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
