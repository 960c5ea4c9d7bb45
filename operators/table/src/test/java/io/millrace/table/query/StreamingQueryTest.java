// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.execution.QueryGraph;
import io.millrace.table.execution.QueryOptions;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamingQueryTest {

    private static final Schema WORDS = DataTypes.parseSchema("word string, n int");

    private final MemoryStream words = MemoryStream.of("words", WORDS);
    private final StreamingQueryManager queries = new StreamingQueryManager();
    private final Remembering sink = new Remembering();
    private final List<String> told = new ArrayList<>();

    /** Remembers what it gets, and fails at a word. */
    private static final class Remembering implements TableSink {
        final List<String> batches = new ArrayList<>();
        boolean closed;

        @Override
        public String description() {
            return "remembering";
        }

        @Override
        public void write(SinkBatch batch) {
            for (Row row : batch.rows()) {
                if (row.get(0) instanceof String word && word.equals("fail")) {
                    throw new QueryExecutionException("DIVIDE_BY_ZERO", "a test");
                }
            }
            batches.add(batch.batchId() + " " + batch.rows());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final class Telling implements StreamingQueryListener {
        @Override
        public void onQueryStarted(QueryStarted event) {
            told.add("started " + event.name());
        }

        @Override
        public void onQueryProgress(QueryProgress event) {
            told.add("progress " + event.progress().batchId() + " "
                    + event.progress().numInputRows());
        }

        @Override
        public void onQueryIdle(QueryIdle event) {
            told.add("idle");
        }

        @Override
        public void onQueryTerminated(QueryTerminated event) {
            told.add("terminated " + event.errorClass().orElse("well"));
        }
    }

    private QuerySpec spec(Trigger trigger) {
        JobGraph graph = new PlannedQuery(
                new QueryPlan.Scan("words", true, WORDS),
                OutputMode.APPEND,
                QueryOptions.defaults(),
                id -> words,
                StreamingQueryTest::noTable);
        return new QuerySpec(
                UUID.randomUUID(),
                "copy",
                graph,
                WORDS,
                OutputMode.APPEND,
                trigger,
                sink,
                List.of(),
                Optional.empty(),
                Duration.ofMillis(10),
                Duration.ofSeconds(10),
                3,
                extended -> "plan",
                builder -> {
                    var unused = QueryGraph.register(builder);
                });
    }

    private static FiniteSource noTable(String id) {
        throw new IllegalArgumentException(id);
    }

    @Test
    void aBatchRunsOnlyWhenThereAreRows() {
        try (HarnessJobs jobs = new HarnessJobs()) {
            queries.addListener(new Telling());
            StreamingQuery query = queries.start(spec(Trigger.asSoonAsPossible()), jobs);
            jobs.harness().runBatches(3);
            assertThat(query.isCaughtUp()).isTrue();

            words.addRows(Row.of("a", 1), Row.of("b", null));
            words.addRows(Row.of("c", 3));
            jobs.harness().runBatches(4);
            words.addRows(Row.of("d", 4));
            jobs.harness().runBatches(2);

            assertThat(sink.batches).containsExactly("0 [[a,1], [b,null], [c,3]]", "1 [[d,4]]");
            assertThat(told).containsExactly("started copy", "progress 0 3", "progress 1 1");
            assertThat(query.recentProgress())
                    .extracting(StreamingQueryProgress::batchId)
                    .containsExactly(0L, 1L);
            assertThat(query.isActive()).isTrue();
            assertThat(queries.active()).containsExactly(query);

            jobs.harness().stop();

            assertThat(query.isActive()).isFalse();
            assertThat(query.exception()).isEmpty();
            assertThat(sink.closed).isTrue();
            assertThat(told).last().isEqualTo("terminated well");
            assertThat(queries.active()).isEmpty();
        }
    }

    @Test
    void listenersHearThatNothingCameForLong() {
        try (HarnessJobs jobs = new HarnessJobs()) {
            queries.addListener(new Telling());
            queries.start(spec(Trigger.asSoonAsPossible()), jobs);
            jobs.harness().advance(Duration.ofSeconds(25));

            assertThat(told).containsExactly("started copy", "idle", "idle");
        }
    }

    @Test
    void onlyTheLastReportsAreKept() {
        try (HarnessJobs jobs = new HarnessJobs()) {
            StreamingQuery query = queries.start(spec(Trigger.asSoonAsPossible()), jobs);
            for (int i = 0; i < 5; i++) {
                words.addRows(Row.of("w", i));
                jobs.harness().runBatch();
            }

            assertThat(query.recentProgress())
                    .extracting(StreamingQueryProgress::batchId)
                    .containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void aQueryOverWhatIsThereEndsByItself() {
        words.addRows(Row.of("a", 1));
        try (HarnessJobs jobs = new HarnessJobs()) {
            StreamingQuery query = queries.start(spec(Trigger.AvailableNow()), jobs);
            words.addRows(Row.of("too late", 2));
            jobs.harness().runUntil(() -> !query.isActive());

            assertThat(sink.batches).containsExactly("0 [[a,1]]");
            assertThat(query.exception()).isEmpty();
        }
    }

    @Test
    void anErrorEndsTheQueryAndKeepsItsCondition() {
        try (HarnessJobs jobs = new HarnessJobs()) {
            queries.addListener(new Telling());
            StreamingQuery query = queries.start(spec(Trigger.asSoonAsPossible()), jobs);
            words.addRows(Row.of("good", 1));
            jobs.harness().runBatch();
            words.addRows(Row.of("fail", 1));
            jobs.harness().runBatch();
            words.addRows(Row.of("after", 1));
            jobs.harness().runUntil(() -> !query.isActive());

            assertThat(sink.batches).containsExactly("0 [[good,1]]");
            assertThat(query.exception().orElseThrow().condition()).isEqualTo("DIVIDE_BY_ZERO");
            assertThatThrownBy(query::awaitTermination)
                    .isInstanceOf(StreamingQueryException.class)
                    .hasMessageContaining("copy")
                    .hasMessageContaining("a test");
            assertThat(told).last().isEqualTo("terminated DIVIDE_BY_ZERO");
            assertThat(query.status().message()).contains("a test");
        }
    }

    @Test
    void twoQueriesOfOneNameAreRefused() {
        try (HarnessJobs jobs = new HarnessJobs();
                HarnessJobs others = new HarnessJobs()) {
            queries.start(spec(Trigger.asSoonAsPossible()), jobs);

            assertThatThrownBy(() -> queries.start(spec(Trigger.asSoonAsPossible()), others))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("already active");
        }
    }

    @Test
    void progressHasSparksNames() {
        try (HarnessJobs jobs = new HarnessJobs()) {
            StreamingQuery query = queries.start(spec(Trigger.asSoonAsPossible()), jobs);
            words.addRows(Row.of("a", 1));
            jobs.harness().runBatch();
            StreamingQueryProgress progress = Objects.requireNonNull(query.lastProgress());

            assertThat(progress.json())
                    .startsWith("{\"id\":\"" + query.id() + "\",\"runId\":\"" + query.runId()
                            + "\",\"name\":\"copy\",\"timestamp\":\"1970-01-01T00:00:00.010Z\",\"batchId\":0,"
                            + "\"batchDuration\":")
                    .contains("\"numInputRows\":1")
                    .contains("\"durationMs\":{\"addBatch\":")
                    .contains("\"stateOperators\":[]")
                    .contains("\"sources\":[{\"description\":\"MemoryStream[words]\"")
                    .contains("\"sink\":{\"description\":\"remembering\",\"numOutputRows\":1}");
        }
    }
}
