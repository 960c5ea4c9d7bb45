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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that would like to be a statement. */
class JdbcInjectionTest {

    private static final List<String> EVIL = List.of(
            "'; DROP TABLE victim; --",
            "\"; DROP TABLE victim; --",
            "`; DROP TABLE victim; --",
            "\\'; DROP TABLE victim; --",
            "') ON CONFLICT DO NOTHING; DELETE FROM victim; --",
            "x', (SELECT 1), 'y",
            "$1 ? :name {fn now()}",
            "$$; DROP TABLE victim; $$",
            "/* */ -- # ;",
            "%s%n\\x00\\0\\n\\Z",
            "1 OR 1=1",
            "\u02bc; DROP TABLE victim; \u2032",
            "\u0008\u001a\t\r\n",
            " blanks ");

    @ParameterizedTest
    @EnumSource
    void keepsEvilValuesAsTheyAre(Database database) throws Exception {
        database.emptied().execute("CREATE TABLE victim (k VARCHAR(99) PRIMARY KEY, v VARCHAR(99))");
        JdbcSink<String> sink = JdbcSink.upsert(
                        database.source(), "victim", key("k", (String s) -> s), column("v", s -> s))
                .deleteWhen(s -> s.startsWith("gone"));
        OutputClaim claim = new OutputClaim("job '; DROP TABLE victim; --", "\"`' out", 1);

        sink.commit(new OutputCommit(claim, 1, new BatchTime(1), 0), EVIL);
        List<String> gone = EVIL.stream().map(s -> "gone" + s).toList();
        sink.commit(new OutputCommit(claim, 2, new BatchTime(2), 0), gone);
        sink.close();

        assertThat(database.rows("SELECT k FROM victim")).containsExactlyInAnyOrderElementsOf(EVIL);
        assertThat(database.rows("SELECT v FROM victim")).containsExactlyInAnyOrderElementsOf(EVIL);
        assertThat(database.rows("SELECT job, output FROM millrace_commits WHERE part = 0"))
                .containsExactly(claim.job() + "," + claim.output());
    }

    /** With the backslash as a common character, which a server may be set to. */
    @ParameterizedTest
    @ValueSource(strings = {"NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", ""})
    void keepsEvilValuesInAllModesOfMariaDb(String mode) throws Exception {
        Database database = Database.MARIADB.emptied();
        database.execute("CREATE TABLE victim (k VARCHAR(99) PRIMARY KEY, v VARCHAR(99))");
        String url = database.url().replace("/test?", "/tests?") + "&sessionVariables=sql_mode='" + mode + "'";
        JdbcSink<String> sink = JdbcSink.upsert(url, "victim", key("k", (String s) -> s), column("v", s -> s));

        sink.commit(new OutputCommit(new OutputClaim("j", "o", 1), 1, new BatchTime(1), 0), EVIL);
        sink.close();

        assertThat(database.rows("SELECT v FROM victim")).containsExactlyInAnyOrderElementsOf(EVIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a b", "1a", "a-b", "a;b", "a'b", "a\"b", "a`b", "a.b", "a)b", "a\0b", "ä", "a\n", "--",
                "/**/", "a\u200b"
            })
    void refusesEvilNames(String name) {
        assertThatThrownBy(() -> column(name, i -> i))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of a column must be letters, digits and _");
        if (!name.equals("a.b")) {
            assertThatThrownBy(() -> JdbcSink.append("jdbc:h2:mem:x", name, column("n", i -> i)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> RefusedTable.named(name + ".x." + name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JdbcSink.append("jdbc:h2:mem:x", "t", column("n", i -> i))
                        .markers(name + "'"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void takesNamesNoLongerThanAnyDatabase(int length) {
        List<Throwable> failures = new ArrayList<>();
        String name = IntStream.range(0, length).mapToObj(i -> "x").reduce("", String::concat);
        try {
            column(name, i -> i);
        } catch (IllegalArgumentException e) {
            failures.add(e);
        }
        assertThat(failures).hasSize(length - 63);
    }
}
