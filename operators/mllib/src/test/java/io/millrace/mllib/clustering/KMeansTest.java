// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.SavedCopy;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KMeansTest {

    private static final Params PARAMS = Params.of("kmeans", Map.of());

    @TempDir
    private Path directory;

    @Test
    void givesAPointToTheFirstOfTheNearestCenters() {
        KMeansModel model = new KMeansModel(PARAMS, List.of(dense(1, 0), dense(-1, 0), dense(-1, 0)));
        assertThat(model.predict(dense(0, 5))).isEqualTo(0);
        assertThat(model.predict(dense(-2, 0))).isEqualTo(1);
        assertThat(model.predict(Vectors.sparse(2, new int[] {0}, new double[] {-2})))
                .isEqualTo(1);
        assertThat(model.squaredDistance(dense(-2, 1))).isEqualTo(2);
        assertThat(model.k()).isEqualTo(3);
        assertThat(model.numFeatures()).isEqualTo(2);
    }

    @Test
    void findsTheSameWithAndWithoutTriangles() {
        Random random = new Random(4);
        for (int k : new int[] {1, 2, 50, 1_200}) {
            List<Vector> centers = new ArrayList<>();
            for (int i = 0; i < k; i++) {
                centers.add(dense(random.nextGaussian(), random.nextGaussian(), 0));
            }
            NearestCenter nearest = new NearestCenter(centers);
            for (int i = 0; i < 500; i++) {
                Vector point = dense(random.nextGaussian(), random.nextGaussian(), random.nextInt(2));
                int expected = 0;
                for (int c = 1; c < k; c++) {
                    if (Vectors.sqdist(centers.get(c), point) < Vectors.sqdist(centers.get(expected), point)) {
                        expected = c;
                    }
                }
                assertThat(nearest.find(point)).as("%s of %s", point, k).isEqualTo(expected);
                assertThat(nearest.find(point.toSparse())).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesPointsThatHaveNoDistance() {
        KMeansModel model = new KMeansModel(PARAMS, List.of(dense(3, 4), dense(0, 0)));
        assertThatThrownBy(() -> model.predict(dense(1)))
                .isInstanceOf(ScoringException.class)
                .hasMessage("requirement failed: Both vectors should have same length, found v1 is 2 while v2 is 1");
        assertThatThrownBy(() -> model.predict(dense(1, Double.NaN)))
                .hasMessage("requirement failed: Both norms should be greater or equal to 0.0, found norm1=5.0,"
                        + " norm2=NaN");
    }

    @Test
    void refusesCentersThatHaveNoDistance() {
        assertThatThrownBy(() -> new KMeansModel(PARAMS, List.of())).hasMessage("no cluster centers");
        assertThatThrownBy(() -> new KMeansModel(PARAMS, List.of(dense(1, 2), dense(1))))
                .hasMessage("cluster center 1 has size 1, the first has 2");
        assertThatThrownBy(() -> new KMeansModel(PARAMS, List.of(dense(1, Double.NaN))))
                .hasMessage("cluster center 0 holds NaN");
    }

    @Test
    void readsArraysOfNumbers() {
        KMeansModel model = new KMeansModel(PARAMS, List.of(dense(1, 0), dense(-1, 0)));
        Schema doubles = Schema.of(Field.of("features", new DataType.Array(DataType.DOUBLE, false)));
        Table scored = model.transform(Table.of(doubles, List.of(Row.of(doubles, List.of(-3.0, 0.0)))));
        assertThat(scored.row(0).get("prediction")).isEqualTo(1);
        Schema floats = Schema.of(Field.of("features", new DataType.Array(DataType.FLOAT, false)));
        scored = model.transform(Table.of(floats, List.of(Row.of(floats, List.of(3f, 0f)))));
        assertThat(scored.row(0).get("prediction")).isEqualTo(0);

        Schema withNulls = Schema.of(Field.of("features", DataType.arrayOf(DataType.DOUBLE)));
        assertThatThrownBy(() -> model.program(withNulls))
                .hasMessageStartingWith("requirement failed: Column features must be of type equal to one of");
    }

    @Test
    void writesNoColumnThatHasNoName() throws IOException {
        Path model = SavedCopy.of("kmeans", directory)
                .with("metadata", "\"predictionCol\":\"prediction\"", "\"predictionCol\":\"\"")
                .path();
        Schema schema = Schema.of(Field.of("features", DataType.VECTOR));
        assertThat(MllibModels.load(model).transformSchema(schema)).isEqualTo(schema);
    }

    @Test
    void refusesAColumnThatIsThere() {
        KMeansModel model = new KMeansModel(PARAMS, List.of(dense(1)));
        Schema schema = Schema.of(Field.of("features", DataType.VECTOR), Field.of("prediction", DataType.DOUBLE));
        assertThatThrownBy(() -> model.program(schema))
                .hasMessage("requirement failed: Column prediction already exists.");
    }

    private static Vector dense(double... values) {
        return Vectors.dense(values);
    }
}
