// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.IntColumn;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.Utf8Column;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The functions as compiled loops call them. */
class CompiledLibraryTest {

    private static final Expression S = new Expression.Reference(0, AtomicType.STRING, true, "s");
    private static final Expression N = new Expression.Reference(1, AtomicType.INT, true, "n");

    private static Expression text(String value) {
        return new Expression.Literal(Utf8.of(value), AtomicType.STRING);
    }

    private static Expression number(int value) {
        return new Expression.Literal(value, AtomicType.INT);
    }

    private static Expression call(String name, Expression... arguments) {
        BoundFunction bound =
                FunctionRegistry.spark().scalar(name).orElseThrow().bind(List.of(arguments));
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            DataType wanted = bound.parameters().get(i);
            boolean fits = ImplicitCasts.same(arguments[i].type(), wanted);
            cast.add(fits ? arguments[i] : new Expression.Cast(arguments[i], wanted, false));
        }
        return new Expression.Call(bound, cast);
    }

    private static List<String> run(Expression expression) {
        byte[] bytes = "a b,ä".getBytes(StandardCharsets.UTF_8);
        Column strings = new Utf8Column(
                bytes, new int[] {0, 0, 4}, new int[] {3, 0, 2}, false, new boolean[] {false, true, false});
        Column numbers = new IntColumn(new int[] {1, 2, 0}, new boolean[] {false, false, true});
        Schema schema = new Schema(List.of(Field.of("s", AtomicType.STRING), Field.of("n", AtomicType.INT)));
        ColumnBatch in = new ColumnBatch(schema, new Column[] {strings, numbers}, 3);
        Schema result = new Schema(List.of(Field.of("r", expression.type())));
        Column out = CompiledProjection.of(List.of(expression), schema, result)
                .apply(in)
                .column(0);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Object value = out.get(i);
            rows.add(value instanceof Object[] array ? java.util.Arrays.deepToString(array) : String.valueOf(value));
        }
        return rows;
    }

    @Test
    void callsMethodsOfVariableArity() {
        assertThat(run(call("concat", S, text("-"), N))).containsExactly("a b-1", "null", "null");
        assertThat(run(call("concat_ws", text("-"), S, N))).containsExactly("a b-1", "2", "ä");
        assertThat(run(call("coalesce", N, number(7)))).containsExactly("1", "2", "7");
        assertThat(run(call("greatest", N, number(1)))).containsExactly("1", "2", "1");
    }

    @Test
    void callsWhatHoldsConstants() {
        assertThat(run(call("split", S, text(" ")))).containsExactly("[a, b]", "null", "[ä]");
        assertThat(run(call("rlike", S, text("^a")))).containsExactly("true", "null", "false");
        assertThat(run(call("hash", S, N))).hasSize(3).doesNotContain("null");
        assertThat(run(call("from_json", text("{\"x\":1}"), text("x int")))).containsOnly("[1]");
    }

    @Test
    void callsWhatGivesElements() {
        assertThat(run(call("get", call("split", S, text(" ")), N))).containsExactly("b", "null", "null");
        assertThat(run(call("element_at", call("map", number(1), text("one"), number(2), text("two")), N)))
                .containsExactly("one", "two", "null");
        assertThat(run(call("size", call("split", S, text(" "))))).containsExactly("2", "null", "1");
        assertThat(run(call("to_json", call("struct", S, N))))
                .containsExactly("{\"s\":\"a b\",\"n\":1}", "{\"n\":2}", "{\"s\":\"ä\"}");
    }
}
