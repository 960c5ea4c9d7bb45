// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.ValueOrder;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled lambdas give what walking the tree gives, in themselves, in others and beside others. */
class LambdaCodeTest {

    private static final Schema SCHEMA = DataTypes.parseSchema("a array<int>, n int");
    private static final FunctionRegistry FUNCTIONS = FunctionRegistry.spark();
    private static final Expression ARRAY =
            new Expression.Reference(0, SCHEMA.field(0).type(), true, "a");
    private static final Expression NUMBER = new Expression.Reference(1, AtomicType.INT, true, "n");

    private static Expression.Variable variable(int level) {
        return new Expression.Variable(level, AtomicType.INT, true, "x" + level);
    }

    private static Expression call(String name, Expression... arguments) {
        BoundFunction bound = FUNCTIONS.scalar(name).orElseThrow().bind(List.of(arguments));
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            DataType type = bound.parameters().get(i);
            cast.add(arguments[i] instanceof Expression.Lambda ? arguments[i] : ExpressionCode.as(arguments[i], type));
        }
        return new Expression.Call(bound, cast);
    }

    private static Expression.Lambda lambda(Expression body, int... levels) {
        List<Expression.Variable> parameters = new ArrayList<>();
        for (int level : levels) {
            parameters.add(variable(level));
        }
        return new Expression.Lambda(parameters, body);
    }

    /** An int of columns and the variables of so many levels. */
    private static Expression number(Random random, int levels, int depth) {
        int choice = random.nextInt(depth > 0 ? 7 : 3);
        return switch (choice) {
            case 0 -> NUMBER;
            case 1 -> new Expression.Literal(random.nextInt(5), AtomicType.INT);
            case 2 -> levels > 0 ? variable(random.nextInt(levels)) : NUMBER;
            case 3 -> call("^", number(random, levels, depth - 1), number(random, levels, depth - 1));
            case 4 ->
                call(
                        "aggregate",
                        array(random, levels, depth - 1),
                        new Expression.Literal(1, AtomicType.INT),
                        lambda(number(random, levels + 2, depth - 1), levels, levels + 1));
            case 5 ->
                new Expression.Case(
                        List.of(new Expression.Branch(
                                call(
                                        "exists",
                                        array(random, levels, depth - 1),
                                        lambda(
                                                call("<", variable(levels), number(random, levels + 1, depth - 1)),
                                                levels)),
                                number(random, levels, depth - 1))),
                        number(random, levels, depth - 1),
                        AtomicType.INT);
            default -> call("&", number(random, levels, depth - 1), number(random, levels, depth - 1));
        };
    }

    private static Expression array(Random random, int levels, int depth) {
        return depth > 0 && random.nextBoolean()
                ? call(
                        "transform",
                        array(random, levels, depth - 1),
                        lambda(number(random, levels + 1, depth - 1), levels))
                : ARRAY;
    }

    private static ColumnBatch rows(Random random) {
        ColumnBatchBuilder rows = new ColumnBatchBuilder(SCHEMA);
        for (int row = 0; row < 12; row++) {
            @Nullable Object[] array = new @Nullable Object[random.nextInt(4)];
            for (int i = 0; i < array.length; i++) {
                array[i] = random.nextInt(5) == 0 ? null : random.nextInt(9);
            }
            rows.append(new @Nullable Object[] {
                random.nextInt(6) == 0 ? null : array, random.nextInt(6) == 0 ? null : random.nextInt(9)
            });
        }
        return rows.build();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void compiledAndWalkedLambdasAgree(long seed) throws Exception {
        Random random = new Random(seed);
        ColumnBatch batch = rows(random);
        for (int round = 0; round < 6; round++) {
            List<Expression> expressions = List.of(array(random, 0, 4), number(random, 0, 4));
            Schema out = new Schema(expressions.stream()
                    .map(expression -> Field.of("x", expression.type()))
                    .toList());
            ColumnBatch result = CompiledProjection.of(expressions, SCHEMA, out).apply(batch);
            for (int column = 0; column < expressions.size(); column++) {
                for (int row = 0; row < batch.rows(); row++) {
                    Object expected = TreeWalk.value(expressions.get(column), batch.row(row));
                    Object actual = result.column(column).get(row);
                    assertThat(ValueOrder.equal(expected, actual))
                            .as("seed %d, round %d, row %d: %s", seed, round, row, expressions.get(column))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aVariableOutsideItsLambdaIsAnError() {
        Schema out = new Schema(List.of(Field.of("x", AtomicType.INT)));
        assertThatThrownBy(() -> CompiledProjection.of(List.of(call("+", NUMBER, variable(0))), SCHEMA, out))
                .hasMessageContaining("x0");
    }
}
