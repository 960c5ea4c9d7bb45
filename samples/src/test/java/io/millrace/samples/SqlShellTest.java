// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlShellTest {

    private final Console console = Console.open();

    @AfterEach
    void giveBackTheConsole() {
        console.close();
    }

    private int shell(String statements, String... args) {
        List<String> all = new ArrayList<>(List.of("--batch-interval", "50ms"));
        all.addAll(List.of(args));
        return console.run(new SqlShell(new BufferedReader(new StringReader(statements))), all.toArray(new String[0]));
    }

    @Test
    void showsTheResultOfAnAggregationAsItGrows() {
        int code = shell(
                "SELECT 'all' AS what, min(value) AS least, count(*) > 0 AS came FROM rate", "--rows-per-second", "50");

        assertThat(console.outLines().stream().filter(line -> line.matches("Batch: .*|\\| *(what|all).*")))
                .containsExactly(
                        "Batch: 0",
                        "|what|least|came|",
                        "| all|    0|true|",
                        "Batch: 1",
                        "|what|least|came|",
                        "| all|    0|true|",
                        "Batch: 2",
                        "|what|least|came|",
                        "| all|    0|true|");
        assertThat(console.err()).isEmpty();
        assertThat(code).isZero();
    }

    @Test
    void appendsWhatIsNoAggregationAndRunsStatementsOneAfterTheOther() {
        int code = shell("""
                SELECT value FROM rate WHERE value < 1;
                .mode update
                SELECT count(
                    *) * 0 AS none FROM rate
                exit
                SELECT nothing FROM nowhere
                """, "--rows-per-second", "100", "--batches", "1");

        assertThat(console.outLines().stream().filter(line -> line.startsWith("|")))
                .startsWith("|value|", "|    0|");
        assertThat(console.out()).contains("|none|");
        assertThat(console.err()).isEmpty();
        assertThat(code).isZero();
    }

    @Test
    void aQueryWithoutAStreamIsShownOnce() {
        assertThat(shell("SELECT 1 + 1 AS two")).isZero();

        assertThat(console.out()).contains("|two|\n").contains("|  2|\n").doesNotContain("Batch");
    }

    @Test
    void aStatementWithoutAnAnswerShowsNothing() {
        assertThat(shell("CREATE TEMP VIEW three AS SELECT 3 AS n\nSELECT n FROM three"))
                .isZero();

        assertThat(console.out()).startsWith("+---+\n|  n|\n+---+\n|  3|\n+---+\n");
    }

    @Test
    void aPlanStandsInLines() {
        assertThat(shell("EXPLAIN EXTENDED SELECT value + 1 AS next FROM rate WHERE value > 2"))
                .isZero();

        assertThat(console.out().lines().toList())
                .contains("== Logical Plan ==", "== Optimized Logical Plan ==", "== Physical Plan ==");
    }

    @Test
    void saysWhereAStatementIsWrongAndGoesOn() {
        int code = shell("SELECT value, nothing FROM rate\n.nope\n.mode often\n.stop\n.tables\n");

        assertThat(console.err().lines().toList())
                .startsWith("SELECT value, nothing FROM rate", " ".repeat(14) + "^")
                .contains("error: there is no command .nope; .help says which there are")
                .contains("error: 'often' is no mode; there are auto, append, update and complete");
        assertThat(console.err()).contains("(line 1, column 15)");
        assertThat(console.outLines()).hasSize(2).startsWith("no query runs");
        assertThat(console.outLines().get(1)).startsWith("rate (").contains("timestamp", "value");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void aQueryThatFailsIsAnError() {
        int code = shell("SELECT 1 / (value - value) AS broken FROM rate", "--rows-per-second", "50");

        assertThat(console.err()).contains("error: ").contains("DIVIDE_BY_ZERO");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void readsTheLinesOfASocket() throws Exception {
        try (LineServer server = LineServer.listen(0)) {
            SqlShell shell = new SqlShell(new BufferedReader(
                    new StringReader("SELECT upper(value) AS loud FROM lines WHERE timestamp IS NOT NULL")));
            Thread sample = console.start(shell, "--port", String.valueOf(server.port()), "--batches", "1");

            server.next().say("gohawks");
            sample.join();

            assertThat(console.outLines()).containsAll(List.of("|   loud|", "|GOHAWKS|"));
        }
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(shell(".help")).isZero();

        assertThat(console.out()).contains(".tables", ".mode", ".explain", ".stop", "exit");
    }

    @Test
    void refusesToShowNoBatch() {
        assertThat(shell("", "--batches", "0")).isEqualTo(2);

        assertThat(console.err()).contains("--batches must be >= 1, but is 0");
    }
}
