// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.jdbc;

import static io.millrace.table.Functions.col;
import static io.millrace.table.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.StreamingQueryException;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.type.DataTypes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What queries do with tables of databases. */
@Timeout(60)
class JdbcWriteTest {

    private static final String COUNTS = "counts (word VARCHAR(20) PRIMARY KEY, n BIGINT)";

    private final MemoryStream words = MemoryStream.of("words", DataTypes.parseSchema("word string, n int"));
    private TableSession session;

    @BeforeEach
    void open() {
        session = TableSession.builder().build();
    }

    @AfterEach
    void close() {
        session.close();
    }

    private Table counts() {
        return session.createTable(words).groupBy("word").agg(sum(col("n")).as("n"));
    }

    @ParameterizedTest
    @EnumSource
    void appendsRows(Server server) throws Exception {
        server.with("said (word VARCHAR(20), n INT)");
        StreamingQuery query = session.createTable(words)
                .writeStream()
                .format("jdbc")
                .options(server.options())
                .option("dbtable", "said")
                .start();

        words.addRows(Row.of("blue", 1), Row.of(null, 2));
        query.processAllAvailable();
        words.addRows(Row.of("blue", 1));
        query.processAllAvailable();
        query.stop();

        assertThat(Objects.requireNonNull(query.lastProgress()).json())
                .contains("JdbcTable[" + server.url().replaceFirst(";.*", "") + ", said]")
                .doesNotContain(server.password);
        assertThat(server.rows("SELECT word, n FROM said ORDER BY n, word"))
                .containsExactly("blue,1", "blue,1", "null,2");
    }

    @ParameterizedTest
    @EnumSource
    void changesRowsByTheirKeyInUpdateMode(Server server) throws Exception {
        server.with(COUNTS);
        StreamingQuery query = counts().writeStream()
                .outputMode("update")
                .format("jdbc")
                .options(server.options())
                .option("dbtable", "counts")
                .option("keyColumns", "WORD")
                .start();

        words.addRows(Row.of("blue", 1), Row.of("green", 2));
        query.processAllAvailable();
        words.addRows(Row.of("blue", 5), Row.of("red", 3));
        query.processAllAvailable();
        query.stop();

        assertThat(server.rows("SELECT word, n FROM counts ORDER BY word"))
                .containsExactly("blue,6", "green,2", "red,3");
    }

    @ParameterizedTest
    @EnumSource
    void replacesTheTableInCompleteMode(Server server) throws Exception {
        server.with(COUNTS);
        server.execute("INSERT INTO counts VALUES ('old', 1)");
        StreamingQuery query = counts().writeStream()
                .outputMode("complete")
                .format("jdbc")
                .options(server.options())
                .option("dbtable", "counts")
                .start();

        words.addRows(Row.of("blue", 1), Row.of("green", 2));
        query.processAllAvailable();
        assertThat(server.rows("SELECT word, n FROM counts ORDER BY word")).containsExactly("blue,1", "green,2");
        words.addRows(Row.of("blue", 5));
        query.processAllAvailable();
        query.stop();

        assertThat(server.rows("SELECT word, n FROM counts ORDER BY word")).containsExactly("blue,6", "green,2");
    }

