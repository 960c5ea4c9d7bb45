// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static io.millrace.table.Functions.array;
import static io.millrace.table.Functions.col;
import static io.millrace.table.Functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Column;
import io.millrace.table.Functions;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.StepwiseQuery;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions that are called with lambdas, in SQL and in the table API; expectations are those of Spark's documentation where it has some. */
class LambdasTest {

    private final TableSession session = TableSession.builder().build();

    @AfterEach
    void close() {
        session.close();
    }

    private @Nullable Object sql(String expression) {
        return session.sql("SELECT " + expression + " AS v").collect().get(0).get(0);
    }

    private static List<@Nullable Object> list(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    @Test
    void documentedExamples() {
        assertThat(sql("transform(array(1, 2, 3), x -> x + 1)")).isEqualTo(list(2, 3, 4));
        assertThat(sql("transform(array(1, 2, 3), (x, i) -> x + i)")).isEqualTo(list(1, 3, 5));
        assertThat(sql("filter(array(1, 2, 3), x -> x % 2 == 1)")).isEqualTo(list(1, 3));
        assertThat(sql("filter(array(0, 2, 3), (x, i) -> x > i)")).isEqualTo(list(2, 3));
        assertThat(sql("filter(array(0, null, 2, 3, null), x -> x IS NOT NULL)"))
                .isEqualTo(list(0, 2, 3));
        assertThat(sql("exists(array(1, 2, 3), x -> x % 2 == 0)")).isEqualTo(true);
        assertThat(sql("exists(array(1, 2, 3), x -> x % 2 == 10)")).isEqualTo(false);
        assertThat(sql("exists(array(1, null, 3), x -> x % 2 == 0)")).isNull();
        assertThat(sql("exists(array(0, null, 2, 3, null), x -> x IS NULL)")).isEqualTo(true);
        assertThat(sql("exists(array(1, 2, 3), x -> x IS NULL)")).isEqualTo(false);
        assertThat(sql("forall(array(1, 2, 3), x -> x % 2 == 0)")).isEqualTo(false);
        assertThat(sql("forall(array(2, 4, 8), x -> x % 2 == 0)")).isEqualTo(true);
        assertThat(sql("forall(array(1, null, 3), x -> x % 2 == 0)")).isEqualTo(false);
        assertThat(sql("forall(array(2, null, 8), x -> x % 2 == 0)")).isNull();
        assertThat(sql("aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x)")).isEqualTo(6);
        assertThat(sql("aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10)"))
                .isEqualTo(60);
        assertThat(sql("reduce(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10)"))
                .isEqualTo(60);
        assertThat(sql("zip_with(array('a', 'b', 'c'), array('d', 'e', 'f'), (x, y) -> concat(x, y))"))
                .isEqualTo(list("ad", "be", "cf"));
        assertThat(sql("zip_with(array(1, 2), array(3, 4), (x, y) -> x + y)")).isEqualTo(list(4, 6));
        assertThat(sql("zip_with(array(1, 2, 3), array('a', 'b', 'c'), (x, y) -> (y, x))"))
                .isEqualTo(list(Row.of("a", 1), Row.of("b", 2), Row.of("c", 3)));
        assertThat(sql("transform_keys(map_from_arrays(array(1, 2, 3), array(1, 2, 3)), (k, v) -> k + 1)"))
                .isEqualTo(Map.of(2, 1, 3, 2, 4, 3));
        assertThat(sql("transform_values(map_from_arrays(array(1, 2, 3), array(1, 2, 3)), (k, v) -> k + v)"))
                .isEqualTo(Map.of(1, 2, 2, 4, 3, 6));
        assertThat(sql("map_filter(map(1, 0, 2, 2, 3, -1), (k, v) -> k > v)")).isEqualTo(Map.of(1, 0, 3, -1));
        assertThat(sql("map_zip_with(map(1, 'a', 2, 'b'), map(1, 'x', 2, 'y'), (k, v1, v2) -> concat(v1, v2))"))
                .isEqualTo(Map.of(1, "ax", 2, "by"));
        assertThat(sql("map_zip_with(map('a', 1, 'b', 2), map('b', 3, 'c', 4), (k, v1, v2) -> "
                        + "coalesce(v1, 0) + coalesce(v2, 0))"))
                .isEqualTo(Map.of("a", 1, "b", 5, "c", 4));
        assertThat(sql("array_sort(array(5, 6, 1), (left, right) -> "
                        + "case when left < right then -1 when left > right then 1 else 0 end)"))
                .isEqualTo(list(1, 5, 6));
        assertThat(sql("array_sort(array('bc', 'ab', 'dc'), (left, right) -> case when left is null and right is null "
                        + "then 0 when left is null then -1 when right is null then 1 when left < right then 1 "
                        + "when left > right then -1 else 0 end)"))
                .isEqualTo(list("dc", "bc", "ab"));
        assertThat(sql("array_sort(array('b', 'd', null, 'c', 'a'))")).isEqualTo(list("a", "b", "c", "d", null));
    }

    @Test
    void nullsAndEmptyCollections() {
        assertThat(sql("transform(CAST(null AS array<int>), x -> x + 1)")).isNull();
        assertThat(sql("transform(array(), x -> 1)")).isEqualTo(list());
        assertThat(sql("transform(array(1, null), x -> x + 1)")).isEqualTo(list(2, null));
        assertThat(sql("filter(array(1, null), x -> null)")).isEqualTo(list());
        assertThat(sql("exists(array(), x -> true)")).isEqualTo(false);
        assertThat(sql("forall(array(), x -> false)")).isEqualTo(true);
        assertThat(sql("aggregate(CAST(null AS array<int>), 0, (s, x) -> s + x)"))
                .isNull();
        assertThat(sql("aggregate(array(1, null), 0, (s, x) -> s + x)")).isNull();
        assertThat(sql("aggregate(array(), 7, (s, x) -> s)")).isEqualTo(7);
        assertThat(sql("zip_with(array(1), array(1, 2), (x, y) -> x + y)")).isEqualTo(list(2, null));
        assertThat(sql("map_filter(CAST(null AS map<int,int>), (k, v) -> true)"))
                .isNull();
        assertThat(sql("transform(array(1, 2), 5)")).isEqualTo(list(5, 5));
        assertThat(sql("transform(array('ä€😀', ''), x -> length(x))")).isEqualTo(list(3, 0));
    }

    @Test
    void lambdasMayStandWithinLambdas() {
        assertThat(sql("transform(array(array(1, 2), array(3)), x -> transform(x, y -> y + size(x)))"))
                .isEqualTo(list(list(3, 4), list(4)));
        assertThat(sql("transform(array(array(1, 2), array(3)), x -> aggregate(x, 0, (x, y) -> x + y))"))
                .isEqualTo(list(3, 3));
        assertThat(sql("filter(array(1, 2, 3, 4), x -> exists(array(2, 4, 6), y -> x = y))"))
                .isEqualTo(list(2, 4));
        assertThat(sql("transform(array(named_struct('a', 1, 'b', 'x')), s -> concat(s.b, s.a))"))
                .isEqualTo(list("x1"));
    }

    @Test
    void columnsOfTheRowMeanThemselvesInALambda() {
        Schema schema = DataTypes.parseSchema("x int, a array<int>, s string");
        Table table = session.fromRows(
                schema, List.of(Row.of(10, list(1, 2), "p"), Row.of(20, list(3, null), null), Row.of(30, null, "q")));
        table.createOrReplaceTempView("t");
        assertThat(session.sql("SELECT transform(a, y -> y + x), transform(a, x -> x + 1), "
                                + "transform(a, (v, i) -> concat(s, i)) FROM t")
                        .collect())
                .containsExactly(
                        Row.of(list(11, 12), list(2, 3), list("p0", "p1")),
                        Row.of(list(23, null), list(4, null), list(null, null)),
                        Row.of(null, null, null));
        // a projection over a projection becomes one, and the lambda moves with it
        assertThat(session.sql(
                                "SELECT transform(b, x -> x * 2) AS c FROM (SELECT transform(a, x -> x + 1) AS b FROM t) "
                                        + "WHERE exists(b, x -> x > 2)")
                        .collect())
                .containsExactly(Row.of(list(4, 6)), Row.of(list(8, null)));
        assertThat(session.sql("SELECT transform(collect_list(x), v -> v / 10) AS c FROM t")
                        .collect())
                .containsExactly(Row.of(list(1.0, 2.0, 3.0)));
        assertThat(session.sql("SELECT filter(a, v -> v > 1) AS k, count(*) FROM t GROUP BY filter(a, w -> w > 1)")
                        .collect())
                .hasSize(3);
    }

    @Test
    void theTableApiTakesLambdas() {
        Column numbers = array(lit(3), lit(1), lit(2));
        Column map = Functions.expr("map('a', 1, 'b', 2)");
        Row row = session.sql("SELECT 1")
                .select(
                        Functions.transform(numbers, x -> x.plus(1)),
                        Functions.transform(numbers, (x, i) -> x.multiply(i)),
                        Functions.filter(numbers, x -> x.gt(1)),
                        Functions.exists(numbers, x -> x.equalTo(1)),
                        Functions.forall(numbers, x -> x.equalTo(1)),
                        Functions.aggregate(numbers, lit(0), (s, x) -> s.plus(x)),
                        Functions.reduce(numbers, lit(0), (s, x) -> s.plus(x), s -> s.negate()),
                        Functions.zip_with(numbers, numbers, (x, y) -> x.minus(y)),
                        Functions.map_filter(map, (k, v) -> v.gt(1)),
                        Functions.transform_keys(map, (k, v) -> Functions.upper(k)),
                        Functions.transform_values(map, (k, v) -> v.plus(1)),
                        Functions.map_zip_with(map, map, (k, v, w) -> v.plus(w)),
                        Functions.array_sort(numbers, (x, y) -> y.minus(x)),
                        Functions.transform(
                                numbers, x -> Functions.aggregate(numbers, lit(0), (s, y) -> s.plus(x.multiply(y)))))
                .collect()
                .get(0);
        assertThat(row)
                .isEqualTo(Row.of(
                        list(4, 2, 3),
                        list(0, 1, 4),
                        list(3, 2),
                        true,
                        false,
                        6,
                        -6,
                        list(0, 0, 0),
                        Map.of("b", 2),
                        Map.of("A", 1, "B", 2),
                        Map.of("a", 2, "b", 3),
                        Map.of("a", 2, "b", 4),
                        list(3, 2, 1),
                        list(18, 6, 12)));
    }

    @Test
    void columnsHaveSparksNames() {
        assertThat(name("transform(array(1, 2, 3), x -> x + 1)"))
                .isEqualTo(
                        "transform(array(1, 2, 3), lambdafunction((namedlambdavariable() + 1), namedlambdavariable()))");
        assertThat(name("map_filter(map(1, 0), (k, v) -> k > v)"))
                .isEqualTo("map_filter(map(1, 0), lambdafunction((namedlambdavariable() > namedlambdavariable()), "
                        + "namedlambdavariable(), namedlambdavariable()))");
        assertThat(name("aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x)"))
                .isEqualTo(
                        "aggregate(array(1, 2, 3), 0, lambdafunction((namedlambdavariable() + namedlambdavariable()), "
                                + "namedlambdavariable(), namedlambdavariable()), lambdafunction(namedlambdavariable(), namedlambdavariable()))");
    }

    private String name(String expression) {
        return session.sql("SELECT " + expression).schema().field(0).name();
    }

    @Test
    void aStreamIsTransformed() {
        MemoryStream stream = MemoryStream.of("s", DataTypes.parseSchema("k string, a array<bigint>"));
        Table table = session.createTable(stream)
                .select(
                        col("k"),
                        Functions.aggregate(col("a"), lit(0L), (s, x) -> s.plus(x))
                                .as("n"))
                .groupBy("k")
                .agg(Functions.sum(col("n")).as("n"));
        try (StepwiseQuery query = StepwiseQuery.start(table, OutputMode.UPDATE)) {
            stream.addRows(Row.of("a", list(1L, 2L)), Row.of("b", list(5L)), Row.of("a", list(4L)));
            assertThat(query.run().get(0).rows()).containsExactlyInAnyOrder(Row.of("a", 7L), Row.of("b", 5L));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH | transform(array(1), (a, b, c) -> 1)",
                "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH | zip_with(array(1), array(1), x -> 1)",
                "INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES | transform(array(1), (x, X) -> 1)",
                "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION | upper(x -> x)",
                "INVALID_LAMBDA_FUNCTION_CALL.PARAMETER_DOES_NOT_ACCEPT_LAMBDA_FUNCTION | transform(x -> x, array(1))",
                "UNRESOLVED_COLUMN.WITH_SUGGESTION | transform(array(1), x -> nobody)",
                "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE | transform(1, x -> x)",
                "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE | filter(array(1), x -> array(x))",
                "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE | aggregate(array(1), 0, (s, x) -> s + 1L)",
                "DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE | array_sort(array(1), (a, b) -> true)",
                "UNSUPPORTED_FEATURE.AGGREGATE_IN_LAMBDA | transform(array(1), x -> sum(x))",
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION | aggregate(array(1), 0)",
            })
    void whatIsWrongIsSaidWhenTheQueryIsMade(String condition, String expression) {
        assertThatThrownBy(() -> sql(expression))
                .isInstanceOfSatisfying(
                        AnalysisException.class, e -> assertThat(e.condition()).isEqualTo(condition));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ARITHMETIC_OVERFLOW | transform(array(2147483647), x -> x + 1)",
                "DIVIDE_BY_ZERO | aggregate(array(0), 1, (s, x) -> s div x, s -> 1)",
                "NULL_MAP_KEY | transform_keys(map(1, 2), (k, v) -> CAST(null AS int))",
                "DUPLICATED_MAP_KEY | transform_keys(map(1, 2, 3, 4), (k, v) -> 1)",
                "COMPARATOR_RETURNS_NULL | array_sort(array(1, 2), (a, b) -> CAST(null AS int))",
            })
    void whatFailsForAnElementEndsTheQuery(String condition, String expression) {
        // div gives a bigint, so the start is one
        String text = expression.replace(", 1, (s, x)", ", 1L, (s, x)");
        assertThatThrownBy(() -> sql(text))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo(condition));
    }
}
