// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.table.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions of arrays, and the element of an array that {@code x[i]} stands for. */
final class ArrayFunctions {

    private static final String OUT_OF_BOUNDS = "org.apache.spark.SparkArrayIndexOutOfBoundsException";

    private ArrayFunctions() {}

    static void register(Map<String, SqlFunctions.Builder> to) {
        to.put("array", list -> list.isEmpty() ? null : array(list));
        to.put("size", ArrayFunctions::size);
        to.put("cardinality", ArrayFunctions::size);
        to.put("array_contains", list -> list.size() == 2 ? contains(list.get(0), list.get(1)) : null);
        to.put("element_at", list -> list.size() == 2 ? elementAt(list.get(0), list.get(1)) : null);
        to.put("get", list -> list.size() == 2 ? get(list.get(0), list.get(1)) : null);
    }

    private static @Nullable SqlExpression size(List<SqlExpression> list) {
        if (list.size() != 1 || !(list.get(0).type() instanceof DataType.Array)) {
            return null;
        }
        return list.get(0).map(DataType.INTEGER, value -> ((List<?>) value).size());
    }

    private static SqlExpression array(List<SqlExpression> list) {
        DataType type = ChoiceFunctions.common(list);
        SqlExpression[] parts =
                list.stream().map(x -> ChoiceFunctions.cast(x, type)).toArray(SqlExpression[]::new);
        boolean nulls = list.stream().anyMatch(SqlExpression::nullable);
        boolean constant = list.stream().allMatch(SqlExpression::constant);
        return new SqlExpression(new DataType.Array(type, nulls), false, constant, slots -> {
            List<@Nullable Object> values = new ArrayList<>(parts.length);
            for (SqlExpression part : parts) {
                values.add(part.value().of(slots));
            }
            return Collections.unmodifiableList(values);
        });
    }

    private static DataType.Array type(String what, SqlExpression x) {
        if (x.type() instanceof DataType.Array array) {
            return array;
        }
        throw new SqlException(what + " wants an array, not " + x.type().sparkName());
    }

    /** {@code x[i]}, from 0. */
    static SqlExpression item(SqlExpression x, SqlExpression index) {
        DataType.Array type = type("[ ]", x);
        SqlExpression place = SqlFunctions.integer(index);
        return x.map(place, type.element(), (values, i) -> {
                    List<?> list = (List<?>) values;
                    int at = (Integer) i;
                    if (at < 0 || at >= list.size()) {
                        throw new ScoringException(
                                OUT_OF_BOUNDS,
                                "[INVALID_ARRAY_INDEX] The index " + at + " is out of bounds. The array has "
                                        + list.size() + " elements. Use the SQL function `get()` to tolerate accessing"
                                        + " element at invalid index and return NULL instead. SQLSTATE: 22003");
                    }
                    return list.get(at);
                })
                .withNullable(x.nullable() || index.nullable() || type.containsNull());
    }

    private static SqlExpression get(SqlExpression x, SqlExpression index) {
        DataType.Array type = type("get", x);
        return x.map(SqlFunctions.integer(index), type.element(), (values, i) -> {
                    List<?> list = (List<?>) values;
                    int at = (Integer) i;
                    return at < 0 || at >= list.size() ? null : list.get(at);
                })
                .withNullable(true);
    }

    /** From 1, or from -1 backwards. */
    private static SqlExpression elementAt(SqlExpression x, SqlExpression index) {
        DataType.Array type = type("element_at", x);
        return x.map(SqlFunctions.integer(index), type.element(), (values, i) -> {
                    List<?> list = (List<?>) values;
                    int at = (Integer) i;
                    if (Math.abs((long) at) > list.size()) {
                        throw new ScoringException(
                                OUT_OF_BOUNDS,
                                "[INVALID_ARRAY_INDEX_IN_ELEMENT_AT] The index " + at
                                        + " is out of bounds. The array has " + list.size()
                                        + " elements. Use `try_element_at` to tolerate accessing element at invalid"
                                        + " index and return NULL instead. SQLSTATE: 22003");
                    }
                    if (at == 0) {
                        throw new ScoringException(
                                ScoringException.SPARK_RUNTIME,
                                "[INVALID_INDEX_OF_ZERO] The index 0 is invalid. An index shall be either < 0 or > 0"
                                        + " (the first element has index 1). SQLSTATE: 22003");
                    }
                    return list.get(at > 0 ? at - 1 : list.size() + at);
                })
                .withNullable(x.nullable() || index.nullable() || type.containsNull());
    }

    private static SqlExpression contains(SqlExpression x, SqlExpression wanted) {
        DataType.Array type = type("array_contains", x);
        DataType common = SqlTypes.common(type.element(), wanted.type());
        if (common == null || !common.equals(type.element())) {
            throw new SqlException("array_contains looks for a " + wanted.type().sparkName() + " among "
                    + type.element().sparkName());
        }
        if (!SqlPredicates.isOrdered(common)) {
            throw new SqlException("values of type " + common.sparkName() + " cannot be compared");
        }
        return x.map(SqlCast.to(wanted, common), DataType.BOOLEAN, (values, value) -> {
                    boolean nulls = false;
                    for (Object element : (List<?>) values) {
                        if (element == null) {
                            nulls = true;
                        } else if (SqlOrder.compare(element, value) == 0) {
                            return true;
                        }
                    }
                    return nulls ? null : false;
                })
                .withNullable(x.nullable() || wanted.nullable() || type.containsNull());
    }
}
