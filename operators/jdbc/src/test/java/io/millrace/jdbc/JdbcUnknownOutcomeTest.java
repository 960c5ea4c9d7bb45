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
import io.millrace.operator.OutputFencedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break, locks that others hold: what was not heard of is found out, and nothing is there twice. */
@Timeout(120)
class JdbcUnknownOutcomeTest {

    private static OutputClaim claim(long epoch) {
        return new OutputClaim("words", "numbers", epoch);
    }

    private static OutputCommit batch(long epoch, long number) {
        return new OutputCommit(claim(epoch), number, new BatchTime(1_000 * number), 0);
    }

    private static Database withNumbers(Database database) throws SQLException {
        database.emptied().execute("CREATE TABLE numbers (n INT)");
        return database;
    }

    private static List<String> written(Database database) throws SQLException {
        return database.rows("SELECT n FROM numbers ORDER BY n");
    }

    @ParameterizedTest
    @EnumSource
    void findsOutThatALostReplyWasACommit(Database database) throws Exception {
        FaultySource source = new FaultySource(withNumbers(database).source());
        JdbcSink<Integer> sink = JdbcSink.append(source, "numbers", column("n", n -> n));
        source.fail(FaultySource.Fault.COMMIT_REPLY_LOST);

        assertThatThrownBy(() -> sink.commit(batch(1, 1), List.of(1)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("or that is not known");
        assertThat(sink.commit(batch(1, 1), List.of(1))).isFalse();
        source.fail(FaultySource.Fault.COMMIT_LOST);
        assertThatThrownBy(() -> sink.commit(batch(1, 2), List.of(2))).isInstanceOf(SQLException.class);
        assertThat(sink.commit(batch(1, 2), List.of(2))).isTrue();
        source.fail(FaultySource.Fault.WRITE_LOST, 1);
        assertThatThrownBy(() -> sink.commit(batch(1, 3), List.of(3))).isInstanceOf(SQLException.class);
        assertThat(sink.commit(batch(1, 3), List.of(3))).isTrue();
        sink.close();

        assertThat(written(database)).containsExactly("1", "2", "3");
        assertThat(source.opened()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void claimsAgainAfterALostReply(Database database) throws Exception {
        FaultySource source = new FaultySource(withNumbers(database).source());
        JdbcSink<Integer> sink = JdbcSink.append(source, "numbers", column("n", n -> n));
        source.fail(FaultySource.Fault.COMMIT_REPLY_LOST);

        assertThatThrownBy(() -> sink.claim(claim(2)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("epoch 2 could not claim output numbers of job words");
        assertThat(sink.claim(claim(2))).isEqualTo(OptionalLong.empty());
        assertThatThrownBy(() -> sink.commit(batch(1, 1), List.of(1))).isInstanceOf(OutputFencedException.class);
        sink.close();
    }

    /** Ends all connections of the server but its own. */
    private static void killAll(Database database) throws SQLException {
        if (database == Database.POSTGRES) {
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                    + "AND backend_type = 'client backend'");
        } else {
            for (String id : database.rows("SELECT id FROM information_schema.processlist WHERE db = 'tests' "
                    + "AND id <> CONNECTION_ID()")) {
                database.execute("KILL " + id);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void goesOnWhenTheServerHasEndedAnIdleConnection(Database database) throws Exception {
        JdbcSink<Integer> sink = JdbcSink.append(withNumbers(database).source(), "numbers", column("n", n -> n));
        sink.commit(batch(1, 1), List.of(1));

        killAll(database);

        assertThat(sink.commit(batch(1, 2), List.of(2))).isTrue();
        sink.close();
        assertThat(written(database)).containsExactly("1", "2");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void writesNothingIfTheServerEndsTheConnectionInTheMiddle(Database database) throws Exception {
        withNumbers(database);
        boolean[] kill = {true};
        JdbcSink<Integer> sink = JdbcSink.append(database.source(), "numbers", column("n", n -> {
            if (n == 1_500 && kill[0]) {
                kill[0] = false;
                killUnchecked(database);
            }
            return n;
        }));
        List<Integer> records = IntStream.range(0, 2_000).boxed().toList();

        assertThatThrownBy(() -> sink.commit(batch(1, 1), records)).isInstanceOf(SQLException.class);
        assertThat(written(database)).isEmpty();
        assertThat(sink.commit(batch(1, 1), records)).isTrue();
        sink.close();
        assertThat(written(database)).hasSize(2_000);
    }

    private static void killUnchecked(Database database) {
        try {
            killAll(database);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A process that was stopped holds the lock; the server ends its transaction, and what it wakes up to is a dead connection. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void takesOverFromAProcessThatWasStoppedInTheMiddle(Database database) throws Exception {
        withNumbers(database);
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        JdbcSink<Integer> zombie = JdbcSink.append(database.source(), "numbers", column("n", (Integer n) -> {
                    inTheMiddle.countDown();
                    awaitUnchecked(goOn);
                    return n;
                }))
                .patience(Duration.ofSeconds(1));
        Throwable[] heard = new Throwable[1];
        Thread thread = new Thread(
                () -> {
                    try {
                        zombie.commit(batch(1, 1), List.of(99));
                    } catch (Exception e) {
                        heard[0] = e;
                    }
                },
                "zombie");
        thread.start();
        inTheMiddle.await();

        JdbcSink<Integer> next = JdbcSink.append(database.source(), "numbers", column("n", (Integer n) -> n))
                .patience(Duration.ofSeconds(20));
        assertThat(next.claim(claim(2))).isEqualTo(OptionalLong.empty());
        assertThat(next.commit(batch(2, 1), List.of(1))).isTrue();
        goOn.countDown();
        thread.join();

        assertThat(heard[0]).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> zombie.commit(batch(1, 1), List.of(99))).isInstanceOf(OutputFencedException.class);
        assertThat(written(database)).containsExactly("1");
        zombie.close();
        next.close();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForALockNoLongerThanItIsPatient(Database database) throws Exception {
        withNumbers(database);
        JdbcSink<Integer> sink = JdbcSink.append(database.source(), "numbers", column("n", (Integer n) -> n))
                .patience(Duration.ofSeconds(1));
        sink.claim(claim(1));
        try (Connection other = database.source().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("UPDATE millrace_commits SET batch = batch");

            assertThatThrownBy(() -> sink.commit(batch(1, 1), List.of(1))).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> sink.claim(claim(1))).isInstanceOf(SQLException.class);
            other.rollback();
        }
        assertThat(sink.commit(batch(1, 1), List.of(1))).isTrue();
        sink.close();
        assertThat(written(database)).containsExactly("1");
    }

    /** The database chooses one of two that wait for each other; if it is the sink, nothing is there and it is called again. */
    @ParameterizedTest
    @EnumSource
    void survivesADeadlock(Database database) throws Exception {
        database.emptied().execute("CREATE TABLE counts (word VARCHAR(9) PRIMARY KEY, n INT)");
        database.execute("INSERT INTO counts VALUES ('a', 0), ('b', 0)");
        CountDownLatch theirs = new CountDownLatch(1);
        CountDownLatch ours = new CountDownLatch(1);
        Throwable[] other = new Throwable[1];
        Thread thread = new Thread(
                () -> {
                    try (Connection connection = database.source().getConnection();
                            Statement statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        statement.executeUpdate("UPDATE counts SET n = n + 100 WHERE word = 'b'");
                        theirs.countDown();
                        ours.await();
                        statement.executeUpdate("UPDATE counts SET n = n + 100 WHERE word = 'a'");
                        connection.commit();
                    } catch (SQLException | InterruptedException e) {
                        other[0] = e;
                    }
                },
                "other");
        thread.start();
        theirs.await();
        // the writes of the sink: the fence, an upsert of a, a deletion of b
        FaultySource source = new FaultySource(database.source());
        source.beforeWrite(3, ours::countDown);
        JdbcSink<String> sink = JdbcSink.upsert(
                        source, "counts", key("word", (String word) -> word), column("n", word -> 7))
                .deleteWhen(word -> word.equals("b"))
                .patience(Duration.ofSeconds(10));
        boolean done;
        try {
            done = sink.commit(batch(1, 1), List.of("a", "b"));
        } catch (SQLException e) {
            done = false;
            assertThat(e.getSQLState()).isIn("40P01", "40001", "HYT00", "55P03");
        }
        thread.join();
        assertThat(done).as("one of the two is chosen").isEqualTo(other[0] != null);
        assertThat(sink.commit(batch(1, 1), List.of("a", "b"))).isEqualTo(!done);
        sink.close();

        assertThat(database.rows("SELECT word, n FROM counts")).containsExactly("a,7");
    }
}
