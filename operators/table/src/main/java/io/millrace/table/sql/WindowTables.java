// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import java.util.ArrayList;
import java.util.List;

/** Window functions that stand for tables: {@code TUMBLE} and {@code HOP} give {@code window_start}, {@code window_end} and {@code window_time}. */
final class WindowTables {

    private WindowTables() {}

    static Relation table(Algebra algebra, FunctionRegistry registry, Relation input, Ast.Call window) {
        ExpressionResolver resolver = new ExpressionResolver(input, registry, false, null, null);
        Expression.Reference column = (Expression.Reference) resolver.resolve(window);
        Relation windowed = new Selection(algebra, registry).windowed(input, resolver);
        List<Expression> columns = new ArrayList<>(Algebra.columns(input));
        List<Relation.Item> items = new ArrayList<>(input.items());
        Expression end = new Expression.FieldOf(column, 1, AtomicType.TIMESTAMP, false);
        columns.add(new Expression.FieldOf(column, 0, AtomicType.TIMESTAMP, false));
        columns.add(new Expression.Call(WindowMethods.windowEnd(), List.of(end)));
        columns.add(new Expression.Call(WindowMethods.windowTime(), List.of(end)));
        for (String name : List.of("window_start", "window_end", "window_time")) {
            items.add(new Relation.Item("", Field.of(name, AtomicType.TIMESTAMP)));
        }
        return algebra.project(windowed, columns, items);
    }
}
