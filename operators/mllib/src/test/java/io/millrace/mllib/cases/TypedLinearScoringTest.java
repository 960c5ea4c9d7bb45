// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.classification.LogisticRegressionModel;
import io.millrace.mllib.model.ClassificationModel;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.regression.IsotonicRegressionModel;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import io.millrace.mllib.tuning.BestModel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.ml.linalg.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scoring vectors one by one gives what scoring a table gives, on any thread. */
class TypedLinearScoringTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lr-binomial",
                "lr-multinomial",
                "svc",
                "nb-gaussian",
                "nb-multinomial",
                "nb-complement",
                "nb-bernoulli",
                "mlp",
                "fm-class",
                "fm-reg",
                "ovr-lr",
                "linreg",
                "glm-tweedie",
                "aft",
                "crossvalidator-lr",
                "trainvalidation-linreg"
            })
    void predictsAsTheTable(String name) throws Exception {
        Scored scored = Scored.of(name);
        for (Row row : scored.table.rows()) {
            Vector features = row.vector(scored.model.featuresCol());
            double expected = row.getDouble(scored.model.predictionCol());
            if (scored.model instanceof LogisticRegressionModel regression && onTheThreshold(regression, row)) {
                continue;
            }
            assertThat(scored.model.predict(features))
                    .as("row %s", row.get("id"))
                    .isEqualTo(Double.valueOf(expected));
            if (scored.model instanceof ClassificationModel classifier) {
                assertThat(classifier.predictRaw(features)).isEqualTo(row.get(classifier.rawPredictionCol()));
            }
        }
    }

    private static boolean onTheThreshold(LogisticRegressionModel model, Row row) {
        return !model.isMultinomial()
                && Math.abs(row.vector(model.probabilityCol()).apply(1) - model.threshold()) < 1e-12;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "nb-gaussian", "ovr-lr", "fm-class"})
    void predictsOnSeveralThreadsAtOnce(String name) throws Exception {
        Scored scored = Scored.of(name);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread;
                all.add(threads.submit(() -> {
                    boolean same = true;
                    for (int i = 0; i < 20_000; i++) {
                        Row row = scored.table.row((first + i) % scored.table.size());
                        same &= scored.model.predict(row.vector(scored.model.featuresCol()))
                                == row.getDouble(scored.model.predictionCol());
                    }
                    return same;
                }));
            }
            for (Future<Boolean> thread : all) {
                assertThat(thread.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void predictsAnIsotonicValueByItself() throws Exception {
        IsotonicRegressionModel model =
                MllibModels.load(Scored.folder("isotonic").resolve("model"), IsotonicRegressionModel.class);
        for (Row row : model.transform(Scored.input("isotonic")).rows()) {
            if (!row.isNull("x")) {
                assertThat(model.predict(row.getDouble("x"))).isEqualTo(row.getDouble("prediction"));
            }
        }
    }

    /** The rows of a case, scored as a table. */
    private record Scored(PredictionModel model, Table table) {

        static Scored of(String name) throws IOException, URISyntaxException {
            var loaded = MllibModels.load(folder(name).resolve("model"));
            PredictionModel model = (PredictionModel) (loaded instanceof BestModel best ? best.bestModel() : loaded);
            List<Row> rows = new ArrayList<>();
            Schema output = loaded.transformSchema(input(name).schema());
            for (Row row : input(name).rows()) {
                try {
                    rows.addAll(loaded.transform(Table.of(row.schema(), List.of(row)))
                            .rows());
                } catch (ScoringException refused) {
                    assertThatThrownBy(() -> model.predict(row.vector(model.featuresCol())))
                            .isInstanceOf(RuntimeException.class)
                            .hasMessage(refused.getMessage());
                }
            }
            assertThat(rows).isNotEmpty();
            return new Scored(model, Table.of(output, rows));
        }

        static Table input(String name) throws IOException, URISyntaxException {
            CaseFiles files = new CaseFiles(folder(name), Map.of());
            Schema schema =
                    CaseSchema.parse((Map<?, ?>) files.json("schema.json").get("input"));
            List<Row> rows = new ArrayList<>();
            for (Map<?, ?> line : files.lines("input.jsonl")) {
                rows.add(CaseValues.row(schema, line));
            }
            return Table.of(schema, rows);
        }

        static Path folder(String name) throws URISyntaxException {
            return Path.of(TypedLinearScoringTest.class
                            .getResource("/mllib-cases")
                            .toURI())
                    .resolve(name);
        }
    }
}
