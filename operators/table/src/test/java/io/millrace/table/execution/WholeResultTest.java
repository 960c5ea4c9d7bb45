// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every batch of complete mode brings what the same query gives over the rows so far, whatever is last in it; changes of update mode add up to it. */
class WholeResultTest {

    private static final String COLUMNS = "k int, v bigint, t timestamp";
    private static final Schema SCHEMA = DataTypes.parseSchema(COLUMNS);
    private static final long SECOND = 1_000_000;

    private static PrefixCheck streams() {
        return new PrefixCheck()
                .stream("a", COLUMNS, "t", "1 second").stream("b", COLUMNS, "t", "1 second").stream("c", COLUMNS);
    }

    /** Rows of a few keys; the time goes on by a minute each step, with rows that come late. */
    private static List<Map<String, ColumnBatch>> steps(Random random, int count) {
        List<Map<String, ColumnBatch>> steps = new ArrayList<>();
        for (int step = 0; step < count; step++) {
            int minute = step;
            steps.add(Map.of("a", rows(random, minute), "b", rows(random, minute), "c", rows(random, minute)));
        }
        return steps;
    }

    private static ColumnBatch rows(Random random, int minute) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(SCHEMA);
        for (int i = random.nextInt(6); i >= 0; i--) {
            builder.append(new Object[] {
                random.nextInt(4),
                (long) random.nextInt(8),
                (60L * random.nextInt(minute + 1) + random.nextInt(60)) * SECOND
            });
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // different rows of what changes
                "SELECT DISTINCT n FROM (SELECT k, count(*) AS n FROM c GROUP BY k)",
                "SELECT n, count(*) AS m FROM (SELECT DISTINCT n FROM (SELECT k, count(*) AS n FROM c GROUP BY k)) GROUP BY n",
                // the first rows of what changes, below something else
                "SELECT sum(n) AS s FROM (SELECT k, count(*) AS n FROM c GROUP BY k ORDER BY n DESC, k LIMIT 2)",
                "SELECT sum(m) AS s FROM (SELECT n + 1 AS m FROM (SELECT k, count(*) AS n FROM c GROUP BY k ORDER BY n DESC, k) LIMIT 2)",
                "SELECT count(*) AS s FROM (SELECT k, count(*) AS n FROM c GROUP BY k LIMIT 2)",
                // the first rows of what only comes
                "SELECT count(*) AS s FROM (SELECT k FROM c LIMIT 5)",
                // a part that only passes rows on
                "SELECT k, count(*) AS n FROM c GROUP BY k UNION ALL SELECT k, v FROM a WHERE v > 3",
                "SELECT DISTINCT k, v FROM a UNION ALL SELECT k, count(*) AS n FROM c GROUP BY k",
                "SELECT k, map(k, v) AS m FROM a UNION ALL SELECT k, map(k, count(*)) AS m FROM c GROUP BY k",
                "(SELECT 7 AS k, 7 AS n FROM a LIMIT 3) UNION ALL SELECT k, count(*) AS n FROM c GROUP BY k",
                // joins
                "SELECT x.k, sum(x.v) AS s, count(*) AS n FROM a AS x JOIN c AS y ON x.k = y.k GROUP BY x.k",
                "SELECT x.k, x.n, y.v FROM (SELECT k, count(*) AS n FROM c GROUP BY k) AS x JOIN c AS y ON x.k = y.k",
                "SELECT x.w, x.n, y.m FROM (SELECT window(t, '1 minute') AS w, count(*) AS n FROM a GROUP BY window(t, '1 minute')) AS x"
                        + " FULL JOIN (SELECT window(t, '1 minute') AS w, max(v) AS m FROM b GROUP BY window(t, '1 minute')) AS y"
                        + " ON x.w = y.w",
                // windows that are long over
                "SELECT w, k, v FROM (SELECT w, k, v, row_number() OVER (PARTITION BY w ORDER BY v DESC, k) AS p FROM"
                        + " (SELECT window(t, '1 minute') AS w, k, max(v) AS v FROM a GROUP BY window(t, '1 minute'), k))"
                        + " WHERE p <= 2",
                "SELECT w.start, count(*) AS n FROM (SELECT window(t, '1 minute') AS w, k, v FROM a) GROUP BY w",
                "SELECT k, session_window(t, '5 seconds') AS s, count(*) AS n FROM c GROUP BY k, session_window(t, '5 seconds')",
            })
    void completeModeHasTheAnswerOverTheRowsSoFar(String sql) {
        for (long seed = 0; seed < 2; seed++) {
            assertThat(streams()
                            .run(sql, OutputMode.COMPLETE, steps(new Random(seed), 4))
                            .difference())
                    .as("%s, seed %d", sql, seed)
                    .isNull();
        }
    }

    /** Values are equal often, so that ranks are. */
    @ParameterizedTest
    @ValueSource(strings = {"rank", "dense_rank", "row_number"})
    void theBestOfEachGroupAreThoseOverTheRowsSoFar(String function) {
        int tookBack = 0;
        for (long seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            // rows that are equal in the order of row_number are equal
            String order = function.equals("row_number") ? "v DESC, t" : "v DESC";
            String from = random.nextBoolean()
                    ? "c"
                    : "(SELECT k % 2 AS k, max(t) AS t, count(*) % 3 AS v FROM c GROUP BY k)";
            String rank = random.nextBoolean() ? ", p" : "";
            String ranked = "SELECT k, v, t" + rank + " FROM (SELECT k, v, t, " + function
                    + "() OVER (PARTITION BY k ORDER BY " + order + ") AS p FROM " + from + ") WHERE p "
                    + (random.nextInt(3) == 0 ? "= 1" : "<= " + (1 + random.nextInt(3)));
            String grouped = "SELECT v, count(*) AS n FROM (" + ranked + ") GROUP BY v";
            List<Map<String, ColumnBatch>> steps = steps(random, 4);
            for (String sql : List.of(ranked, grouped)) {
                assertThat(streams().run(sql, OutputMode.COMPLETE, steps).difference())
                        .as("%s, seed %d", sql, seed)
                        .isNull();
            }
            PrefixCheck.Outcome update = streams().run(ranked, OutputMode.UPDATE, steps);
            assertThat(update.difference()).as("%s, seed %d", ranked, seed).isNull();
            tookBack += update.tookBack() ? 1 : 0;
        }
        assertThat(tookBack).as("queries that took rows back").isPositive();
    }

    @Test
    void randomQueriesGiveTheAnswerOverTheRowsSoFar() {
        int whole = 0;
        int changing = 0;
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            String sql = relation(random, 3);
            List<Map<String, ColumnBatch>> steps = steps(random, 4);
            PrefixCheck.Outcome complete = outcome(sql, OutputMode.COMPLETE, steps, seed);
            whole += complete.difference() == null ? 1 : 0;
            String ranked = "SELECT k, v FROM (SELECT k, v, row_number() OVER (PARTITION BY k ORDER BY v) AS p FROM ("
                    + sql + ")) WHERE p <= 3";
            PrefixCheck.Outcome update = outcome(ranked, OutputMode.UPDATE, steps, seed);
            changing += update.tookBack() ? 1 : 0;
        }
        assertThat(whole).as("queries that ran in complete mode").isGreaterThan(10);
        assertThat(changing).as("queries that took rows back in update mode").isGreaterThan(10);
    }

    private static PrefixCheck.Outcome outcome(
            String sql, OutputMode mode, List<Map<String, ColumnBatch>> steps, long seed) {
        PrefixCheck.Outcome outcome;
        try {
            outcome =
                    new PrefixCheck().stream("a", COLUMNS).stream("b", COLUMNS).run(sql, mode, steps);
        } catch (AnalysisException e) {
            return new PrefixCheck.Outcome(e.condition(), false);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ", " + mode + ": " + sql, e);
        }
        assertThat(outcome.difference()).as("seed %d, %s: %s", seed, mode, sql).isNull();
        return outcome;
    }

    /** A query that gives {@code k int, v bigint}. */
    private static String relation(Random random, int depth) {
        if (depth == 0) {
            return "SELECT k, v FROM " + (random.nextBoolean() ? "a" : "b");
        }
        String below = relation(random, depth - 1);
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                String[] calls = {"count(*)", "sum(v)", "max(v)", "min(v)", "count(DISTINCT v)"};
                int groups = 1 + random.nextInt(4);
                yield "SELECT k % " + groups + " AS k, " + calls[random.nextInt(calls.length)] + " AS v FROM (" + below
                        + ") GROUP BY k % " + groups;
            }
            case 3 -> "SELECT k, v FROM (" + below + ") WHERE v % 3 <> " + random.nextInt(3);
            case 4 -> {
                String[] types = {"JOIN", "JOIN", "LEFT JOIN", "FULL JOIN"};
                yield "SELECT coalesce(x.k, y.k) AS k, coalesce(x.v, 0) + coalesce(y.v, 100) AS v FROM (" + below
                        + ") AS x " + types[random.nextInt(types.length)] + " (" + relation(random, depth - 1)
                        + ") AS y ON x.k = y.k";
            }
            case 5 -> "SELECT DISTINCT k, v FROM (" + below + ")";
            case 6 ->
                "SELECT k, v FROM (SELECT k, v, "
                        + List.of("row_number", "rank", "dense_rank").get(random.nextInt(3))
                        + "() OVER (PARTITION BY k ORDER BY v DESC) AS p FROM (" + below
                        + ")) WHERE p <= " + (1 + random.nextInt(3));
            case 7 -> "SELECT k, v FROM (" + below + ") ORDER BY v DESC, k LIMIT " + (1 + random.nextInt(4));
            default -> "(" + below + ") UNION ALL (" + relation(random, depth - 1) + ")";
        };
    }
}
