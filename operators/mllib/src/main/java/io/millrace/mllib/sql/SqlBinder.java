// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the names and types of columns to expressions as they were written. Names are found in letters of any case. */
final class SqlBinder {

    private final List<Field> fields;
    private final int[] slots;
    private final Map<String, SqlExpression> aliases = new HashMap<>();

    /** A binder to these columns, which are in these slots of a row. */
    SqlBinder(List<Field> fields, int[] slots) {
        this.fields = fields;
        this.slots = slots;
    }

    /** Makes an expression known to those behind it in the same list, unless there is a column of that name. */
    void alias(String name, SqlExpression expression) {
        aliases.putIfAbsent(name.toLowerCase(Locale.ROOT), expression);
    }

    /**
     * The place of a column among the fields, or -1 if there is none of that name.
     *
     * @throws SqlException if there are several
     */
    int find(String name) {
        int found = -1;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                if (found >= 0) {
                    throw new SqlException("there is more than one column " + name);
                }
                found = i;
            }
        }
        return found;
    }

    SqlExpression bind(SqlNode node) {
        if (node instanceof SqlNode.Literal literal) {
            return SqlExpression.literal(literal.type(), literal.value());
        }
        if (node instanceof SqlNode.Column column) {
            return column(column.name());
        }
        if (node instanceof SqlNode.Operation operation) {
            return operation(operation.operator(), bindAll(operation.operands()));
        }
        if (node instanceof SqlNode.Case choice) {
            SqlNode otherwise = choice.otherwise();
            return ChoiceFunctions.choose(
                    bindAll(choice.conditions()), bindAll(choice.values()), otherwise == null ? null : bind(otherwise));
        }
        if (node instanceof SqlNode.Cast cast) {
            SqlExpression child = bind(cast.child());
            return cast.tolerant() ? SqlCast.tolerant(child, cast.type()) : SqlCast.to(child, cast.type());
        }
        SqlNode.Call call = (SqlNode.Call) node;
        return SqlFunctions.call(call.name(), bindAll(call.arguments()));
    }

    private List<SqlExpression> bindAll(List<SqlNode> nodes) {
        // no stream: a statement may be nested deep
        List<SqlExpression> bound = new ArrayList<>(nodes.size());
        for (SqlNode node : nodes) {
            bound.add(bind(node));
        }
        return bound;
    }

    private SqlExpression column(String name) {
        int place = find(name);
        if (place >= 0) {
            int slot = slots[place];
            Field field = fields.get(place);
            return new SqlExpression(field.type(), field.nullable(), false, row -> row[slot]);
        }
        @Nullable SqlExpression alias = aliases.get(name.toLowerCase(Locale.ROOT));
        if (alias == null) {
            throw new SqlException("column \"" + name + "\" does not exist, there are: "
                    + String.join(", ", fields.stream().map(Field::name).toList()));
        }
        return alias;
    }

    private static SqlExpression operation(String operator, List<SqlExpression> x) {
        return switch (operator) {
            case "+", "-", "*", "/", "%", "DIV" -> SqlArithmetic.binary(operator, x.get(0), x.get(1));
            case "&", "|", "^" -> SqlBits.binary(operator, x.get(0), x.get(1));
            case "~" -> SqlBits.not(x.get(0));
            case "[]" -> ArrayFunctions.item(x.get(0), x.get(1));
            case "NEGATE" -> SqlArithmetic.negate(x.get(0));
            case "||" -> SqlFunctions.call("concat", x);
            case "AND" -> SqlPredicates.and(x.get(0), x.get(1));
            case "OR" -> SqlPredicates.or(x.get(0), x.get(1));
            case "NOT" -> SqlPredicates.not(x.get(0));
            case "IS NULL" -> SqlPredicates.isNull(x.get(0), true);
            case "IS NOT NULL" -> SqlPredicates.isNull(x.get(0), false);
            case "IN" -> SqlPredicates.in(x.get(0), x.subList(1, x.size()));
            case "BETWEEN" ->
                SqlPredicates.and(
                        SqlPredicates.compare(">=", x.get(0), x.get(1)),
                        SqlPredicates.compare("<=", x.get(0), x.get(2)));
            case "LIKE" -> SqlPredicates.like(x.get(0), x.get(1), false);
            case "ILIKE" -> SqlPredicates.like(x.get(0), x.get(1), true);
            case "RLIKE" -> SqlPredicates.rlike(x.get(0), x.get(1));
            default -> SqlPredicates.compare(operator, x.get(0), x.get(1));
        };
    }
}
