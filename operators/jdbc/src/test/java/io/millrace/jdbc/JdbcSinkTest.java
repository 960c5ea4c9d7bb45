// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import static io.millrace.jdbc.Column.column;
import static io.millrace.jdbc.Column.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.Pair;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written, and to which tables. */
class JdbcSinkTest {

    private static OutputCommit batch(long number) {
        return new OutputCommit(new OutputClaim("words", "counts", 1), number, new BatchTime(1_000 * number), 0);
    }

    private static JdbcSink<Pair<String, Integer>> counts(Database database) {
        return JdbcSink.upsert(database.source(), "counts", key("word", Pair::key), column("n", Pair::value));
    }

    private static Database withCounts(Database database) throws SQLException {
        database.emptied()
                .execute("CREATE TABLE counts (word VARCHAR(50) PRIMARY KEY, n INT, note VARCHAR(9) DEFAULT 'none')");
        return database;
    }

    @ParameterizedTest
    @EnumSource
    void addsRowsAndChangesThoseOfTheSameKey(Database database) throws Exception {
        JdbcSink<Pair<String, Integer>> sink = counts(withCounts(database));

        sink.commit(batch(1), List.of(Pair.of("blue", 1), Pair.of("green", 2)));
        database.execute("UPDATE counts SET note = 'mine' WHERE word = 'blue'");
        sink.commit(batch(2), List.of(Pair.of("blue", 5), Pair.of("red", 3)));
        sink.close();

        assertThat(database.rows("SELECT word, n, note FROM counts ORDER BY word"))
                .containsExactly("blue,5,mine", "green,2,none", "red,3,none");
        assertThat(database.rows("SELECT job, output, part, batch, epoch FROM millrace_commits ORDER BY part"))
                .containsExactly("words,counts,-1,-1,1", "words,counts,0,2,1");
    }

