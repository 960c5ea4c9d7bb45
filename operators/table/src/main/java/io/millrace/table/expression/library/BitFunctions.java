// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.BYTE;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.SHORT;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.AtomicType;
import java.util.function.Consumer;

/** Bits of integers. */
public final class BitFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(BitFunctions.class);
        for (AtomicType type : new AtomicType[] {BYTE, SHORT, INT, LONG}) {
            all.add("&", type, "and", type, type)
                    .add("|", type, "or", type, type)
                    .add("^", type, "xor", type, type)
                    .add("~", type, "not", type)
                    .add("bit_count", INT, "count", type);
        }
        all.add("bit_count", INT, "count", BOOLEAN)
                .add("bit_get getbit", BYTE, "get", LONG, INT)
                .add("shiftleft <<", INT, "left", INT, INT)
                .add("shiftleft <<", LONG, "left", LONG, INT)
                .add("shiftright >>", INT, "right", INT, INT)
                .add("shiftright >>", LONG, "right", LONG, INT)
                .add("shiftrightunsigned >>>", INT, "rightUnsigned", INT, INT)
                .add("shiftrightunsigned >>>", LONG, "rightUnsigned", LONG, INT)
                .register(to);
    }

    public static int and(int a, int b) {
        return a & b;
    }

    public static long and(long a, long b) {
        return a & b;
    }

    public static int or(int a, int b) {
        return a | b;
    }

    public static long or(long a, long b) {
        return a | b;
    }

    public static int xor(int a, int b) {
        return a ^ b;
    }

    public static long xor(long a, long b) {
        return a ^ b;
    }

    public static int not(int a) {
        return ~a;
    }

    public static long not(long a) {
        return ~a;
    }

    public static int count(boolean bit) {
        return bit ? 1 : 0;
    }

    public static int count(int a) {
        return Long.bitCount(a);
    }

    public static int count(long a) {
        return Long.bitCount(a);
    }

    /** The bit at a place, from 0 at the right. */
    public static int get(long a, int place) {
        if (place < 0 || place > 63) {
            throw new QueryExecutionException(
                    "INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE",
                    "The value of parameter `pos` in `bit_get` is invalid: it must be from 0 to 63, but is " + place);
        }
        return (int) (a >>> place & 1);
    }

    public static int left(int a, int places) {
        return a << places;
    }

    public static long left(long a, int places) {
        return a << places;
    }

    public static int right(int a, int places) {
        return a >> places;
    }

    public static long right(long a, int places) {
        return a >> places;
    }

    public static int rightUnsigned(int a, int places) {
        return a >>> places;
    }

    public static long rightUnsigned(long a, int places) {
        return a >>> places;
    }
}