    @ParameterizedTest
    @EnumSource
    void writesFinishedTablesAndReadsThemBackWithTheirTypes(Server server) throws Exception {
        boolean postgres = server == Server.POSTGRES;
        server.with("kinds (b BOOLEAN, s SMALLINT, i INT, l BIGINT, f REAL, d DOUBLE PRECISION, m NUMERIC(10, 2),"
                + " t VARCHAR(20), y " + (postgres ? "BYTEA" : "VARBINARY(9)")
                + ", born DATE, at TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE)");
        Row row = Row.of(
                true,
                (short) -3,
                7,
                1L << 40,
                1.5f,
                -0.25,
                new BigDecimal("12.50"),
                "blue \u00fc",
                new byte[] {1, -1},
                LocalDate.of(2024, 2, 29),
                Instant.parse("2024-02-29T12:34:56.123456Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"));
        Row nulls = Row.of(new Object[12]);
        Table kinds = session.fromRows(
                DataTypes.parseSchema(
                        "b boolean, s smallint, i int, l bigint, f float, d double, m decimal(10,2), t string,"
                                + " y binary, born date, at timestamp, zoned timestamp"),
                List.of(row, nulls));

        kinds.write()
                .format("jdbc")
                .options(server.options())
                .option("dbtable", "kinds")
                .save();
        Table read = session.read()
                .format("jdbc")
                .options(server.options())
                .option("dbtable", "kinds")
                .load();

        assertThat(read.schema().toString().toLowerCase(Locale.ROOT))
                .isEqualTo("b boolean, s smallint, i int, l bigint, f float, d double, m decimal(10,2), t string,"
                        + " y binary, born date, at timestamp, zoned timestamp");
        List<Row> back = read.collect();
        assertThat(back).hasSize(2);
        for (int i = 0; i < 12; i++) {
            assertThat(back.get(0).get(i)).as("column %s", i).isEqualTo(row.get(i));
            assertThat(back.get(1).get(i)).isNull();
        }
        assertThat(read.select("t", "i").collect())
                .containsExactly(Row.of(row.get(7), row.get(2)), Row.of(new @Nullable Object[] {null, null}));
        Table some = session.read()
                .format("jdbc")
                .options(server.options())
                .option("query", "SELECT i + 1 AS next, t FROM kinds WHERE i IS NOT NULL")
                .option("fetchSize", 1)
                .load();
        some.createOrReplaceTempView("some");
        assertThat(session.sql("SELECT next * 2 FROM some WHERE t LIKE 'blue%'").collect())
                .containsExactly(Row.of(16));
    }

    private Table query(Server server, String sql) {
        return session.read()
                .format("jdbc")
                .options(server.options())
                .option("query", sql)
                .load();
    }

