// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueOrder;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled expressions give what walking the tree gives. */
class RandomExpressionsTest {

    private static final Schema SCHEMA = DataTypes.parseSchema(
            "a int, b bigint, c double, d string, e boolean, " + "f decimal(9,2), g struct<x:bigint,y:string>");
    private static final FunctionRegistry FUNCTIONS = FunctionRegistry.spark();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void compiledAndWalkedExpressionsAgree(long seed) throws Exception {
        Random random = new Random(seed);
        ColumnBatch batch = rows(random);
        for (int round = 0; round < 12; round++) {
            DataType type = SCHEMA.field(random.nextInt(6)).type();
            Expression expression = tree(random, type, 5);
            Schema out = new Schema(List.of(Field.of("x", expression.type())));
            CompiledProjection projection = CompiledProjection.of(List.of(expression), SCHEMA, out);
            for (int row = 0; row < batch.rows(); row++) {
                Object expected = outcome(expression, batch.row(row));
                Object actual = outcome(projection, batch.select(new int[] {row}, 1));
                assertThat(equal(expected, actual))
                        .as(
                                "seed %d, round %d, row %d: %s gives %s, not %s",
                                seed, round, row, expression, actual, expected)
                        .isTrue();
            }
        }
    }

    private static boolean equal(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof String || actual instanceof String) {
            return String.valueOf(expected).equals(String.valueOf(actual));
        }
        return ValueOrder.equal(expected, actual);
    }

    private static @Nullable Object outcome(Expression expression, @Nullable Object[] row) throws Exception {
        try {
            return TreeWalk.value(expression, row);
        } catch (QueryExecutionException e) {
            return e.condition();
        }
    }

    private static @Nullable Object outcome(CompiledProjection projection, ColumnBatch row) {
        try {
            return projection.apply(row).column(0).get(0);
        } catch (QueryExecutionException e) {
            return e.condition();
        }
    }

    private static Expression tree(Random random, DataType type, int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return leaf(random, type);
        } else if (random.nextInt(6) == 0) {
            List<Expression.Branch> branches = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                branches.add(new Expression.Branch(
                        tree(random, AtomicType.BOOLEAN, depth - 1), tree(random, type, depth - 1)));
            }
            return new Expression.Case(branches, random.nextBoolean() ? tree(random, type, depth - 1) : null, type);
        } else if (type == AtomicType.BOOLEAN) {
            return condition(random, depth);
        } else if (type == AtomicType.INT || type == AtomicType.LONG || type == AtomicType.DOUBLE) {
            String sign = List.of("+", "-", "*", "%").get(random.nextInt(4));
            return call(sign, tree(random, type, depth - 1), tree(random, type, depth - 1));
        }
        DataType from = SCHEMA.field(random.nextInt(6)).type();
        return new Expression.Cast(tree(random, from, depth - 1), type, random.nextBoolean());
    }

    private static Expression condition(Random random, int depth) {
        switch (random.nextInt(4)) {
            case 0 -> {
                List<Expression> conditions = new ArrayList<>();
                for (int i = random.nextInt(20); i >= 0; i--) {
                    conditions.add(leaf(random, AtomicType.BOOLEAN));
                }
                conditions.add(tree(random, AtomicType.BOOLEAN, depth - 1));
                return new Expression.Logic(random.nextBoolean(), conditions);
            }
            case 1 -> {
                return new Expression.IsNull(
                        tree(random, SCHEMA.field(random.nextInt(6)).type(), depth - 1));
            }
            case 2 -> {
                return call("not", tree(random, AtomicType.BOOLEAN, depth - 1));
            }
            default -> {
                DataType type = SCHEMA.field(random.nextInt(6)).type();
                String sign = List.of("=", "<>", "<", "<=", ">", ">=", "<=>").get(random.nextInt(7));
                return call(sign, tree(random, type, depth - 1), tree(random, type, depth - 1));
            }
        }
    }

    private static Expression call(String name, Expression... arguments) {
        return new Expression.Call(FUNCTIONS.scalar(name).orElseThrow().bind(List.of(arguments)), List.of(arguments));
    }

    private static Expression leaf(Random random, DataType type) {
        if (random.nextInt(3) == 0) {
            return new Expression.Literal(random.nextInt(5) == 0 ? null : value(random, type), type);
        } else if (random.nextInt(4) == 0 && (type == AtomicType.LONG || type == AtomicType.STRING)) {
            Expression struct = new Expression.Reference(6, SCHEMA.field(6).type(), true, "g");
            return new Expression.FieldOf(struct, type == AtomicType.LONG ? 0 : 1, type, true);
        }
        for (int i = 0; ; i++) {
            if (SCHEMA.field(i).type().equals(type)) {
                return new Expression.Reference(i, type, true, SCHEMA.field(i).name());
            }
        }
    }

    private static ColumnBatch rows(Random random) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(SCHEMA);
        for (int i = 0; i < 30; i++) {
            Object[] row = new Object[SCHEMA.size()];
            for (int k = 0; k < 6; k++) {
                row[k] = random.nextInt(5) == 0
                        ? null
                        : value(random, SCHEMA.field(k).type());
            }
            row[6] = random.nextInt(5) == 0
                    ? null
                    : new Object[] {value(random, AtomicType.LONG), random.nextInt(4) == 0 ? null : Utf8.of("y")};
            builder.append(row);
        }
        return builder.build();
    }

    private static Object value(Random random, DataType type) {
        int small = random.nextInt(5) - 2;
        if (!(type instanceof AtomicType atomic)) {
            return BigDecimal.valueOf(random.nextInt(100_000) - 50_000, 2);
        }
        return switch (atomic) {
            case INT -> random.nextInt(4) == 0 ? Integer.MAX_VALUE - small : small;
            case LONG -> random.nextInt(4) == 0 ? Long.MIN_VALUE + 2 + small : (long) small;
            case DOUBLE ->
                List.of(0.0, -0.0, Double.NaN, 1.5, -2.25, Double.POSITIVE_INFINITY, 1e20)
                        .get(random.nextInt(7));
            case BOOLEAN -> random.nextBoolean();
            default -> Utf8.of(List.of("", "1", "-7", "true", "2.5", "x", " 3 ").get(random.nextInt(7)));
        };
    }
}
