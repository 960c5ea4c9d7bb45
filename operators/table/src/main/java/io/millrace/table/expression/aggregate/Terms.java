// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Methods;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the expressions of aggregates in few words. */
final class Terms {

    static final Expression.Literal ZERO = new Expression.Literal(0L, AtomicType.LONG);
    static final Expression.Literal ONE = new Expression.Literal(1L, AtomicType.LONG);
    static final Expression.Literal ZERO_DOUBLE = new Expression.Literal(0.0, AtomicType.DOUBLE);
    static final Expression.Literal FALSE = new Expression.Literal(false, AtomicType.BOOLEAN);
    static final Expression.Literal TRUE = new Expression.Literal(true, AtomicType.BOOLEAN);

    private Terms() {}

    static Expression.Literal none(DataType type) {
        return new Expression.Literal(null, type);
    }

    /** A buffer or an argument that may be null. */
    static Expression.Reference maybe(int index, DataType type) {
        return new Expression.Reference(index, type, true, "$" + index);
    }

    /** A buffer that is never null. */
    static Expression.Reference sure(int index, DataType type) {
        return new Expression.Reference(index, type, false, "$" + index);
    }

    static Expression when(Expression condition, Expression then, Expression otherwise) {
        return new Expression.Case(List.of(new Expression.Branch(condition, then)), otherwise, then.type());
    }

    static Expression isNull(Expression expression) {
        return new Expression.IsNull(expression);
    }

    static Expression or(Expression... conditions) {
        return new Expression.Logic(false, List.of(conditions));
    }

    /** A call of a static method that takes values that are not null, and gives one. */
    static Expression call(DataType type, Class<?> owner, String method, Expression... arguments) {
        return on(type, null, owner, method, arguments);
    }

    /** A call of a method that takes values that are not null, and gives one. */
    static Expression on(
            DataType type, @Nullable Object target, Class<?> owner, String method, Expression... arguments) {
        List<DataType> types = Arrays.stream(arguments).map(Expression::type).toList();
        return new Expression.Call(Methods.strict(method, types, type, target, owner, method), List.of(arguments));
    }

    /** A call of a method that may take and give null. */
    static Expression loose(
            DataType type, @Nullable Object target, Class<?> owner, String method, Expression... arguments) {
        List<DataType> types = Arrays.stream(arguments).map(Expression::type).toList();
        BoundFunction function =
                new BoundFunction(method, types, type, false, true, target, Methods.only(owner, method));
        return new Expression.Call(function, List.of(arguments));
    }

    /** The value of an expression without references. */
    static @Nullable Object constant(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        ColumnBatch one = new ColumnBatch(new Schema(List.of()), new Column[0], 1);
        Schema out = new Schema(List.of(Field.of("value", expression.type())));
        return CompiledProjection.of(List.of(expression), one.schema(), out)
                .apply(one)
                .column(0)
                .get(0);
    }
}
