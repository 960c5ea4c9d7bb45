// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code INTERSECT} and {@code EXCEPT}, for which nulls are equal: joins that look whether a row is there, and with {@code ALL} counts of equal rows, of which so many come out again.
 */
final class SetOperations {

    private final Planner planner;
    private final Algebra algebra;

    SetOperations(Planner planner, Algebra algebra) {
        this.planner = planner;
        this.algebra = algebra;
    }

    /** On inputs with the same types. */
    Relation apply(SetOperation operation, Relation left, Relation right, boolean all) {
        left.schema().fields().forEach(field -> check(field.type()));
        Relation made = all ? counted(operation, left, right) : different(operation, left, right);
        Relation named = made.with(left.items().stream()
                .map(item -> new Relation.Item("", item.field()))
                .toList());
        String refused = refused(operation, left, right);
        return refused.isEmpty()
                ? named
                : algebra.step(named, new Step.Refused(refused, named.schema()), named.items());
    }

    private static void check(DataType type) {
        if (type instanceof MapType) {
            throw new AnalysisException(
                    "UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
                    "INTERSECT and EXCEPT cannot compare maps; compare map_entries of them");
        }
        if (type instanceof ArrayType array) {
            check(array.element());
        }
        if (type instanceof StructType struct) {
            struct.fields().forEach(field -> check(field.type()));
        }
    }

    /** Why Spark does not do it on a stream; empty if it does. */
    private static String refused(SetOperation operation, Relation left, Relation right) {
        if (operation == SetOperation.INTERSECT) {
            return left.streaming() || right.streaming()
                    ? "Intersect of streaming DataFrames/Datasets is not supported"
                    : "";
        }
        return right.streaming() ? "Except on a streaming DataFrame/Dataset on the right is not supported" : "";
    }

    private Relation different(SetOperation operation, Relation left, Relation right) {
        List<Ast> equal = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            equal.add(Asts.call("<=>", Position.NONE, column(left, i, 0), column(right, i, left.size())));
        }
        JoinType type = operation == SetOperation.INTERSECT ? JoinType.LEFT_SEMI : JoinType.LEFT_ANTI;
        return planner.distinct(planner.join(left, right, type, Subqueries.and(equal)));
    }

    /** Counts each row on both sides. */
    private Relation counted(SetOperation operation, Relation left, Relation right) {
        int size = left.size();
        Relation both = planner.union(List.of(sided(left, 1, 0), sided(right, 0, 1)));
        List<Ast> keys = columns(both, size);
        List<Ast> columns = columns(both, size);
        for (int i = 0; i < 2; i++) {
            columns.add(new Ast.Alias(
                    Asts.call("sum", Position.NONE, column(both, size + i, 0)), List.of("__side" + i), Position.NONE));
        }
        Relation counts = planner.group(both, keys, columns, Map.of());
        Ast ofLeft = column(counts, size, 0);
        Ast ofRight = column(counts, size + 1, 0);
        Ast times = operation == SetOperation.INTERSECT
                ? Asts.call("least", Position.NONE, ofLeft, ofRight)
                : Asts.call("-", Position.NONE, ofLeft, ofRight);
        Relation some = planner.filter(counts, Asts.call(">", Position.NONE, times, number(0)));
        Ast often = Asts.call("explode", Position.NONE, Asts.call("sequence", Position.NONE, number(1), times));
        List<Ast> again = columns(some, size);
        again.add(new Ast.Alias(often, List.of("__time"), Position.NONE));
        return planner.first(planner.select(some, again), size);
    }

    private Relation sided(Relation input, long left, long right) {
        List<Ast> columns = columns(input, input.size());
        columns.add(new Ast.Alias(number(left), List.of("__left"), Position.NONE));
        columns.add(new Ast.Alias(number(right), List.of("__right"), Position.NONE));
        return planner.select(input, columns);
    }

    private static List<Ast> columns(Relation relation, int count) {
        List<Ast> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(column(relation, i, 0));
        }
        return columns;
    }

    private static Ast column(Relation relation, int index, int shift) {
        return new Ast.Column(shift + index, relation.field(index).name(), Position.NONE);
    }

    private static Ast number(long value) {
        return new Ast.Constant(value, AtomicType.LONG, String.valueOf(value), Position.NONE);
    }
}
