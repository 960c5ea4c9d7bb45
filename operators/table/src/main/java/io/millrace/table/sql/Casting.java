// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;

/** Which types can be cast to which, in ANSI mode. */
final class Casting {

    private Casting() {}

    static boolean possible(DataType from, DataType to) {
        if (from.equals(to) || from == AtomicType.NULL || to == AtomicType.STRING) {
            return true;
        }
        if (from instanceof ArrayType a && to instanceof ArrayType b) {
            return possible(a.element(), b.element());
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            return possible(a.key(), b.key()) && possible(a.value(), b.value());
        }
        if (from instanceof StructType a && to instanceof StructType b) {
            for (int i = 0; i < a.fields().size() && i < b.fields().size(); i++) {
                if (!possible(a.fields().get(i).type(), b.fields().get(i).type())) {
                    return false;
                }
            }
            return a.fields().size() == b.fields().size();
        }
        if (nested(from) || nested(to)) {
            return false;
        }
        if (from == AtomicType.STRING) {
            return true;
        }
        boolean fromNumber = ImplicitCasts.isNumber(from);
        boolean toNumber = ImplicitCasts.isNumber(to);
        if (fromNumber && (toNumber || to == AtomicType.BOOLEAN || to == AtomicType.TIMESTAMP)) {
            return true;
        }
        if (toNumber) {
            return from == AtomicType.BOOLEAN || from == AtomicType.TIMESTAMP || interval(from);
        }
        if (interval(to)) {
            return fromNumber;
        }
        if (to == AtomicType.BINARY) {
            return from == AtomicType.BYTE
                    || from == AtomicType.SHORT
                    || from == AtomicType.INT
                    || from == AtomicType.LONG;
        }
        return (from == AtomicType.DATE && to == AtomicType.TIMESTAMP)
                || (from == AtomicType.TIMESTAMP && to == AtomicType.DATE);
    }

    private static boolean nested(DataType type) {
        return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
    }

    private static boolean interval(DataType type) {
        return type == AtomicType.DAY_TIME_INTERVAL || type == AtomicType.YEAR_MONTH_INTERVAL;
    }
}
