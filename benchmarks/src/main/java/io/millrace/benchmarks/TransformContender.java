// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.ModelSource;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import io.millrace.mllib.tree.RandomForestClassificationModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;

/**
 * How many rows a second {@code transform} scores on one thread, all columns computed. The peer of Spark's program of that name, with
 * the same arguments but for the rows: {@code forest}, {@code prediction} or {@code text}, the model, rows, passes before, passes measured.
 */
public final class TransformContender {

    /** Rows of a table. */
    private static final int BATCH = 10_000;

    private TransformContender() {}

    /** Measures and ends. */
    public static void main(String[] args) {
        int rows = Integer.parseInt(args[2]);
        int warmup = Integer.parseInt(args[3]);
        double[] rates = new double[Integer.parseInt(args[4])];
        Transformer model;
        try (ModelSource source = ModelSource.resource(TransformContender.class.getClassLoader(), args[1])) {
            model = MllibModels.load(source);
        }
        Pass pass = switch (args[0]) {
            case "prediction" -> blocks((RandomForestClassificationModel) model, ScoredRows.vectors(rows));
            case "forest" -> tables(model, DataType.VECTOR, "features", List.of(ScoredRows.vectors(rows)));
            default -> tables(model, DataType.STRING, "text", ScoredRows.texts(rows));
        };
        double sum = 0;
        for (int i = -warmup; i < rates.length; i++) {
            long startNs = System.nanoTime();
            sum = pass.run();
            if (i >= 0) {
                rates[i] = rows * 1e9 / (System.nanoTime() - startNs);
            }
        }
        Figures figures = new Figures(rates);
        System.out.println(JsonLine.event("measured")
                .with("contender", "millrace")
                .with("median", figures.median())
                .with("best", figures.max())
                .with("sum", sum));
    }

    /** Scores all rows; gives the sum of the predictions. */
    private interface Pass {
        double run();
    }

    private static Pass blocks(RandomForestClassificationModel forest, Vector[] vectors) {
        double[] predictions = new double[vectors.length];
        return () -> {
            forest.predictAll(vectors, 0, predictions);
            return Arrays.stream(predictions).sum();
        };
    }

    /** Tables of a batch each: what a table has become is thrown away before the next. */
    private static Pass tables(Transformer model, DataType type, String name, List<?> values) {
        Schema schema = Schema.of(List.of(Field.of(name, type)));
        List<Table> tables = new ArrayList<>();
        for (int from = 0; from < values.size(); from += BATCH) {
            List<Row> rows = new ArrayList<>();
            for (Object value : values.subList(from, Math.min(from + BATCH, values.size()))) {
                rows.add(Row.of(schema, value));
            }
            tables.add(Table.of(schema, rows));
        }
        return () -> tables.stream()
                .mapToDouble(table -> sum(model.transform(table)))
                .sum();
    }

    private static double sum(Table scored) {
        int prediction = scored.schema().indexOf("prediction");
        double sum = 0;
        for (Row row : scored.rows()) {
            sum += row.get(prediction) instanceof Double value ? value : Double.NaN;
        }
        return sum;
    }
}
