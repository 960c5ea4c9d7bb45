// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.mllib.MllibModels;
import io.millrace.mllib.clustering.ClusteringModel;
import io.millrace.mllib.clustering.GaussianMixtureModel;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.regression.GeneralizedLinearRegressionModel;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.tuning.BestModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code predict(vector)} of every model among the cases that has it: it allocates nothing, and threads do not disturb each other. */
class TypedScoringTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int ROUNDS = 100_000;

    /** A model with the vectors of its case that it does not refuse. */
    private record Typed(String name, ToDoubleFunction<Vector> predict, boolean ofSpark, List<Vector> vectors) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Typed> models() throws IOException, URISyntaxException {
        List<Typed> all = new ArrayList<>();
        for (String folder : List.of("/mllib-cases", "/mllib-cases-more")) {
            for (CaseFiles files : CaseFiles.in(
                    Path.of(TypedScoringTest.class.getResource(folder).toURI()))) {
                if (!files.isOnline()) {
                    Transformer loaded = MllibModels.load(files.folder().resolve("model"));
                    Transformer model = loaded instanceof BestModel best ? best.bestModel() : loaded;
                    if (model instanceof PredictionModel regression) {
                        boolean ofSpark = model instanceof GeneralizedLinearRegressionModel general
                                && general.params().getString("link", "").equals("probit");
                        add(all, files, regression.featuresCol(), regression::predict, ofSpark);
                    } else if (model instanceof ClusteringModel clusters) {
                        boolean ofSpark = model instanceof GaussianMixtureModel;
                        add(all, files, clusters.featuresCol(), clusters::predict, ofSpark);
                    }
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(55);
        return all;
    }

    private static void add(
            List<Typed> all, CaseFiles files, String column, ToDoubleFunction<Vector> predict, boolean ofSpark)
            throws IOException {
        Schema schema = CaseSchema.parse((Map<?, ?>) files.json("schema.json").get("input"));
        if (!schema.contains(column) || !schema.field(column).type().equals(DataType.VECTOR)) {
            return;
        }
        List<Vector> vectors = new ArrayList<>();
        for (Map<?, ?> line : files.lines("input.jsonl")) {
            Row row = CaseValues.row(schema, line);
            if (!row.isNull(column) && isScored(predict, row.vector(column))) {
                vectors.add(row.vector(column));
            }
        }
        assertThat(vectors).as(files.name()).isNotEmpty();
        all.add(new Typed(files.name(), predict, ofSpark, vectors));
    }

    private static boolean isScored(ToDoubleFunction<Vector> predict, Vector vector) {
        try {
            var unused = predict.applyAsDouble(vector);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void allocatesNothing(Typed model) {
        List<Vector> vectors = model.vectors();
        double[] before = predictions(model);
        double[] after = new double[vectors.size()];
        // as often as it takes: before the JVM has compiled it, Spark's dot product makes a pair of its vectors to
        // match them
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long start = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < after.length; i++) {
                after[i] = model.predict().applyAsDouble(vectors.get(i));
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - start);
        }

        assertThat(after).isEqualTo(before);
        if (model.ofSpark()) {
            // the density of a mixture, the distribution of a probit link: by classes of Spark and Breeze that allocate
            assertThat(least).isLessThan(2_000L * after.length);
        } else {
            assertThat(least).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void predictsTheSameOnThreadsAtOnce(Typed model) {
        double[] expected = predictions(model);

        List<double[]> found = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> predictions(model))
                .toList();

        assertThat(found).allSatisfy(one -> assertThat(one).isEqualTo(expected));
    }

    private static double[] predictions(Typed model) {
        return model.vectors().stream().mapToDouble(model.predict()).toArray();
    }
}
