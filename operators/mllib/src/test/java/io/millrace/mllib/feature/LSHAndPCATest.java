// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.feature.LSHModel.Neighbor;
import io.millrace.mllib.feature.LSHModel.SimilarPair;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Schema;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

class LSHAndPCATest {

    private static final Params PARAMS = Params.of("lsh", Map.of("inputCol", "v", "bucketLength", 2.0));

    private final LSHModel buckets =
            new BucketedRandomProjectionLSHModel(PARAMS, Matrices.dense(2, 2, new double[] {1, 0, 0, 1}));
    private final LSHModel sets = new MinHashLSHModel(PARAMS, new int[] {1, 0, 2_000_000_000, 1});

    @Test
    void cutsProjectionsIntoBuckets() {
        assertThat(buckets.hash(dense(3.9, -0.1))).containsExactly(1, -1);
        assertThat(buckets.hash(dense(4, 0))).containsExactly(2, 0);
        assertThat(buckets.distance(dense(0, 3), dense(4, 0))).isEqualTo(5);
    }

    @Test
    void findsNeighborsInTheBucketsOfTheKey() {
        List<Vector> data = List.of(dense(9, 9), dense(1, 1), dense(0.5, 30), dense(0.5, 0), dense(1, 1));
        assertThat(buckets.approxNearestNeighbors(data, dense(1, 0), 3))
                .containsExactly(new Neighbor(3, 0.5), new Neighbor(1, 1), new Neighbor(4, 1));
        assertThat(buckets.approxNearestNeighbors(data, dense(1, 0), 9)).hasSize(4);
        assertThatThrownBy(() -> buckets.approxNearestNeighbors(data, dense(1, 0), 0))
                .hasMessage("requirement failed: The number of nearest neighbors cannot be less than 1");
    }

    @Test
    void joinsWhatSharesABucketAndIsNear() {
        List<Vector> left = List.of(dense(1, 1), dense(5, 5));
        List<Vector> right = List.of(dense(5, 4.5), dense(0.5, 1), dense(1, 40), dense(2.1, 2.1));
        assertThat(buckets.approxSimilarityJoin(left, right, 10))
                .containsExactly(new SimilarPair(0, 1, 0.5), new SimilarPair(1, 0, 0.5));
        assertThat(buckets.approxSimilarityJoin(left, right, 0.5)).isEmpty();
    }

    @Test
    void takesTheLeastOfThePermutedElements() {
        assertThat(sets.hash(dense(0, 1, 5))).containsExactly(2, 2_000_000_000L * 3 % 2038074743 + 1);
        assertThat(sets.hash(Vectors.sparse(3, new int[] {0, 2}, new double[] {0, 1})))
                .as("a stored zero is no element")
                .containsExactly(3, 2_000_000_000L * 3 % 2038074743 + 1);
        assertThatThrownBy(() -> sets.hash(Vectors.zeros(3)))
                .isInstanceOf(ScoringException.class)
                .hasMessage("requirement failed: Must have at least 1 non zero entry.");
    }

    @Test
    void comparesSetsByJaccard() {
        assertThat(sets.distance(dense(1, 1, 0, 1), dense(0, 1, 1, 1))).isEqualTo(0.5);
        assertThat(sets.distance(dense(1, 0), dense(0, 0))).isEqualTo(1);
        assertThat(sets.distance(dense(1, 0), dense(1, 0).toSparse())).isEqualTo(0);
        assertThatThrownBy(() -> sets.distance(dense(0, 0), dense(0, 0)))
                .hasMessage("requirement failed: The union of two input sets must have at least 1 elements");
    }

    @Test
    void refusesWhatIsNoHash() {
        assertThatThrownBy(() ->
                        new BucketedRandomProjectionLSHModel(PARAMS.with("bucketLength", 0.0), Matrices.zeros(1, 1)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("bucketLength is 0.0, must be above 0");
        assertThatThrownBy(() ->
                        new BucketedRandomProjectionLSHModel(PARAMS.with("bucketLength", null), Matrices.zeros(1, 1)))
                .isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> new MinHashLSHModel(PARAMS, new int[3]))
                .hasMessage("3 coefficients, each table has two");
    }

    @Test
    void projectsToComponentsWithoutCentring() {
        PCAModel model = new PCAModel(
                Params.of("pca", Map.of("inputCol", "v", "k", 2L)),
                Matrices.dense(3, 2, new double[] {1, 0, 0, 0, 2, 1}),
                Vectors.dense(0.7, 0.2));
        assertThat(model.project(dense(5, 6, 7)).toArray()).containsExactly(5, 19);
        assertThat(model.project(Vectors.sparse(3, new int[] {2}, new double[] {7}))
                        .toArray())
                .containsExactly(0, 7);
        assertThat(model.numFeatures()).isEqualTo(3);
        assertThat(model.numComponents()).isEqualTo(2);
        assertThat(model.transformSchema(Schema.of(Field.of("v", DataType.VECTOR)))
                        .field("pca__output")
                        .attributeGroup()
                        .size())
                .isEqualTo(2);
        assertThatThrownBy(() -> model.project(dense(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.program(Schema.of(Field.of("v", DataType.DOUBLE))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Vector dense(double... values) {
        return Vectors.dense(values);
    }
}
