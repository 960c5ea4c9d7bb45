// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.conformance.Outcome.Batch;
import io.millrace.table.conformance.Outcome.Failure;
import io.millrace.table.conformance.Outcome.Step;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is taken for a right answer where Spark has none or a wrong one, and what is not. */
class DeviationsTest {

    /** How many words occur once, how many twice, and so on. */
    private static final String COUNTS_OF_COUNTS = """
            {"id":"counts","outputMode":"MODE","inputs":[{"name":"t","schema":[{"name":"w","type":"string"}]}],
             "sql":null,"ops":[
              {"id":"q1","op":"source","name":"t"},
              {"id":"q2","op":"groupBy","in":["q1"],"keys":[{"sql":"w","ast":{"col":"w"}}],
               "aggs":[{"sql":"count(*) AS n","ast":{"as":"n","expr":{"call":"count","args":[{"lit":1,"type":"int"}]}}}]},
              {"id":"q3","op":"groupBy","in":["q2"],"keys":[{"sql":"n","ast":{"col":"n"}}],
               "aggs":[{"sql":"count(*) AS c","ast":{"as":"c","expr":{"call":"count","args":[{"lit":1,"type":"int"}]}}}]}],
             "steps":[{"t":[["a"]]},{"t":[["a"],["b"]]},{"t":[["b"],["c"]]}]}
            """;

    /** All in one batch: a row without a key on each side. */
    private static final String FULL_JOIN = """
            {"id":"full","outputMode":"append","inputs":[
              {"name":"a","schema":[{"name":"k","type":"string"},{"name":"s","type":"timestamp"}]},
              {"name":"b","schema":[{"name":"j","type":"string"},{"name":"t","type":"timestamp"}]}],
             "sql":null,"ops":[
              {"id":"q1","op":"source","name":"a"},
              {"id":"q2","op":"withWatermark","in":["q1"],"column":"s","delay":"0 seconds"},
              {"id":"q3","op":"source","name":"b"},
              {"id":"q4","op":"withWatermark","in":["q3"],"column":"t","delay":"0 seconds"},
              {"id":"q5","op":"join","in":["q2","q4"],"type":"full_outer","cond":{"sql":"","ast":{"op":"&&","args":[
                {"op":"=","args":[{"col":"L.k"},{"col":"R.j"}]},{"op":"=","args":[{"col":"L.s"},{"col":"R.t"}]}]}}},
              {"id":"q6","op":"select","in":["q5"],"exprs":[
                {"sql":"L.k AS k","ast":{"as":"k","expr":{"col":"L.k"}}},
                {"sql":"R.j AS j","ast":{"as":"j","expr":{"col":"R.j"}}},
                {"sql":"R.t IS NULL AS n","ast":{"as":"n","expr":{"op":"isnull","args":[{"col":"R.t"}]}}}]}],
             "steps":[{"a":[[null,"2024-01-01T00:00:01Z"],["x","2024-01-01T00:00:01Z"]],
                       "b":[[null,"2024-01-01T00:00:01Z"],["x","2024-01-01T00:00:01Z"]]}]}
            """;

    private static final Outcome REFUSED =
            Outcome.refused(new Failure("start", "_LEGACY_ERROR_TEMP_3102", "a possible 'correctness' issue"));

    private static StructuredCase counts(String mode) throws IOException {
        return StructuredCase.parse(COUNTS_OF_COUNTS.replace("MODE", mode));
    }

    /** An outcome with one batch per step. */
    @SafeVarargs
    private static Outcome batches(List<List<Object>>... batches) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < batches.length; i++) {
            steps.add(
                    new Step(List.of(new Batch(i, batches[i], Optional.empty(), Optional.empty())), Optional.empty()));
        }
        return new Outcome(Optional.empty(), steps, Optional.empty());
    }

    @SafeVarargs
    private static List<List<Object>> rows(List<Object>... rows) {
        List<List<Object>> all = new ArrayList<>();
        for (List<Object> row : rows) {
            all.add(row);
        }
        return all;
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void completeGivesTheWholeResultOfWhatHasCome() throws Exception {
        Outcome right = batches(rows(row(1L, 1L)), rows(row(2L, 1L), row(1L, 1L)), rows(row(2L, 2L), row(1L, 1L)));
        Outcome notTakenBack =
                batches(rows(row(1L, 1L)), rows(row(2L, 1L), row(1L, 2L)), rows(row(2L, 2L), row(1L, 3L)));

        assertThat(Deviations.of(counts("complete"), REFUSED, right)).containsExactly(Flaw.SEVERAL_STATEFUL_OPERATORS);
        assertThat(Deviations.of(counts("complete"), REFUSED, notTakenBack)).isEmpty();
    }

    @Test
    void updateGivesWhatChangedAndMayRepeatWhatWasTouched() throws Exception {
        Outcome least = batches(rows(row(1L, 1L)), rows(row(2L, 1L)), rows(row(2L, 2L)));
        Outcome most = batches(rows(row(1L, 1L)), rows(row(2L, 1L), row(1L, 1L)), rows(row(2L, 2L), row(1L, 1L)));
        Outcome tooLittle = batches(rows(row(1L, 1L)), rows(row(2L, 1L)), rows());
        Outcome twice = batches(rows(row(1L, 1L)), rows(row(2L, 1L), row(2L, 1L)), rows(row(2L, 2L)));

        assertThat(Deviations.of(counts("update"), REFUSED, least)).isNotEmpty();
        assertThat(Deviations.of(counts("update"), REFUSED, most)).isNotEmpty();
        assertThat(Deviations.of(counts("update"), REFUSED, tooLittle)).isEmpty();
        assertThat(Deviations.of(counts("update"), REFUSED, twice)).isEmpty();
    }

    @Test
    void aRefusalIsNoRightAnswer() throws Exception {
        Outcome other = Outcome.refused(new Failure("define", "UNRESOLVED_COLUMN", "no"));

        assertThat(Deviations.of(counts("update"), REFUSED, other)).isEmpty();
    }

    @Test
    void noRuleHoldsInAppendMode() throws Exception {
        assertThat(Deviations.rules(counts("append"))).isEmpty();
    }

    @Test
    void nullKeysMeetNothing() throws Exception {
        StructuredCase join = StructuredCase.parse(FULL_JOIN);
        List<Object> match = row("x", "x", false);
        List<Object> left = row(null, null, true);
        List<Object> right = row(null, null, false);
        Outcome spark = step(rows(match, right), rows());
        Outcome apart = step(rows(match), rows(left, right));
        Outcome lost = step(rows(match), rows(right));

        assertThat(Deviations.of(join, spark, apart)).containsExactly(Flaw.NULL_KEYS_MEET);
        assertThat(Deviations.of(join, spark, lost)).isEmpty();
        assertThat(Deviations.of(join, spark, spark)).isEmpty();
    }

    /** An outcome with two batches in one step, the second of which was let by the watermark of the first. */
    private static Outcome step(List<List<Object>> first, List<List<Object>> second) {
        Optional<Instant> watermark = Optional.of(Instant.parse("2024-01-01T00:00:01Z"));
        return new Outcome(
                Optional.empty(),
                List.of(new Step(
                        List.of(
                                new Batch(0, first, Optional.empty(), Optional.empty()),
                                new Batch(1, second, watermark, Optional.empty())),
                        Optional.empty())),
                Optional.empty());
    }
}
