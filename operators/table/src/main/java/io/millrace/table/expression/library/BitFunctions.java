// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BINARY;
import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.BYTE;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.SHORT;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.List;
import java.util.function.Consumer;

/** Bits of integers. */
public final class BitFunctions implements FunctionLibrary {

    /** How many bits a bitmap has. */
    private static final long BITMAP = 32_768;

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(BitFunctions.class);
        for (AtomicType type : new AtomicType[] {BYTE, SHORT, INT, LONG}) {
            all.add("~", type, "not", type).add("bit_count", INT, "count", type);
        }
        all.bound("&", 2, 2, (name, arguments) -> both(all, name, "and", arguments))
                .bound("|", 2, 2, (name, arguments) -> both(all, name, "or", arguments))
                .bound("^", 2, 2, (name, arguments) -> both(all, name, "xor", arguments));
        all.add("bit_count", INT, "count", BOOLEAN)
                .uncast(0, "bit_count")
                .add("bit_get getbit", BYTE, "get", LONG, INT)
                .add("bitmap_bit_position", LONG, "placeInBitmap", LONG)
                .add("bitmap_bucket_number", LONG, "bitmap", LONG)
                .add("bitmap_count", LONG, "countAll", BINARY)
                .add("shiftleft <<", INT, "left", INT, INT)
                .add("shiftleft <<", LONG, "left", LONG, INT)
                .add("shiftright >>", INT, "right", INT, INT)
                .add("shiftright >>", LONG, "right", LONG, INT)
                .add("shiftrightunsigned >>>", INT, "rightUnsigned", INT, INT)
                .add("shiftrightunsigned >>>", LONG, "rightUnsigned", LONG, INT)
                .register(to);
    }

    private static BoundFunction both(Definitions all, String name, String method, List<Expression> arguments) {
        DataType type = ImplicitCasts.common(arguments).orElse(AtomicType.BOOLEAN);
        DataType whole = type == AtomicType.NULL || type == AtomicType.STRING ? LONG : type;
        if (!ImplicitCasts.isWhole(whole)) {
            throw Failures.operands(
                    name, arguments.get(0).type(), arguments.get(1).type());
        }
        return all.call(name, method, whole, List.of(whole, whole));
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

    /** The place of a number in the bitmap it belongs to. */
    public static long placeInBitmap(long number) {
        return number > 0 ? (number - 1) % BITMAP : -(number % BITMAP);
    }

    /** The bitmap a number belongs to. */
    public static long bitmap(long number) {
        return number > 0 ? 1 + (number - 1) / BITMAP : number / BITMAP;
    }

    public static long countAll(byte[] bitmap) {
        long bits = 0;
        for (byte part : bitmap) {
            bits += Integer.bitCount(part & 0xff);
        }
        return bits;
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
