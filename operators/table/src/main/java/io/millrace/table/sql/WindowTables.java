// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Window functions that stand for tables: {@code TUMBLE}, {@code HOP} and {@code SESSION} give {@code window_start}, {@code window_end} and {@code window_time}. */
final class WindowTables {

    private WindowTables() {}

    static Relation table(Algebra algebra, FunctionRegistry registry, Relation input, Ast.Call window) {
        ExpressionResolver resolver = new ExpressionResolver(input, registry, false, null, null);
        Expression.Reference column = (Expression.Reference) resolver.resolve(window);
        Relation windowed = new Selection(algebra, registry).windowed(input, resolver);
        return withTimes(algebra, windowed, input.items(), column);
    }

    /**
     * The rows with the session of their keys they are in: sessions are gathered with their rows, and then give them again.
     *
     * @param gap after which a session ends
     */
    static Relation session(Planner planner, Algebra algebra, Relation input, List<Ast> keys, Ast time, Ast gap) {
        Position position = time.position();
        List<Ast> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            names.add("__column" + i);
            fields.add(Literals.string(names.get(i), position));
            fields.add(new Ast.Column(i, input.field(i).name(), position));
        }
        Ast session = Asts.call("session_window", position, time, gap);
        List<Ast> groups = new ArrayList<>(keys);
        groups.add(session);
        Ast rows = Asts.call("collect_list", position, Asts.call("named_struct", position, fields));
        Relation sessions = planner.group(
                input,
                groups,
                List.of(
                        new Ast.Alias(session, List.of("__session"), position),
                        new Ast.Alias(rows, List.of("__rows"), position)),
                Map.of());
        Ast again = Asts.call("inline", position, new Ast.Column(1, "__rows", position));
        Relation wide = planner.select(
                sessions, List.of(new Ast.Alias(again, names, position), new Ast.Column(0, "__session", position)));
        return withTimes(algebra, wide, input.items(), Algebra.column(wide, input.size()));
    }

    /** The first columns, and the times of a window behind them. */
    private static Relation withTimes(
            Algebra algebra, Relation windowed, List<Relation.Item> first, Expression window) {
        List<Expression> columns = new ArrayList<>(Algebra.columns(windowed).subList(0, first.size()));
        List<Relation.Item> items = new ArrayList<>(first);
        Expression end = new Expression.FieldOf(window, 1, AtomicType.TIMESTAMP, false);
        columns.add(new Expression.FieldOf(window, 0, AtomicType.TIMESTAMP, false));
        columns.add(new Expression.Call(WindowMethods.windowEnd(), List.of(end)));
        columns.add(new Expression.Call(WindowMethods.windowTime(), List.of(end)));
        for (String name : List.of("window_start", "window_end", "window_time")) {
            items.add(new Relation.Item("", Field.of(name, AtomicType.TIMESTAMP)));
        }
        return algebra.project(windowed, columns, items);
    }
}