    @Test
    void readsTypesAsSparkDoesAndNamesAColumnThatHasNone() throws Exception {
        Table read = query(
                Server.POSTGRES.with(),
                "SELECT CAST(1.5 AS numeric) AS m, CAST('2024-01-01 10:00:00+02' AS timestamptz) AS z,"
                        + " CAST('10:00:01' AS time) AS t, CAST('{\"a\": 1}' AS json) AS j");

        assertThat(read.schema()).hasToString("m decimal(38,18), z timestamp, t timestamp, j string");
        assertThat(read.collect())
                .containsExactly(Row.of(
                        new BigDecimal("1.500000000000000000"),
                        Instant.parse("2024-01-01T08:00:00Z"),
                        Instant.parse("1970-01-01T10:00:01Z"),
                        "{\"a\": 1}"));
        assertThatThrownBy(() -> query(Server.H2.with(), "SELECT ARRAY[1, 2] AS list"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("`LIST`")
                .hasMessageContaining("cast it");
    }

    @Test
    void joinsAStreamWithATableOfADatabase() throws Exception {
        Server.H2.with("hex (colour VARCHAR(20), code INT)");
        Server.H2.execute("INSERT INTO hex VALUES ('blue', 255), ('green', 65280)");
        Server.H2.execute("CREATE TABLE named (word VARCHAR(20), code INT)");
        session.createTable(words).createOrReplaceTempView("words");
        session.read()
                .format("jdbc")
                .options(Server.H2.options())
                .option("dbtable", "hex")
                .load()
                .createOrReplaceTempView("hex");
        StreamingQuery query = session.sql("SELECT word, code FROM words JOIN hex ON word = colour")
                .writeStream()
                .format("jdbc")
                .options(Server.H2.options())
                .option("dbtable", "named")
                .start();

        words.addRows(Row.of("blue", 1), Row.of("pink", 1));
        query.processAllAvailable();

        assertThat(Server.H2.rows("SELECT word, code FROM named")).containsExactly("blue,255");
    }

    @Test
    void refusesWrongOptionsByTheirNames() throws Exception {
        Server.H2.with(COUNTS, "plain (word VARCHAR(20), n BIGINT)");
        Map<String, String> good = Server.H2.options();

        assertRefused(Map.of("dbtable", "counts"), "needs the option 'url'");
        assertRefused(good, "needs the option 'dbtable'");
        assertRefused(Map.of("url", "h2:mem", "dbtable", "counts"), "'url'", "must begin with jdbc:");
        assertRefused(
                with(good, "keyColumns", "word", "dbtable", "counts; DROP"), "the name of a table must be letters");
        assertRefused(with(good, "dbtable", "counts"), "needs the option 'keyColumns' in update mode");
        assertRefused(
                with(good, "dbtable", "counts", "keyColumns", "word,nothing"), "'nothing'", "word string, n bigint");
        assertRefused(with(good, "dbtable", "counts", "keyColumn", "word"), "no option 'keyColumn'", "keyColumns");
        assertRefused(
                with(good, "dbtable", "counts", "keyColumns", "word", "lockTimeout", "0"),
                "'lockTimeout' must be a whole number from 1 to 3600");
        assertRefused(with(good, "dbtable", "counts", "driver", "no.Driver"), "'driver'", "no.Driver");
        assertRefused(with(good, "dbtable", "counts", "driver", "java.lang.String"), "no driver");
        assertThatThrownBy(() -> session.read().format("jdbc").options(good).load())
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("either the option 'dbtable' or the option 'query'");
        assertThatThrownBy(() -> session.read()
                        .format("jdbc")
                        .options(good)
                        .option("dbtable", "nothing")
                        .load())
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("JDBCRelation(nothing) at jdbc:h2:mem:tables cannot be looked up");
        assertThatThrownBy(() -> session.readStream().format("jdbc").load())
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("does not support streamed reading");
        assertThatThrownBy(() -> session.sql("SELECT array(1) AS a")
                        .write()
                        .format("jdbc")
                        .options(with(good, "dbtable", "counts"))
                        .save())
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("`a` of the type \"ARRAY<INT>\"");

        StreamingQuery query = counts().writeStream()
                .outputMode("update")
                .format("jdbc")
                .options(with(good, "dbtable", "plain", "keyColumns", "word"))
                .start();
        words.addRows(Row.of("blue", 1));
        assertThatThrownBy(query::awaitTermination)
                .isInstanceOf(StreamingQueryException.class)
                .hasMessageContaining("no primary key or unique index of exactly the key");
    }

    @Test
    void showsNoPassword() throws Exception {
        Server.H2.with(COUNTS);
        Map<String, String> wrong =
                with(Server.H2.options(), "password", "not-the-pass-word", "dbtable", "counts", "keyColumns", "word");
        StreamingQuery query = counts().writeStream()
                .outputMode("update")
                .format("jdbc")
                .options(wrong)
                .start();
        words.addRows(Row.of("blue", 1));

        assertThatThrownBy(query::awaitTermination)
                .isInstanceOf(StreamingQueryException.class)
                .satisfies(e -> assertThat(printed(e)).doesNotContain("not-the-pass-word"));
        assertThatThrownBy(() -> session.read()
                        .format("jdbc")
                        .options(Server.H2.options())
                        .option("password", "not-the-pass-word")
                        .option("dbtable", "counts")
                        .load())
                .isInstanceOf(AnalysisException.class)
                .satisfies(e -> assertThat(printed(e)).doesNotContain("not-the-pass-word"));
        assertThat(new FormatOptions(wrong).toString()).doesNotContain("not-the-pass-word");
    }

    private void assertRefused(Map<String, String> options, String... messages) {
        assertThatThrownBy(() -> counts().writeStream()
                        .outputMode("update")
                        .format("jdbc")
                        .options(options)
                        .start())
                .isInstanceOf(AnalysisException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(messages));
    }

    private static Map<String, String> with(Map<String, String> options, String... more) {
        Map<String, String> all = new HashMap<>(options);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