    @ParameterizedTest
    @EnumSource
    void replacesWhatTheTableHas(Database database) throws Exception {
        JdbcSink<Pair<String, Integer>> sink = JdbcSink.replace(
                withCounts(database).source(), "counts", column("word", Pair::key), column("n", Pair::value));

        sink.commit(batch(1), List.of(Pair.of("blue", 1), Pair.of("green", 2)));
        sink.commit(batch(2), List.of(Pair.of("green", 3)));
        assertThat(sink.commit(batch(1), List.of(Pair.of("blue", 9))))
                .as("again")
                .isFalse();
        assertThat(database.rows("SELECT word, n FROM counts")).containsExactly("green,3");
        assertThatThrownBy(() -> sink.commit(batch(3), List.of(Pair.of("red", 4), Pair.of("red", 5))))
                .isInstanceOf(RefusedRecordException.class);
        assertThat(database.rows("SELECT word, n FROM counts"))
                .as("nothing of a batch that fails")
                .containsExactly("green,3");
        sink.commit(batch(3), List.of());
        sink.close();

        assertThat(database.rows("SELECT word, n FROM counts")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void writesTheLastRecordOfAKey(Database database) throws Exception {
        JdbcSink<Pair<String, Integer>> sink = counts(withCounts(database));

        sink.commit(batch(1), List.of(Pair.of("blue", 1), Pair.of("green", 2), Pair.of("blue", 3)));
        sink.close();

        assertThat(database.rows("SELECT word, n FROM counts ORDER BY word")).containsExactly("blue,3", "green,2");
    }

    @ParameterizedTest
    @EnumSource
    void takesKeysThatOnlyTheDatabaseFindsEqual(Database database) throws Exception {
        database.emptied().execute("CREATE TABLE amounts (amount DECIMAL(10, 2) PRIMARY KEY, n INT)");
        JdbcSink<Pair<BigDecimal, Integer>> sink = JdbcSink.upsert(
                        database.source(),
                        "amounts",
                        key("amount", (Pair<BigDecimal, Integer> pair) -> pair.key()),
                        column("n", Pair::value))
                .deleteWhen(pair -> pair.value() < 0);

        sink.commit(
                batch(1),
                List.of(
                        Pair.of(new BigDecimal("1.0"), 1),
                        Pair.of(new BigDecimal("1.00"), 2),
                        Pair.of(new BigDecimal("2.0"), 3),
                        Pair.of(new BigDecimal("2.00"), -1),
                        Pair.of(new BigDecimal("3.0"), -1),
                        Pair.of(new BigDecimal("3.00"), 4)));
        sink.close();

        assertThat(database.rows("SELECT amount, n FROM amounts ORDER BY amount"))
                .containsExactly("1.00,2", "3.00,4");
    }

    @ParameterizedTest
    @EnumSource
    void deletesTheRowsOfRecordsThatSaySo(Database database) throws Exception {
        JdbcSink<Pair<String, Integer>> sink = counts(withCounts(database)).deleteWhen(pair -> pair.value() == 0);

        sink.commit(batch(1), List.of(Pair.of("a", 1), Pair.of("b", 1), Pair.of("c", 1)));
        sink.commit(
                batch(2), List.of(Pair.of("a", 0), Pair.of("c", 0), Pair.of("c", 2), Pair.of("d", 4), Pair.of("d", 0)));
        sink.close();

        assertThat(database.rows("SELECT word, n FROM counts ORDER BY word")).containsExactly("b,1", "c,2");
    }

    @ParameterizedTest
    @EnumSource
    void deletesByKeysOfSeveralColumns(Database database) throws Exception {
        database.emptied().execute("CREATE TABLE cells (x INT, y INT, v VARCHAR(5), PRIMARY KEY (x, y))");
        JdbcSink<List<Integer>> sink = JdbcSink.upsert(
                        database.source(),
                        "cells",
                        column("v", (List<Integer> cell) -> cell.get(2)),
                        key("y", cell -> cell.get(1)),
                        key("x", cell -> cell.get(0)))
                .deleteWhen(cell -> cell.get(2) == 0);

        sink.commit(batch(1), List.of(List.of(1, 1, 9), List.of(1, 2, 9), List.of(2, 1, 9), List.of(2, 2, 9)));
        sink.commit(batch(2), List.of(List.of(1, 2, 0), List.of(2, 1, 0), List.of(2, 2, 7)));
        sink.close();

        assertThat(database.rows("SELECT x, y, v FROM cells ORDER BY x, y")).containsExactly("1,1,9", "2,2,7");
    }

    @ParameterizedTest
    @EnumSource
    void writesBatchesLargerThanAStatement(Database database) throws Exception {
        database.emptied().execute("CREATE TABLE wide (word VARCHAR(50) PRIMARY KEY, n INT, big VARCHAR(4000))");
        JdbcSink<Integer> sink = JdbcSink.upsert(
                database.source(),
                "wide",
                key("word", (Integer i) -> "w" + i),
                column("n", i -> i),
                column("big", i -> "x".repeat(4000)));

        sink.commit(batch(1), IntStream.range(0, 3_500).boxed().toList());
        sink.commit(batch(2), IntStream.range(3_000, 4_000).boxed().toList());
        sink.close();

        assertThat(database.rows("SELECT COUNT(*), SUM(n), MIN(CHAR_LENGTH(big)) FROM wide"))
                .containsExactly("4000,7998000,4000");
    }

    @ParameterizedTest
    @EnumSource
    void upsertsRowsThatAreAllKey(Database database) throws Exception {
        database.emptied().execute("CREATE TABLE seen (word VARCHAR(50) PRIMARY KEY)");
        JdbcSink<String> sink = JdbcSink.upsert(database.source(), "seen", key("word", word -> word));

        sink.commit(batch(1), List.of("a", "b"));
        sink.commit(batch(2), List.of("b", "c"));
        sink.close();

        assertThat(database.rows("SELECT word FROM seen ORDER BY word")).containsExactly("a", "b", "c");
    }

    /** What a record of the types test has: nulls for the second one. */
    private static <V> Optional<V> unless(int record, V value) {
        return record == 1 ? Optional.empty() : Optional.of(value);
    }

    @ParameterizedTest
    @EnumSource
    void keepsValuesOfAllTypes(Database database) throws Exception {
        boolean isMariaDb = database == Database.MARIADB;
        String moment = isMariaDb ? "TIMESTAMP(6) NULL" : "TIMESTAMP(6) WITH TIME ZONE";
        String local = isMariaDb ? "DATETIME(6)" : "TIMESTAMP(6)";
        String bytes = database == Database.POSTGRES ? "BYTEA" : isMariaDb ? "BLOB" : "VARBINARY(20)";
        String real = database == Database.POSTGRES ? "DOUBLE PRECISION" : "DOUBLE";
        database.emptied()
                .execute(
                        "CREATE TABLE things (id INT PRIMARY KEY, t VARCHAR(40), c CHAR(1), e VARCHAR(9), i INT, l BIGINT, "
                                + "s SMALLINT, d DECIMAL(30, 4), big DECIMAL(30, 0), f " + real + ", b BOOLEAN, m "
                                + moment
                                + ", lm " + local + ", ld " + local + ", da DATE, ti TIME, by1 " + bytes + ", u "
                                + (isMariaDb ? "CHAR(36)" : "UUID") + ")");
        Instant instant = Instant.parse("2026-03-29T01:30:00.123456Z");
        UUID uuid = UUID.fromString("8e6f1a3c-1111-2222-3333-444455556666");
        TimeZone before = TimeZone.getDefault();
        // a zone in which that hour of that day does not exist
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneId.of("Europe/London")));
        try {
            JdbcSink<Integer> sink = JdbcSink.upsert(
                    database.source(),
                    "things",
                    key("id", (Integer r) -> r),
                    column("t", r -> unless(r, "ünï 'cöde' \uD83D\uDE80 \\ \"")),
                    column("c", r -> unless(r, 'x')),
                    column("e", r -> unless(r, RowWriter.Mode.APPEND)),
                    column("i", r -> unless(r, -5)),
                    column("l", r -> unless(r, Long.MAX_VALUE)),
                    column("s", r -> unless(r, (short) 7)),
                    column("d", r -> unless(r, new BigDecimal("12345678901234567890.1234"))),
                    column("big", r -> unless(r, new BigInteger("123456789012345678901234567890"))),
                    column("f", r -> unless(r, 0.1)),
                    column("b", r -> unless(r, true)),
                    column("m", r -> unless(r, instant)),
                    column("lm", r -> unless(r, instant)),
                    column("ld", r -> unless(r, LocalDateTime.parse("2026-03-29T01:30:00"))),
                    column("da", r -> unless(r, LocalDate.parse("2026-02-28"))),
                    column("ti", r -> unless(r, LocalTime.parse("23:59:58"))),
                    column("by1", r -> unless(r, new byte[] {0, 1, (byte) 0xff, '\'', '\\'})),
                    column("u", r -> unless(r, uuid)));

            sink.commit(batch(1), List.of(0, 1, 2));
            sink.close();
        } finally {
            TimeZone.setDefault(before);
        }

        String inUtc = switch (database) {
            case POSTGRES -> "CAST(m AT TIME ZONE 'UTC' AS VARCHAR(26))";
            case MARIADB -> "CAST(CONVERT_TZ(m, @@session.time_zone, '+00:00') AS CHAR)";
            case H2 -> "CAST(CAST(m AT TIME ZONE 'UTC' AS TIMESTAMP(6)) AS VARCHAR(26))";
        };
        String hex =
                database == Database.POSTGRES ? "encode(by1, 'hex')" : isMariaDb ? "LOWER(HEX(by1))" : "RAWTOHEX(by1)";
        String text = isMariaDb ? "CHAR" : "VARCHAR(40)";
        String expected = "ünï 'cöde' \uD83D\uDE80 \\ \",x,APPEND,-5,9223372036854775807,7,12345678901234567890.1234,"
                + "123456789012345678901234567890,0.1,2026-03-29 01:30:00.123456,2026-03-29 01:30:00.123456,2026-03-29 01:30:00,"
                + "2026-02-28,23:59:58,0001ff275c," + uuid;
        List<String> rows = database.rows("SELECT t, c, e, i, l, s, d, big, f, " + inUtc + ", CAST(lm AS " + text
                + "), CAST(ld AS " + (isMariaDb ? "DATETIME" : "TIMESTAMP(0)") + "), da, ti, " + hex
                + ", u FROM things ORDER BY id");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).isEqualTo(expected);
        assertThat(rows.get(1)).matches("null(,null){15}");
        assertThat(rows.get(2)).isEqualTo(expected);
        assertThat(database.rows("SELECT COUNT(*) FROM things WHERE b")).containsExactly("2");
    }

    @Test
    void writesTextToColumnsOfPostgresThatHaveTypesOfTheirOwn() throws Exception {
        Database database = Database.POSTGRES.emptied();
        database.execute("CREATE TYPE colour AS ENUM ('blue', 'red')");
        database.execute("CREATE TABLE odd (id INT PRIMARY KEY, j JSONB, c colour, a INET, t TEXT[])");
        JdbcSink<Integer> sink = JdbcSink.upsert(
                database.source(),
                "odd",
                key("id", (Integer i) -> i),
                column("j", i -> i == 2 ? null : "{\"n\": " + i + "}"),
                column("c", i -> i == 2 ? null : "red"),
                column("a", i -> i == 2 ? null : "127.0.0.1"),
                column("t", i -> i == 2 ? null : new String[] {"x", "y"}));

        // the driver prepares a statement after five executions
        for (int number = 1; number <= 8; number++) {
            sink.commit(batch(number), List.of(1, 2, 10 + number));
        }
        sink.close();

        assertThat(database.rows("SELECT * FROM odd WHERE id < 12 ORDER BY id"))
                .containsExactly(
                        "1,{\"n\": 1},red,127.0.0.1,{x,y}",
                        "2,null,null,null,null",
                        "11,{\"n\": 11},red,127.0.0.1,{x,y}");
    }

    @ParameterizedTest
    @EnumSource
    void findsNamesAsTheDatabaseSpellsThem(Database database) throws Exception {
        String table = database == Database.MARIADB ? "Mixed" : "MIXED";
        database.emptied().execute("CREATE TABLE Mixed (Word VARCHAR(50) PRIMARY KEY, N INT)");
        JdbcSink<String> sink = JdbcSink.append(
                database.source(), "Mixed", column("word", (String word) -> word), column("n", word -> 1));

        sink.commit(batch(1), List.of("a"));
        sink.close();

        assertThat(database.rows("SELECT * FROM " + table)).containsExactly("a,1");
    }

    @ParameterizedTest
    @EnumSource
    void takesNamesThatAreWordsOfTheLanguageAndSchemas(Database database) throws Exception {
        String quote = database == Database.MARIADB ? "`" : "\"";
        String schema = database == Database.MARIADB ? "tests" : database == Database.H2 ? "PUBLIC" : "public";
        String table = schema + "." + quote + "order" + quote;
        database.emptied()
                .execute("CREATE TABLE " + table + " (" + quote + "select" + quote + " INT PRIMARY KEY, " + quote
                        + "from" + quote + " INT)");
        JdbcSink<Integer> sink = JdbcSink.upsert(
                database.source(), schema + ".order", key("select", (Integer i) -> i), column("from", i -> i));

        sink.commit(batch(1), List.of(1, 2));
        sink.close();

        assertThat(database.rows("SELECT * FROM " + table)).containsExactly("1,1", "2,2");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatTheTableLacks(Database database) throws Exception {
        withCounts(database);

        assertThatThrownBy(() -> JdbcSink.append(database.source(), "cuonts", column("n", (Integer i) -> i))
                        .commit(batch(1), List.of(1)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("batch 1 (partition 0) of output counts of job words (1 records)")
                .hasMessageContaining("there is no table cuonts");
        assertThatThrownBy(() -> JdbcSink.append(database.source(), "counts", column("many", (Integer i) -> i))
                        .commit(batch(1), List.of(1)))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?is).*table counts has no column many; it has word, n, note.*");
        assertThatThrownBy(() -> JdbcSink.upsert(database.source(), "counts", key("n", (Integer i) -> i))
                        .commit(batch(1), List.of(1)))
                .isInstanceOf(SQLException.class)
                .hasMessageMatching("(?is).*table counts has no primary key or unique index of exactly the key n,.*");
    }

    @Test
    void refusesTablesThatAreNotTransactional() throws Exception {
        Database mariaDb = Database.MARIADB.emptied();
        mariaDb.execute("CREATE TABLE old (n INT) ENGINE = MyISAM");
        Database postgres = Database.POSTGRES.emptied();
        postgres.execute("CREATE UNLOGGED TABLE quick (n INT)");

        assertThatThrownBy(() -> JdbcSink.append(mariaDb.source(), "old", column("n", (Integer i) -> i))
                        .commit(batch(1), List.of(1)))
                .hasMessageContaining("table old has the engine MyISAM, which knows no transactions");
        assertThatThrownBy(() -> JdbcSink.append(mariaDb.source(), "tests.old", column("n", (Integer i) -> i))
                        .commit(batch(1), List.of(1)))
                .hasMessageContaining("table tests.old has the engine MyISAM");
        assertThatThrownBy(() -> JdbcSink.append(postgres.source(), "quick", column("n", (Integer i) -> i))
                        .commit(batch(1), List.of(1)))
                .hasMessageContaining("table quick is unlogged");
        assertThat(mariaDb.rows("SELECT COUNT(*) FROM old")).containsExactly("0");
    }

    @Test
    void refusesMarkersInATableThatIsNotTransactional() throws Exception {
        Database mariaDb = withCounts(Database.MARIADB);
        mariaDb.execute("CREATE TABLE millrace_commits (job VARCHAR(255), output VARCHAR(255), part INT, batch BIGINT, "
                + "epoch BIGINT) ENGINE = Aria");

        assertThatThrownBy(() -> counts(mariaDb).commit(batch(1), List.of()))
                .hasMessageContaining("table millrace_commits has the engine Aria");
    }

    @Test
    void refusesAFurtherUniqueIndexOfMariaDb() throws Exception {
        Database mariaDb = Database.MARIADB.emptied();
        mariaDb.execute("CREATE TABLE counts (word VARCHAR(50) PRIMARY KEY, n INT UNIQUE)");
        mariaDb.execute("CREATE TABLE numbered (id INT AUTO_INCREMENT PRIMARY KEY, word VARCHAR(50) UNIQUE, n INT)");

        assertThatThrownBy(() -> counts(mariaDb).commit(batch(1), List.of()))
                .hasMessageContaining("table counts has a further unique index n of n");
        JdbcSink<String> sink =
                JdbcSink.upsert(mariaDb.source(), "numbered", key("word", (String w) -> w), column("n", w -> 1));
        sink.commit(batch(1), List.of("a"));
        sink.commit(batch(2), List.of("a", "b"));
        sink.close();

        assertThat(mariaDb.rows("SELECT word, n FROM numbered ORDER BY word")).containsExactly("a,1", "b,1");
    }

    @ParameterizedTest
    @EnumSource
    void keepsOutputsAndJobsApart(Database database) throws Exception {
        database.emptied().execute("CREATE TABLE numbers (n INT)");
        JdbcSink<Integer> sink = JdbcSink.append(database.source(), "numbers", column("n", (Integer n) -> n));

        List<Boolean> written = new ArrayList<>();
        for (String job : List.of("a", "A", "ä", "a\"b", "a'b")) {
            OutputClaim claim = new OutputClaim(job, "o", 1);
            written.add(sink.commit(new OutputCommit(claim, 1, new BatchTime(1), 0), List.of(1)));
        }

        assertThat(written).doesNotContain(false);
        assertThatThrownBy(() -> sink.claim(new OutputClaim("a ", "o", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sink.claim(new OutputClaim("a", "x".repeat(256), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 255");
        sink.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheMarkersWhereItIsTold(Database database) throws Exception {
        JdbcSink<Pair<String, Integer>> sink = counts(withCounts(database)).markers("my_marks");

        sink.commit(batch(1), List.of());
        sink.close();

        assertThat(database.rows("SELECT batch FROM my_marks WHERE part = 0")).containsExactly("1");
    }

    /** Two jobs without a checkpoint directory may have batches of the same time. */
    @ParameterizedTest
    @EnumSource
    void writesWithoutMarkersForAJobWithoutCheckpoints(Database database) throws Exception {
        database.emptied().execute("CREATE TABLE numbers (n INT)");
        JdbcSink<Integer> one = JdbcSink.append(database.source(), "numbers", column("n", (Integer n) -> n));
        JdbcSink<Integer> other = JdbcSink.append(database.source(), "numbers", column("n", (Integer n) -> n));

        one.write(new BatchTime(1_000), List.of(1));
        other.write(new BatchTime(1_000), List.of(2));
        other.write(new BatchTime(2_000), List.of(3));
        one.close();
        other.close();

        assertThat(database.rows("SELECT n FROM numbers ORDER BY n")).containsExactly("1", "2", "3");
        assertThat(database.rows("SELECT * FROM millrace_commits")).isEmpty();
    }

    @Test
    void isTypedByTheStreamItIsGivenTo() throws Exception {
        Database database = withCounts(Database.H2);
        try (BatchHarness harness = BatchHarness.create("words")) {
            ScriptedInput<String> words = harness.input();
            harness.stream(words)
                    .mapToPair(word -> Pair.of(word, 1))
                    .reduceByKey(Integer::sum)
                    .output(JdbcSink.upsert(
                            database.source(), "counts", key("word", Pair::key), column("n", Pair::value)));
            harness.start();

            words.addAll(List.of("blue", "green", "blue"));
            assertThat(harness.runBatch().succeeded()).isTrue();

            assertThat(database.rows("SELECT word, n FROM counts ORDER BY word"))
                    .containsExactly("blue,2", "green,1");
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        String url = "jdbc:h2:mem:unused";
        Map<String, Runnable> wrong = Map.of(
                "at least one column", () -> JdbcSink.append(url, "t"),
                "named twice", () -> JdbcSink.append(url, "t", column("a", i -> i), column("A", i -> i)),
                "at least one key column", () -> JdbcSink.upsert(url, "t", column("a", i -> i)),
                "no key columns", () -> JdbcSink.append(url, "t", key("a", i -> i)),
                "only an upsert can delete",
                        () -> JdbcSink.append(url, "t", column("a", i -> i)).deleteWhen(i -> true),
                "patience must be 1 s to 1 h, but is PT0.5S",
                        () -> JdbcSink.append(url, "t", column("a", i -> i)).patience(Duration.ofMillis(500)),
                "mostRefused must be >= 0, but is -1",
                        () -> JdbcSink.append(url, "t", column("a", i -> i)).setAside(RefusedTable.named("r"), -1));
        wrong.forEach((message, call) -> assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
    }
}
