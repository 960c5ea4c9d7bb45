// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that choose one of their arguments, or look whether they are there. */
final class ChoiceFunctions {

    private ChoiceFunctions() {}

    static void register(Map<String, SqlFunctions.Builder> to) {
        for (String name : List.of("if", "iff")) {
            to.put(
                    name,
                    list -> list.size() == 3 ? choose(List.of(list.get(0)), List.of(list.get(1)), list.get(2)) : null);
        }
        to.put("coalesce", list -> list.isEmpty() ? null : coalesce(list));
        to.put("nvl", list -> list.size() == 2 ? coalesce(list) : null);
        to.put("ifnull", list -> list.size() == 2 ? coalesce(list) : null);
        to.put(
                "nvl2",
                list -> list.size() == 3
                        ? choose(List.of(SqlPredicates.isNull(list.get(0), false)), List.of(list.get(1)), list.get(2))
                        : null);
        to.put(
                "nullif",
                list -> list.size() == 2
                        ? choose(
                                List.of(SqlPredicates.compare("=", list.get(0), list.get(1))),
                                List.of(SqlExpression.literal(list.get(0).type(), null)),
                                list.get(0))
                        : null);
        to.put("isnull", list -> list.size() == 1 ? SqlPredicates.isNull(list.get(0), true) : null);
        to.put("isnotnull", list -> list.size() == 1 ? SqlPredicates.isNull(list.get(0), false) : null);
        to.put("isnan", list -> list.size() == 1 ? isNaN(list.get(0)) : null);
        to.put(
                "nanvl",
                list -> list.size() == 2
                        ? choose(List.of(isNaN(list.get(0))), List.of(list.get(1)), list.get(0))
                        : null);
        to.put("greatest", list -> list.size() >= 2 ? extreme(list, 1) : null);
        to.put("least", list -> list.size() >= 2 ? extreme(list, -1) : null);
    }

    private static SqlExpression isNaN(SqlExpression x) {
        SqlExpression number = x.type().equals(DataType.FLOAT) ? x : SqlFunctions.number(x);
        return new SqlExpression(DataType.BOOLEAN, false, x.constant(), slots -> {
            Object value = number.value().of(slots);
            return value != null && Double.isNaN(((Number) value).doubleValue());
        });
    }

    /** The type that all of these are brought to. */
    static DataType common(List<SqlExpression> list) {
        DataType type = SqlTypes.VOID;
        for (SqlExpression x : list) {
            DataType wider = SqlTypes.common(type, x.type());
            if (wider == null) {
                throw new SqlException("there is no type for " + type.sparkName() + " and "
                        + x.type().sparkName());
            }
            type = wider;
        }
        return type;
    }

    static SqlExpression cast(SqlExpression x, DataType type) {
        return type.equals(SqlTypes.VOID) ? x : SqlCast.to(x, type);
    }

    private static SqlExpression coalesce(List<SqlExpression> list) {
        DataType type = common(list);
        SqlExpression[] parts = list.stream().map(x -> cast(x, type)).toArray(SqlExpression[]::new);
        boolean nullable = list.stream().allMatch(SqlExpression::nullable);
        boolean constant = list.stream().allMatch(SqlExpression::constant);
        return new SqlExpression(type, nullable, constant, slots -> {
            for (SqlExpression part : parts) {
                Object value = part.value().of(slots);
                if (value != null) {
                    return value;
                }
            }
            return null;
        });
    }

    private static SqlExpression extreme(List<SqlExpression> list, int sign) {
        DataType type = common(list);
        if (!SqlPredicates.isOrdered(type)) {
            throw new SqlException("values of type " + type.sparkName() + " have no order");
        }
        SqlExpression[] parts = list.stream().map(x -> cast(x, type)).toArray(SqlExpression[]::new);
        boolean nullable = list.stream().allMatch(SqlExpression::nullable);
        boolean constant = list.stream().allMatch(SqlExpression::constant);
        return new SqlExpression(type, nullable, constant, slots -> {
            Object best = null;
            for (SqlExpression part : parts) {
                Object value = part.value().of(slots);
                if (value != null && (best == null || sign * SqlOrder.compare(value, best) > 0)) {
                    best = value;
                }
            }
            return best;
        });
    }

    /** The value of the first condition that is true; without one, {@code otherwise}, or null if there is none. */
    static SqlExpression choose(
            List<SqlExpression> conditions, List<SqlExpression> values, @Nullable SqlExpression otherwise) {
        List<SqlExpression> all = new ArrayList<>(values);
        if (otherwise != null) {
            all.add(otherwise);
        }
        DataType type = common(all);
        SqlExpression[] tests = conditions.stream().map(SqlPredicates::truth).toArray(SqlExpression[]::new);
        SqlExpression[] parts = values.stream().map(x -> cast(x, type)).toArray(SqlExpression[]::new);
        SqlExpression rest = otherwise == null ? SqlExpression.literal(type, null) : cast(otherwise, type);
        boolean nullable = rest.nullable() || values.stream().anyMatch(SqlExpression::nullable);
        boolean constant = all.stream().allMatch(SqlExpression::constant)
                && conditions.stream().allMatch(SqlExpression::constant);
        return new SqlExpression(type, nullable, constant, slots -> {
            for (int i = 0; i < tests.length; i++) {
                if (Boolean.TRUE.equals(tests[i].value().of(slots))) {
                    return parts[i].value().of(slots);
                }
            }
            return rest.value().of(slots);
        });
    }
}
