// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.DATE;
import static io.millrace.table.type.AtomicType.DAY_TIME_INTERVAL;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.TIMESTAMP;
import static io.millrace.table.type.AtomicType.YEAR_MONTH_INTERVAL;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/** Arrays of numbers, dates or instants at equal distances, both ends included. */
public final class SequenceFunctions implements FunctionLibrary {

    private static final long MOST = Integer.MAX_VALUE - 15;

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(SequenceFunctions.class);
        all.bound("sequence", 2, 3, (name, arguments) -> bind(all, name, arguments))
                .register(to);
    }

    private static BoundFunction bind(Definitions all, String name, List<Expression> arguments) {
        DataType type = ImplicitCasts.common(arguments.subList(0, 2)).orElse(null);
        if (type == DATE || type == TIMESTAMP) {
            String method = type == DATE ? "dates" : "instants";
            if (arguments.size() == 2) {
                return all.call(name, method, new ArrayType(type, false), List.of(type, type));
            }
            DataType step = arguments.get(2).type();
            if (step == DAY_TIME_INTERVAL || step == YEAR_MONTH_INTERVAL) {
                return all.call(name, method, new ArrayType(type, false), List.of(type, type, step));
            }
            throw Definitions.unexpectedType(name, 2, "an interval", step);
        }
        DataType common = ImplicitCasts.common(arguments).orElse(null);
        if (common == null || !ImplicitCasts.isWhole(common)) {
            throw Definitions.unexpectedType(
                    name,
                    0,
                    "an integer, a date or a timestamp",
                    arguments.get(0).type());
        }
        boolean isLong = common == LONG;
        return all.call(
                name,
                isLong ? "longs" : "ints",
                new ArrayType(common, false),
                Definitions.times(arguments.size(), isLong ? LONG : INT));
    }

    public static Object[] ints(int start, int stop) {
        return ints(start, stop, start <= stop ? 1 : -1);
    }

    public static Object[] ints(int start, int stop, int step) {
        Object[] result = longs(start, stop, step);
        for (int i = 0; i < result.length; i++) {
            result[i] = ((Long) result[i]).intValue();
        }
        return result;
    }

    public static Object[] longs(long start, long stop) {
        return longs(start, stop, start <= stop ? 1 : -1);
    }

    public static Object[] longs(long start, long stop, long step) {
        check(start, stop, step);
        long count = step == 0 ? 1 : Math.subtractExact(stop, start) / step + 1;
        if (count > MOST) {
            throw tooMany(count);
        }
        Object[] result = new Object[(int) count];
        for (int i = 0; i < result.length; i++) {
            result[i] = start + i * step;
        }
        return result;
    }

    public static Object[] dates(int start, int stop) {
        return ints(start, stop);
    }

    /** With a step in microseconds, which must be whole days. */
    public static Object[] dates(int start, int stop, long step) {
        if (step % TimeFunctions.DAY != 0) {
            throw illegal(start, stop, step + " microseconds, which are not whole days");
        }
        return ints(start, stop, (int) (step / TimeFunctions.DAY));
    }

    /** With a step in months. */
    public static Object[] dates(int start, int stop, int months) {
        return byMonths(start, stop, months, i -> DateFunctions.plusMonths(start, (int) i * months), true);
    }

    public static Object[] instants(long start, long stop) {
        return longs(start, stop, start <= stop ? TimeFunctions.DAY : -TimeFunctions.DAY);
    }

    public static Object[] instants(long start, long stop, long step) {
        return longs(start, stop, step);
    }

    /** With a step in months. */
    public static Object[] instants(long start, long stop, int months) {
        int day = TimeFunctions.day(start);
        long rest = Math.floorMod(start, TimeFunctions.DAY);
        return byMonths(
                start,
                stop,
                months,
                i -> DateFunctions.plusMonths(day, (int) i * months) * TimeFunctions.DAY + rest,
                false);
    }

    private static Object[] byMonths(long start, long stop, int months, LongUnaryOperator value, boolean ints) {
        check(start, stop, months);
        List<Object> result = new ArrayList<>();
        for (long i = 0; months != 0 || i == 0; i++) {
            long next = value.applyAsLong(i);
            if (months > 0 ? next > stop : next < stop) {
                break;
            }
            result.add(ints ? (Object) (int) next : (Object) next);
        }
        return result.toArray();
    }

    private static void check(long start, long stop, long step) {
        if (!((step > 0 && start <= stop) || (step < 0 && start >= stop) || (step == 0 && start == stop))) {
            throw illegal(start, stop, String.valueOf(step));
        }
    }

    private static QueryExecutionException illegal(long start, long stop, String step) {
        return new QueryExecutionException(
                "_LEGACY_ERROR_TEMP_3239", "Illegal sequence boundaries: " + start + " to " + stop + " by " + step);
    }

    private static QueryExecutionException tooMany(long count) {
        return new QueryExecutionException(
                "COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER",
                "A sequence of " + count + " elements exceeds the limit of " + MOST);
    }
}
