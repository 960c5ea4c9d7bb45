// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A folder of cases. Each model is saved, loaded again, and given rows of plain columns, without metadata. */
final class CaseFolder {

    private static final int ROWS = 40;

    private final SparkSession spark;
    private final Path folder;
    private final long seed;
    private final Pattern wanted;
    private int made;
    private int notMade;

    CaseFolder(SparkSession spark, Path folder, long seed, Pattern wanted) {
        this.spark = spark;
        this.folder = folder;
        this.seed = seed;
        this.wanted = wanted;
    }

    void make(String name, String family, String compare, String[] columns, CaseList.Model training) {
        if (!wanted.matcher(name).matches()) {
            return;
        }
        Path dir = folder.resolve(name);
        try {
            Transformer trained = training.get();
            Files.createDirectories(dir);
            String saved = dir.resolve("model").toString();
            ((MLWritable) trained).write().overwrite().save(saved);
            Transformer model = (Transformer)
                    trained.getClass().getMethod("load", String.class).invoke(null, saved);
            Dataset<Row> chosen =
                    TrainingRows.make(spark, seed * 31 + 7, ROWS, true).selectExpr(withId(columns));
            StructType schema = plain(chosen.schema());
            List<Row> rows = chosen.collectAsList();
            Files.writeString(dir.resolve("input.jsonl"), CaseText.lines(rows));
            StructType output = answer(dir, model, rows, schema);
            Files.writeString(
                    dir.resolve("schema.json"),
                    "{\"input\":" + CaseText.schema(schema) + ",\n\"output\":" + CaseText.schema(output) + "}");
            Files.writeString(
                    dir.resolve("case.json"),
                    describe(name, family, trained.getClass().getName(), compare, rows.size()));
            made++;
        } catch (Exception | AssertionError e) {
            notMade++;
            System.err.println("not made " + name + ": " + CaseText.cause(e));
        }
    }

    private StructType answer(Path dir, Transformer model, List<Row> rows, StructType schema) throws IOException {
        Path expected = dir.resolve("expected.jsonl");
        try {
            Dataset<Row> scored =
                    model.transform(spark.createDataFrame(rows, schema).coalesce(1));
            Files.writeString(expected, CaseText.lines(scored.collectAsList()));
            return scored.schema();
        } catch (Exception | AssertionError whole) {
            StructType output = schema;
            StringBuilder lines = new StringBuilder();
            StringJoiner refused = new StringJoiner(",\n");
            for (Row row : rows) {
                try {
                    Dataset<Row> scored = model.transform(spark.createDataFrame(List.of(row), schema));
                    lines.append(CaseText.lines(scored.collectAsList()));
                    output = scored.schema();
                } catch (Exception | AssertionError e) {
                    refused.add("{\"id\":" + row.get(0) + ",\"error\":" + CaseText.error(e) + "}");
                }
            }
            Files.writeString(expected, lines);
            Files.writeString(
                    dir.resolve("error.json"),
                    "{\"wholeInput\":" + CaseText.error(whole) + ",\n\"rows\":[\n" + refused + "]}");
            return output;
        }
    }

    private String describe(String name, String family, String modelClass, String compare, int rows) {
        String note = family.equals("fpm/FPGrowth")
                ? ",\"note\":\"order within prediction is not part of the contract: compare as a set\""
                : "";
        return "{\"name\":" + CaseText.quoted(name) + ",\"family\":" + CaseText.quoted(family) + ",\"modelClass\":"
                + CaseText.quoted(modelClass) + ",\"sparkVersion\":" + CaseText.quoted(spark.version())
                + ",\"compare\":" + CaseText.quoted(compare) + ",\"rows\":" + rows + note + "}";
    }

    private static String[] withId(String[] columns) {
        String[] all = new String[columns.length + 1];
        all[0] = "id";
        System.arraycopy(columns, 0, all, 1, columns.length);
        return all;
    }

    private static StructType plain(StructType schema) {
        StructType plain = new StructType();
        for (StructField field : schema.fields()) {
            plain = plain.add(field.name(), field.dataType(), field.nullable());
        }
        return plain;
    }

    int made() {
        return made;
    }

    int notMade() {
        return notMade;
    }
}
