// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expressions whose code would be longer than a method may be. */
class LargeExpressionsTest {

    private static final Schema SCHEMA = DataTypes.parseSchema("v bigint, s string");
    private static final Expression VALUE = new Expression.Reference(0, AtomicType.LONG, true, "v");

    @Test
    void aSumOfAThousandTermsIsComputed() {
        Expression sum = VALUE;
        for (int i = 1; i < 1000; i++) {
            sum = call("+", sum, VALUE);
        }
        assertThat(first(sum)).isEqualTo(3000L);
    }

    @Test
    void aChoiceOfAThousandBranchesIsMade() {
        List<Expression.Branch> branches = new ArrayList<>();
        for (long i = 1000; i > 0; i--) {
            branches.add(new Expression.Branch(
                    call("=", VALUE, new Expression.Literal(i, AtomicType.LONG)),
                    new Expression.Literal(Utf8.of("value " + i), AtomicType.STRING)));
        }
        Expression choice = new Expression.Case(branches, null, AtomicType.STRING);
        assertThat(first(choice)).hasToString("value 3");
    }

    @Test
    void aThousandConditionsAreTested() {
        List<Expression> conditions = new ArrayList<>();
        for (long i = 0; i < 1000; i++) {
            conditions.add(call("<>", VALUE, new Expression.Literal(i + 4, AtomicType.LONG)));
        }
        assertThat(first(new Expression.Logic(true, conditions))).isEqualTo(true);
    }

    @Test
    void aThousandColumnsAreComputed() {
        List<Expression> columns = new ArrayList<>();
        StringBuilder schema = new StringBuilder();
        for (long i = 0; i < 1000; i++) {
            columns.add(call("+", VALUE, new Expression.Literal(i, AtomicType.LONG)));
            schema.append(i == 0 ? "" : ", ").append("c").append(i).append(" bigint");
        }
        ColumnBatch result = CompiledProjection.of(columns, SCHEMA, DataTypes.parseSchema(schema.toString()))
                .apply(batch());
        assertThat(result.column(999).get(0)).isEqualTo(1002L);
    }

    private static Expression call(String name, Expression... arguments) {
        return new Expression.Call(
                FunctionRegistry.spark().scalar(name).orElseThrow().bind(List.of(arguments)), List.of(arguments));
    }

    private static Object first(Expression expression) {
        Schema out = DataTypes.parseSchema("x " + expression.type().sql());
        Object value = CompiledProjection.of(List.of(expression), SCHEMA, out)
                .apply(batch())
                .column(0)
                .get(0);
        return value == null ? "null" : value;
    }

    private static ColumnBatch batch() {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(SCHEMA);
        builder.append(new Object[] {3L, Utf8.of("a")});
        return builder.build();
    }
}
