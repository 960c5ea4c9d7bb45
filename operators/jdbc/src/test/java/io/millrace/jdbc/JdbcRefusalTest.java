// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import static io.millrace.jdbc.Column.column;
import static io.millrace.jdbc.Column.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that a database does not take: found, named, and set aside if that is wanted. */
class JdbcRefusalTest {

    /** A row of the table {@code strict}. */
    private record Entry(
            String id,
            @Nullable Object text,
            @Nullable Object n,
            @Nullable Object d) {
        static Entry good(String id) {
            return new Entry(id, "abc", 1, 1.5);
        }
    }

    private static OutputCommit batch(long number) {
        return new OutputCommit(new OutputClaim("words", "strict", 1), number, new BatchTime(1_000 * number), 0);
    }

    private static Database withStrict(Database database) throws SQLException {
        database.emptied()
                .execute(
                        "CREATE TABLE strict (id VARCHAR(20) PRIMARY KEY, t VARCHAR(5) NOT NULL, n INT, d DECIMAL(5, 2), "
                                + "CHECK (n <> 13))");
        return database;
    }

    private static JdbcSink<Entry> sink(Database database) {
        return JdbcSink.upsert(
                database.source(),
                "strict",
                key("id", Entry::id),
                column("t", Entry::text),
                column("n", Entry::n),
                column("d", Entry::d));
    }

    @ParameterizedTest
    @EnumSource
    void namesTheRecordTheBatchAndTheColumn(Database database) throws Exception {
        withStrict(database);
        List<Pair<String, Entry>> cases = new ArrayList<>(List.of(
                Pair.of("t", new Entry("bad", "too long", 1, 1)),
                Pair.of("t", new Entry("bad", null, 1, 1)),
                Pair.of("t", new Entry("bad", "\uD83D", 1, 1)),
                Pair.of("n", new Entry("bad", "abc", 3_000_000_000L, 1)),
                Pair.of("n", new Entry("bad", "abc", "no number", 1)),
                Pair.of("d", new Entry("bad", "abc", 1, 12345.6))));
        if (database == Database.POSTGRES) {
            cases.add(Pair.of("t", new Entry("bad", "a\0b", 1, 1)));
        }
        if (database == Database.MARIADB) {
            cases.add(Pair.of("d", new Entry("bad", "abc", 1, Double.NaN)));
        }
        for (Pair<String, Entry> one : cases) {
            List<Entry> records = new ArrayList<>();
            IntStream.range(0, 1_500).forEach(i -> records.add(Entry.good("e" + i)));
            records.add(1_234, one.value());
            JdbcSink<Entry> sink = sink(database);

            RefusedRecordException refused =
                    catchThrowableOfType(RefusedRecordException.class, () -> sink.commit(batch(7), records));

            assertThat(refused).as(one.toString()).isNotNull();
            assertThat(String.valueOf(refused.getMessage()).toLowerCase(java.util.Locale.ROOT))
                    .contains("record 1234 of batch 7 (partition 0) of output strict of job words")
                    .contains("table strict, column " + one.key())
                    .contains("entry[id=bad");
            assertThat(refused.getMessage()).doesNotContain("\0");
            sink.close();
        }
        assertThat(database.rows("SELECT COUNT(*) FROM strict")).containsExactly("0");
        assertThat(database.rows("SELECT COUNT(*) FROM millrace_commits WHERE part = 0"))
                .containsExactly("0");
    }

    @ParameterizedTest
    @EnumSource
    void setsAsideWhatIsRefusedInTheSameTransaction(Database database) throws Exception {
        withStrict(database);
        JdbcSink<Entry> sink = sink(database).setAside(RefusedTable.named("refused"), 10);
        List<Entry> records = new ArrayList<>();
        IntStream.range(0, 2_500).forEach(i -> records.add(Entry.good("e" + i)));
        records.set(3, new Entry("x", "too long", 1, 1));
        records.set(4, new Entry("y", "abc", 13, 1));
        records.set(1_100, new Entry("\uD83D\uDE80", null, 1, 1));
        records.set(2_499, new Entry("z", "abc", "\n", 1));

        assertThat(sink.commit(batch(1), records)).isTrue();
        assertThat(sink.commit(batch(1), records)).isFalse();
        assertThat(sink.commit(batch(2), List.of(Entry.good("e0"), Entry.good("f"))))
                .isTrue();
        sink.close();

        assertThat(database.rows("SELECT COUNT(*) FROM strict")).containsExactly("2497");
        assertThat(database.rows("SELECT job, output, batch, part, pos, LOWER(target) FROM refused ORDER BY pos"))
                .containsExactly(
                        "words,strict,1,0,3,strict",
                        "words,strict,1,0,4,strict",
                        "words,strict,1,0,1100,strict",
                        "words,strict,1,0,2499,strict");
        assertThat(database.rows("SELECT record FROM refused WHERE pos > 1000 ORDER BY pos"))
                .containsExactly("Entry[id=\uD83D\uDE80, text=null, n=1, d=1]", "Entry[id=z, text=abc, n=\\n, d=1]");
    }

