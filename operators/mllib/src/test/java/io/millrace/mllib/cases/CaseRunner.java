// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.model.MissingColumnException;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads the model of one case, scores the rows, and compares. */
final class CaseRunner {

    /** What came of a case; {@code schema} is the first difference of the output schema, or null. */
    record Result(Outcome outcome, String detail, String schema) {}

    enum Outcome {
        PASSED,
        FAILED,
        /** A class that is not in the registry, or an online learner without a runner. */
        UNSUPPORTED
    }

    private final CaseFiles files;
    private final CaseComparison comparison;
    private Schema outputSchema;

    CaseRunner(CaseFiles files) {
        this.files = files;
        comparison = files.comparison();
    }

    Result run() {
        try {
            String difference = files.isOnline() ? online() : scoring();
            if (difference != null) {
                return new Result(Outcome.FAILED, difference, null);
            }
            String schema = outputSchema == null
                    ? null
                    : CaseSchema.difference(
                            (Map<?, ?>) files.json("schema.json").get("output"), outputSchema);
            return new Result(Outcome.PASSED, null, schema);
        } catch (ModelFormatException e) {
            boolean unknown = e.reason().endsWith(SavedStage.UNKNOWN);
            return new Result(unknown ? Outcome.UNSUPPORTED : Outcome.FAILED, e.getMessage(), null);
        } catch (UnsupportedOperationException e) {
            return new Result(Outcome.UNSUPPORTED, e.getMessage(), null);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return new Result(Outcome.FAILED, "threw " + e + (trace.length > 0 ? " at " + trace[0] : ""), null);
        }
    }

    private String scoring() throws IOException {
        Transformer model = MllibModels.load(files.folder().resolve("model"));
        Map<?, ?> schemas = files.json("schema.json");
        Schema input = CaseSchema.parse((Map<?, ?>) schemas.get("input"));
        Schema output = CaseSchema.parse((Map<?, ?>) schemas.get("output"));
        List<Row> rows = new ArrayList<>();
        for (Map<?, ?> line : files.lines("input.jsonl")) {
            rows.add(CaseValues.row(input, line));
        }
        List<Row> expected = new ArrayList<>();
        for (Map<?, ?> line : files.lines("expected.jsonl")) {
            expected.add(CaseValues.row(output, line));
        }
        if (!files.has("error.json")) {
            return compare(expected, transform(model, input, rows));
        }
        Map<?, ?> errors = files.json("error.json");
        String whole = expectError("the whole input", errors.get("wholeInput"), model, input, rows);
        return whole != null ? whole : eachAlone(model, input, rows, expected, (List<?>) errors.get("rows"));
    }

    private Table transform(Transformer model, Schema input, List<Row> rows) {
        Table result = model.transform(Table.of(input, rows));
        outputSchema = result.schema();
        return result;
    }

    private String eachAlone(Transformer model, Schema input, List<Row> rows, List<Row> expected, List<?> refused) {
        Map<Object, Object> errors = new HashMap<>();
        for (Object element : refused == null ? List.of() : refused) {
            Map<?, ?> row = (Map<?, ?>) element;
            errors.put(row.get("id"), row.get("error"));
        }
        List<Row> scored = new ArrayList<>();
        for (Row row : rows) {
            Object id = row.get("id");
            if (errors.containsKey(id)) {
                String difference = expectError("row " + id, errors.get(id), model, input, List.of(row));
                if (difference != null) {
                    return difference;
                }
            } else {
                scored.addAll(transform(model, input, List.of(row)).rows());
            }
        }
        return outputSchema == null ? null : compare(expected, Table.of(outputSchema, scored));
    }

    private String expectError(String what, Object error, Transformer model, Schema input, List<Row> rows) {
        if (error == null) {
            return null;
        }
        Map<?, ?> expected = (Map<?, ?>) error;
        String wanted = expected.get("class") + ": " + expected.get("message");
        try {
            model.transform(Table.of(input, rows));
            return what + " is scored, Spark throws " + wanted;
        } catch (RuntimeException e) {
            String sparkClass = e instanceof ScoringException scoring
                    ? scoring.sparkClass()
                    : e instanceof MissingColumnException missing
                            ? missing.sparkClass()
                            : e.getClass().getName();
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            String got = sparkClass + ": " + message;
            // HotSpot leaves out the message of a NullPointerException that it has thrown often
            boolean withoutMessage = wanted.equals("java.lang.NullPointerException: null");
            return got.equals(wanted) || (withoutMessage && sparkClass.equals(NullPointerException.class.getName()))
                    ? null
                    : what + " throws " + got + ", Spark " + wanted;
        }
    }

    private String compare(List<Row> expected, Table actual) {
        List<String> names = expected.isEmpty()
                ? actual.schema().names()
                : expected.get(0).schema().names();
        if (!names.equals(actual.schema().names())) {
            return "columns " + actual.schema().names() + ", Spark has " + names;
        }
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            String difference = comparison.difference(expected.get(i), actual.row(i));
            if (difference != null) {
                return "row " + expected.get(i).get(0) + ", " + difference;
            }
        }
        return expected.size() == actual.size() ? null : actual.size() + " rows, Spark has " + expected.size();
    }

    private String online() throws IOException {
        String algorithm = (String) files.description().get("algorithm");
        OnlineCase runner = OnlineCase.RUNNERS.get(algorithm);
        if (runner == null) {
            throw new UnsupportedOperationException("no online learner " + algorithm);
        }
        List<Map<?, ?>> expected = files.lines("expected.jsonl");
        List<Map<String, Object>> actual = runner.run(files.description(), files.lines("batches.jsonl"), expected);
        if (actual.size() != expected.size()) {
            return actual.size() + " states, Spark has " + expected.size();
        }
        for (int i = 0; i < actual.size(); i++) {
            for (Map.Entry<?, ?> entry : expected.get(i).entrySet()) {
                Object mine = actual.get(i).get(String.valueOf(entry.getKey()));
                if (!sameJson(entry.getValue(), mine)) {
                    return "batch " + i + ", " + entry.getKey() + ": " + mine + ", Spark says " + entry.getValue();
                }
            }
        }
        return null;
    }

    private boolean sameJson(Object expected, Object actual) {
        if (expected instanceof List<?> x && actual instanceof List<?> y && x.size() == y.size()) {
            for (int i = 0; i < x.size(); i++) {
                if (!sameJson(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (expected instanceof Map<?, ?> x && actual instanceof Map<?, ?> y) {
            return x.entrySet().stream().allMatch(entry -> sameJson(entry.getValue(), y.get(entry.getKey())));
        }
        return !(expected instanceof List || expected instanceof Map)
                && actual != null
                && comparison.same(CaseValues.number(expected), CaseValues.number(actual));
    }
}
