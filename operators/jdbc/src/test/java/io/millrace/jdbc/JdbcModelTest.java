// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import static io.millrace.jdbc.Column.column;
import static io.millrace.jdbc.Column.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs of a job that commit, repeat, break off, are replaced and go on as zombies, in an order made of a seed; afterwards the tables are
 * those of a job to which nothing ever happened. To repeat a failure: {@code -Dmillrace.jdbc.seed=…}.
 */
@Timeout(300)
class JdbcModelTest {

    private static final int STEPS = 150;
    private static final int KEYS = 12;
    private static final int REFUSED = 9;

    /** What a record does to its key: adds to the log, sets or deletes the row of the key. */
    private record Change(int key, int value) {}

    /** One process that runs the job, dead or alive. */
    private static final class Run {
        final long epoch;
        final FaultySource source;
        final TransactionalOutput<Change> log;
        final TransactionalOutput<Change> table;

        Run(Database database, long epoch) {
            this.epoch = epoch;
            source = new FaultySource(database.source());
            log = JdbcSink.append(source, "log", column("k", Change::key), column("v", Change::value));
            table = JdbcSink.upsert(source, "latest", key("k", Change::key), column("v", Change::value))
                    .deleteWhen(change -> change.value() == 0)
                    .setAside(RefusedTable.named("refused"), 100);
        }

        OutputCommit batch(String output, long number) {
            return new OutputCommit(new OutputClaim("model", output, epoch), number, new BatchTime(number), 0);
        }

        void close() {
            log.close();
            table.close();
        }
    }

    /** The records of a batch: the same whenever it is attempted. */
    private static List<Change> records(long seed, long batch) {
        Random random = new Random(seed * 1_000 + batch);
        List<Change> records = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            records.add(new Change(random.nextInt(KEYS), random.nextInt(REFUSED + 1)));
        }
        return records;
    }

    @ParameterizedTest
    @EnumSource
    void endsAsIfNothingHadHappened(Database database) throws Exception {
        long seed = Long.getLong("millrace.jdbc.seed", new Random().nextLong(1_000_000));
        System.err.println("JdbcModelTest " + database + " -Dmillrace.jdbc.seed=" + seed);
        database.emptied().execute("CREATE TABLE log (k INT, v INT)");
        database.execute("CREATE TABLE latest (k INT PRIMARY KEY, v INT, CHECK (v <> " + REFUSED + "))");
        Random random = new Random(seed);
        List<Run> runs = new ArrayList<>(List.of(new Run(database, 1)));
        long done = 0;

        for (int step = 0; step < STEPS; step++) {
            Run newest = runs.get(runs.size() - 1);
            switch (random.nextInt(6)) {
                case 0 -> {
                    // replaced; the old one goes on as a zombie, of which there are three at most
                    Run next = new Run(database, newest.epoch + 1);
                    runs.add(next);
                    claim(next, random, done);
                    if (runs.size() > 4) {
                        runs.remove(0).close();
                    }
                }
                case 1 -> zombie(runs.get(random.nextInt(runs.size())), newest, seed, done, random);
                default -> {
                    done++;
                    List<Change> records = records(seed, done);
                    commit(newest, newest.log, newest.batch("log", done), records, random);
                    commit(newest, newest.table, newest.batch("table", done), records, random);
                }
            }
        }
        runs.forEach(Run::close);

        compare(database, seed, done);
    }

    private static void claim(Run run, Random random, long done) throws Exception {
        maybeFail(run, random);
        for (TransactionalOutput<Change> output : List.of(run.log, run.table)) {
            OutputClaim claim =
                    run.batch(output == run.log ? "log" : "table", 0).claim();
            OptionalLong newest;
            try {
                newest = output.claim(claim);
            } catch (SQLException e) {
                newest = output.claim(claim);
            }
            assertThat(newest).isEqualTo(done == 0 ? OptionalLong.empty() : OptionalLong.of(done));
        }
    }

    private static void maybeFail(Run run, Random random) {
        FaultySource.Fault[] faults = FaultySource.Fault.values();
        run.source.fail(faults[random.nextInt(faults.length)], random.nextInt(3));
    }

    /** As the engine does: until it is done; and once more now and then, as after a restart. */
    private static void commit(
            Run run, TransactionalOutput<Change> output, OutputCommit batch, List<Change> records, Random random)
            throws Exception {
        maybeFail(run, random);
        @Nullable Boolean written = null;
        for (int attempt = 0; written == null; attempt++) {
            try {
                written = output.commit(batch, records);
            } catch (SQLException e) {
                // one fault was set, and the fault of a write may wait for the next attempt
                assertThat(attempt).isLessThan(2);
            }
        }
        if (random.nextInt(4) == 0) {
            run.source.fail(FaultySource.Fault.NONE);
            assertThat(output.commit(batch, records)).isFalse();
        }
    }

    /** Writes other records than the newest run would; none of them may be seen if it is not the newest. */
    private static void zombie(Run run, Run newest, long seed, long done, Random random) throws Exception {
        if (run == newest) {
            return;
        }
        List<Change> wrong = List.of(new Change(1, 777), new Change(2, 0));
        maybeFail(run, random);
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                run.log.commit(run.batch("log", done + random.nextInt(2)), wrong);
                throw new AssertionError("a zombie wrote, with seed " + seed);
            } catch (OutputFencedException e) {
                run.table.close();
                return;
            } catch (SQLException e) {
                // its connection was cut: it tries again
            }
        }
        throw new AssertionError("a zombie is neither refused nor heard, with seed " + seed);
    }

    private static void compare(Database database, long seed, long done) throws SQLException {
        List<String> log = new ArrayList<>();
        TreeMap<Integer, Integer> latest = new TreeMap<>();
        int refused = 0;
        for (long batch = 1; batch <= done; batch++) {
            for (Change change : records(seed, batch)) {
                log.add(change.key() + "," + change.value());
                if (change.value() == 0) {
                    latest.remove(change.key());
                } else if (change.value() == REFUSED) {
                    refused++;
                } else {
                    latest.put(change.key(), change.value());
                }
            }
        }
        assertThat(database.rows("SELECT k, v FROM log")).as("seed " + seed).containsExactlyInAnyOrderElementsOf(log);
        assertThat(database.rows("SELECT k, v FROM latest ORDER BY k"))
                .as("seed " + seed)
                .containsExactlyElementsOf(latest.entrySet().stream()
                        .map(entry -> entry.getKey() + "," + entry.getValue())
                        .toList());
        // of a batch with several records of a key only those are tried that count, unless one is refused
        assertThat(Long.parseLong(database.rows("SELECT COUNT(*) FROM refused").get(0)))
                .as("seed " + seed)
                .isLessThanOrEqualTo(refused);
    }
}
