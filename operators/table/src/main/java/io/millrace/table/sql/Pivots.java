// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.type.AtomicType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlUnpivot;

/** {@code PIVOT}, which makes columns of values, and {@code UNPIVOT}, which makes rows of columns. */
final class Pivots {

    private final Planner planner;
    private final AstReader reader;

    Pivots(Planner planner, AstReader reader) {
        this.planner = planner;
        this.reader = reader;
    }

    /** A value, or one of each axis, that becomes a column. */
    private record Value(String name, List<Ast> of) {}

    /** A group for each combination of the columns that are not asked for, and in it an aggregate of the rows of each value. */
    Relation pivot(Relation input, SqlPivot pivot) {
        List<Ast> aggregates = reader.readAll(pivot.aggList);
        List<Ast> axes = reader.readAll(pivot.axisList);
        List<Ast> keys = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            int place = i;
            boolean asked = java.util.stream.Stream.concat(aggregates.stream(), axes.stream())
                    .anyMatch(ast -> Asts.any(ast, part -> isColumn(input, part, place)));
            if (!asked) {
                keys.add(new Ast.Column(i, input.field(i).name(), Position.NONE));
            }
        }
        List<Ast> list = new ArrayList<>(keys);
        for (SqlNode node : pivot.inList) {
            Value value = value(node, axes.size());
            Ast met = met(axes, value, reader.position(node));
            for (Ast aggregate : aggregates) {
                String called = aggregates.size() == 1 ? value.name() : value.name() + "_" + SqlText.name(aggregate);
                list.add(new Ast.Alias(ofValue(Asts.bare(aggregate), met), List.of(called), aggregate.position()));
            }
        }
        return planner.group(input, keys, list, Map.of());
    }

    private static boolean isColumn(Relation input, Ast part, int place) {
        return part instanceof Ast.Name name
                && Names.resolve(input, name) instanceof io.millrace.table.expression.Expression.Reference found
                && found.index() == place;
    }

    private Value value(SqlNode node, int axes) {
        SqlNode bare = node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(0) : node;
        List<SqlNode> parts = bare instanceof SqlNodeList several
                ? several.getList()
                : bare.getKind() == SqlKind.ROW ? ((SqlCall) bare).getOperandList() : List.of(bare);
        List<Ast> values = reader.readAll(parts);
        for (Ast value : values) {
            if (Asts.any(value, part -> part instanceof Ast.Name)) {
                throw Asts.error(
                        "NON_LITERAL_PIVOT_VALUES",
                        "Literal expressions required for pivot values, found " + SqlText.name(value),
                        value.position());
            }
        }
        if (values.size() != axes) {
            throw Asts.error(
                    "PIVOT_VALUE_DATA_TYPE_MISMATCH",
                    "there are " + axes + " columns to pivot, but " + values.size() + " values",
                    reader.position(node));
        }
        String name = values.stream()
                .map(value -> value instanceof Ast.Constant none && none.value() == null ? "null" : SqlText.name(value))
                .collect(Collectors.joining(", "));
        String shown = values.size() == 1 ? name : "{" + name + "}";
        return new Value(node.getKind() == SqlKind.AS ? alias((SqlCall) node) : shown, values);
    }

    private static String alias(SqlCall as) {
        return ((SqlIdentifier) as.operand(1)).getSimple();
    }

    private static Ast met(List<Ast> axes, Value value, Position position) {
        List<Ast> all = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            all.add(Asts.call("<=>", position, axes.get(i), value.of().get(i)));
        }
        return all.size() == 1 ? all.get(0) : Asts.call("and", position, all);
    }

    /** An aggregate of the rows that meet a condition; null where there is none. */
    private Ast ofValue(Ast aggregate, Ast met) {
        Position position = aggregate.position();
        Ast one = new Ast.Constant(1, AtomicType.INT, "1", position);
        Ast rows = new Ast.Call("count", List.of(one), false, met, position);
        Ast some = Asts.call(">", position, rows, new Ast.Constant(0, AtomicType.INT, "0", position));
        Ast of = Asts.replace(aggregate, part -> {
            if (!(part instanceof Ast.Call call) || !planner.isAggregate(call.name())) {
                return null;
            }
            Ast filter = call.filter() == null ? met : Asts.call("and", position, call.filter(), met);
            return new Ast.Call(call.name(), call.arguments(), call.distinct(), filter, call.position());
        });
        if (of.equals(aggregate)) {
            throw Asts.error(
                    "PIVOT_AGGREGATE_EXPRESSION_REQUIRED",
                    "PIVOT needs an aggregate, and " + SqlText.name(aggregate) + " is none",
                    position);
        }
        return new Ast.Case(List.of(new Ast.When(some, of)), null, position);
    }

    /** A row for each column, or group of columns, of a list: the columns that are not in it, the name, the values. */
    Relation unpivot(Relation input, SqlUnpivot unpivot) {
        Position position = reader.position(unpivot);
        List<String> values = QueryReader.names(unpivot.measureList);
        String name = QueryReader.names(unpivot.axisList).get(0);
        List<Ast> rows = new ArrayList<>();
        List<Ast> taken = new ArrayList<>();
        for (SqlNode node : unpivot.inList) {
            SqlNode bare = node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(0) : node;
            List<Ast> columns = reader.readAll(bare instanceof SqlNodeList several ? several.getList() : List.of(bare));
            if (columns.size() != values.size()) {
                throw Asts.error(
                        "UNPIVOT_VALUE_SIZE_MISMATCH",
                        "there are " + values.size() + " names of values, but " + columns.size() + " columns",
                        reader.position(node));
            }
            taken.addAll(columns);
            String called = node.getKind() == SqlKind.AS
                    ? label(((SqlCall) node).operand(1))
                    : columns.stream().map(SqlText::name).collect(Collectors.joining("_"));
            List<Ast> fields =
                    new ArrayList<>(List.of(Literals.string(name, position), Literals.string(called, position)));
            for (int i = 0; i < columns.size(); i++) {
                fields.add(Literals.string(values.get(i), position));
                fields.add(columns.get(i));
            }
            rows.add(Asts.call("named_struct", position, fields));
        }
        alike(input, taken, values.size());
        List<Ast> list = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            int place = i;
            if (taken.stream().noneMatch(ast -> isColumn(input, ast, place))) {
                list.add(new Ast.Column(i, input.field(i).name(), position));
            }
        }
        int kept = list.size();
        list.add(Asts.call("inline", position, Asts.call("array", position, rows)));
        Relation made = planner.select(input, list);
        if (unpivot.includeNulls) {
            return made;
        }
        List<Ast> some = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            some.add(Asts.call("isnotnull", position, new Ast.Column(kept + 1 + i, values.get(i), position)));
        }
        return planner.filter(made, some.size() == 1 ? some.get(0) : Asts.call("or", position, some));
    }

    private String label(SqlNode node) {
        SqlNode bare = node instanceof SqlNodeList list ? list.get(0) : node;
        return bare instanceof SqlIdentifier id ? id.getSimple() : SqlText.name(reader.read(bare));
    }

    private void alike(Relation input, List<Ast> columns, int width) {
        for (int i = width; i < columns.size(); i++) {
            var first = planner.expression(input, columns.get(i % width)).type();
            var other = planner.expression(input, columns.get(i)).type();
            boolean text = (first == AtomicType.STRING) != (other == AtomicType.STRING);
            if (text
                    || io.millrace.table.expression.ImplicitCasts.common(first, other)
                            .isEmpty()) {
                throw new AnalysisException(
                        "UNPIVOT_VALUE_DATA_TYPE_MISMATCH",
                        "Unpivot value columns must share a least common type, some types do not: " + first.sql()
                                + " and " + other.sql(),
                        columns.get(i).position().line(),
                        columns.get(i).position().column());
            }
        }
    }
}