    @ParameterizedTest
    @EnumSource
    void setsNothingAsideIfTheTransactionIsLost(Database database) throws Exception {
        withStrict(database);
        FaultySource source = new FaultySource(database.source());
        JdbcSink<Entry> sink = JdbcSink.upsert(source, "strict", key("id", Entry::id), column("t", Entry::text))
                .setAside(RefusedTable.named("refused"), 10);
        List<Entry> records = List.of(Entry.good("a"), new Entry("b", "too long", 1, 1), new Entry("c", null, 1, 1));

        source.fail(FaultySource.Fault.COMMIT_LOST);
        assertThatThrownBy(() -> sink.commit(batch(1), records)).isInstanceOf(SQLException.class);
        assertThat(database.rows("SELECT * FROM refused")).isEmpty();
        source.fail(FaultySource.Fault.COMMIT_REPLY_LOST);
        assertThatThrownBy(() -> sink.commit(batch(1), records)).isInstanceOf(SQLException.class);
        assertThat(sink.commit(batch(1), records)).isFalse();
        sink.close();

        assertThat(database.rows("SELECT pos FROM refused ORDER BY pos")).containsExactly("1", "2");
        assertThat(database.rows("SELECT id FROM strict")).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    void writesTheEarlierRecordOfAKeyIfTheLastIsRefused(Database database) throws Exception {
        withStrict(database);
        List<RefusedRecord<Entry>> refused = new ArrayList<>();
        JdbcSink<Entry> sink = sink(database).setAside((record, transaction) -> refused.add(record), 10);

        sink.commit(
                batch(1),
                List.of(
                        new Entry("a", "one", 1, 1),
                        new Entry("a", "two", 2, 1),
                        new Entry("a", "too long", 3, 1),
                        new Entry("b", "one", 1, 1)));
        sink.close();

        assertThat(database.rows("SELECT id, t, n FROM strict ORDER BY id")).containsExactly("a,two,2", "b,one,1");
        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).position()).isEqualTo(2);
        assertThat(refused.get(0).record().n()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void setsAsideNoMoreThanItIsTold(Database database) throws Exception {
        withStrict(database);
        JdbcSink<Entry> sink = sink(database).setAside((record, transaction) -> {}, 3);
        List<Entry> four = List.of(
                new Entry("a", null, 1, 1),
                new Entry("b", "too long", 1, 1),
                Entry.good("c"),
                new Entry("d", "too long", 1, 1),
                new Entry("e", "too long", 1, 1));

        assertThatThrownBy(() -> sink.commit(batch(1), four))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageContaining("more than 3 records of a batch are refused; the first: record");
        assertThat(sink.commit(batch(1), four.subList(0, 4))).isTrue();
        sink.close();

        assertThat(database.rows("SELECT id FROM strict")).containsExactly("c");
    }

    @Test
    void takesWhatFunctionsThrowAsARefusal() throws Exception {
        Database database = withStrict(Database.H2);
        JdbcSink<Entry> sink =
                JdbcSink.<Entry>upsert(database.source(), "strict", key("id", Entry::id), column("t", entry -> {
                    throw new IllegalStateException("no text in " + entry.id());
                }));

        assertThatThrownBy(() -> sink.commit(batch(1), List.of(Entry.good("a"))))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageContaining("column T: its function threw java.lang.IllegalStateException: no text in a");
        assertThatThrownBy(() -> JdbcSink.<Entry>upsert(database.source(), "strict", key("id", entry -> null))
                        .commit(batch(1), List.of(Entry.good("a"))))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageContaining("column ID: a key must not be null");
    }

    @Test
    void findsRecordsThatAreTooLargeForMariaDb() throws Exception {
        Database database = Database.MARIADB.emptied();
        database.execute("CREATE TABLE big (id INT PRIMARY KEY, t LONGTEXT)");
        String before = database.rows("SELECT @@max_allowed_packet").get(0);
        List<RefusedRecord<String>> refused = new ArrayList<>();
        database.execute("SET GLOBAL max_allowed_packet = 1048576");
        try {
            JdbcSink<String> sink = JdbcSink.upsert(
                            database.source(), "big", key("id", String::length), column("t", (String text) -> text))
                    .setAside((record, transaction) -> refused.add(record), 10);
            // quotes are sent as two bytes, and these letters as three
            List<String> fit = List.of(
                    "a", "x".repeat(1_000_000), "'".repeat(500_000), "\u20ac".repeat(330_000), "x".repeat(400_000));
            List<String> records = new ArrayList<>(fit);
            records.add(1, "'".repeat(600_000));
            records.add("\u20ac".repeat(350_001));

            sink.commit(batch(1), records);
            sink.close();

            assertThat(database.rows("SELECT CHAR_LENGTH(t) FROM big ORDER BY 1"))
                    .containsExactly("1", "330000", "400000", "500000", "1000000");
            assertThat(refused.stream().map(RefusedRecord::position)).containsExactly(1, 6);
            assertThat(refused.get(0).reason())
                    .isEqualTo("it takes 1200080 bytes, and the database takes 1015808 in a statement");
        } finally {
            database.execute("SET GLOBAL max_allowed_packet = " + before);
        }
    }

    /** A foreign key, a trigger and a value too large for an index: refused by rules that no column shows. */
    @Test
    void findsRecordsThatRulesOfPostgresRefuse() throws Exception {
        Database database = Database.POSTGRES.emptied();
        database.execute("CREATE TABLE words (word VARCHAR(20) PRIMARY KEY); INSERT INTO words VALUES ('a')");
        database.execute("CREATE TABLE notes (word TEXT, note TEXT UNIQUE, FOREIGN KEY (word) REFERENCES words)");
        database.execute(
                "CREATE FUNCTION no_fun() RETURNS trigger AS 'BEGIN IF NEW.note = ''fun'' THEN RAISE EXCEPTION ''no fun''; "
                        + "END IF; RETURN NEW; END' LANGUAGE plpgsql");
        database.execute("CREATE TRIGGER t BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION no_fun()");
        List<Integer> refused = new ArrayList<>();
        JdbcSink<Pair<String, String>> sink = JdbcSink.append(
                        database.source(),
                        "notes",
                        column("word", (Pair<String, String> p) -> p.key()),
                        column("note", Pair::value))
                .setAside((record, transaction) -> refused.add(record.position()), 10);
        StringBuilder random = new StringBuilder();
        new java.util.Random(7).ints(9_000, 'a', 'z').forEach(c -> random.append((char) c));

        sink.commit(
                batch(1),
                List.of(
                        Pair.of("a", "good"),
                        Pair.of("b", "no such word"),
                        Pair.of("a", "fun"),
                        Pair.of("a", "good"),
                        Pair.of("a", random.toString()),
                        Pair.of("a", "better")));
        sink.close();

        assertThat(refused).containsExactly(1, 2, 3, 4);
        assertThat(database.rows("SELECT note FROM notes ORDER BY note")).containsExactly("better", "good");
    }

    @Test
    void endsADurableJobAndLosesNothing(@TempDir Path directory) throws Exception {
        Database database = withStrict(Database.H2);
        try (BatchHarness harness = durable(directory)) {
            ScriptedInput<Entry> entries = harness.input();
            harness.stream(entries).output(sink(database));
            harness.start();
            entries.add(Entry.good("a"), new Entry("bad", "too long", 1, 1));

            assertThatThrownBy(harness::runBatch);

            assertThat(harness.context().stop().toCompletableFuture())
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("table STRICT, column T")
                    .withMessageContaining("when the job is started again");
            assertThat(database.rows("SELECT COUNT(*) FROM strict")).containsExactly("0");
        }
        database.execute("ALTER TABLE strict ALTER COLUMN t VARCHAR(20)");
        try (BatchHarness harness = durable(directory)) {
            harness.stream(harness.<Entry>input()).output(sink(database));
            harness.start();
            harness.runBatch();

            assertThat(database.rows("SELECT id FROM strict ORDER BY id")).containsExactly("a", "bad");
        }
    }

    private static BatchHarness durable(Path directory) {
        return BatchHarness.builder("refused")
                .checkpoint(new FileLogStorage(directory))
                .options(options -> options.register(Entry.class))
                .build();
    }
}
