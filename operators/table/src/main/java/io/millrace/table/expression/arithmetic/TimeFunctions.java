// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.Methods;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.util.List;
import java.util.Optional;

/** Which signs mean what between dates, timestamps and intervals. */
final class TimeFunctions {

    private static final DataType DATE = AtomicType.DATE;
    private static final DataType TIME = AtomicType.TIMESTAMP;
    private static final DataType MICROS = AtomicType.DAY_TIME_INTERVAL;
    private static final DataType MONTHS = AtomicType.YEAR_MONTH_INTERVAL;

    private TimeFunctions() {}

    /** The function, if one of the operands is a date, a timestamp or an interval and there is one. */
    static Optional<BoundFunction> bind(String sign, DataType left, DataType right) {
        return switch (sign) {
            case "+" -> plus(left, right);
            case "-" -> minus(left, right);
            case "*" -> isInterval(right) && !isInterval(left) ? swapped(right, left) : times(left, right);
            default -> over(left, right);
        };
    }

    private static Optional<BoundFunction> plus(DataType left, DataType right) {
        if (left == DATE && isInt(right)) {
            return of("+", DATE, AtomicType.INT, DATE, "addDays");
        } else if (isInt(left) && right == DATE) {
            return of("+", AtomicType.INT, DATE, DATE, "daysAfter");
        } else if (left == MICROS && right == MICROS) {
            return of("+", MICROS, MICROS, MICROS, "addMicros");
        } else if (left == MONTHS && right == MONTHS) {
            return of("+", MONTHS, MONTHS, MONTHS, "addDays");
        } else if (right == MICROS && left == AtomicType.STRING) {
            // a text stays one
            return of("+", TIME, MICROS, AtomicType.STRING, "textAfter");
        } else if (left == MICROS && right == AtomicType.STRING) {
            return of("+", MICROS, TIME, AtomicType.STRING, "textAfter");
        } else if (right == MICROS && isTime(left)) {
            return of("+", TIME, MICROS, TIME, "addMicros");
        } else if (left == MICROS && isTime(right)) {
            return of("+", MICROS, TIME, TIME, "addMicros");
        } else if (right == MONTHS && isTime(left)) {
            return left == DATE
                    ? of("+", DATE, MONTHS, DATE, "addMonthsToDate")
                    : of("+", TIME, MONTHS, TIME, "addMonthsToTime");
        } else if (left == MONTHS && isTime(right)) {
            return right == DATE
                    ? of("+", MONTHS, DATE, DATE, "monthsAfterDate")
                    : of("+", MONTHS, TIME, TIME, "monthsAfterTime");
        }
        return Optional.empty();
    }

    private static Optional<BoundFunction> minus(DataType left, DataType right) {
        if (left == DATE && isInt(right)) {
            return of("-", DATE, AtomicType.INT, DATE, "subtractDays");
        } else if (left == DATE && right == DATE) {
            return of("-", DATE, DATE, MICROS, "datesBetween");
        } else if ((left == TIME && isTimely(right)) || (right == TIME && isTimely(left))) {
            return of("-", TIME, TIME, MICROS, "subtractMicros");
        } else if ((left == DATE && right == AtomicType.STRING) || (left == AtomicType.STRING && right == DATE)) {
            return of("-", DATE, DATE, MICROS, "datesBetween");
        } else if (left == MICROS && right == MICROS) {
            return of("-", MICROS, MICROS, MICROS, "subtractMicros");
        } else if (left == MONTHS && right == MONTHS) {
            return of("-", MONTHS, MONTHS, MONTHS, "subtractDays");
        } else if (right == MICROS && left == AtomicType.STRING) {
            return of("-", TIME, MICROS, AtomicType.STRING, "textBefore");
        } else if (right == MICROS && isTime(left)) {
            return of("-", TIME, MICROS, TIME, "subtractMicros");
        } else if (right == MONTHS && isTime(left)) {
            return left == DATE
                    ? of("-", DATE, MONTHS, DATE, "subtractMonthsFromDate")
                    : of("-", TIME, MONTHS, TIME, "subtractMonthsFromTime");
        }
        return Optional.empty();
    }

    private static Optional<BoundFunction> times(DataType left, DataType right) {
        if (left == MICROS && ImplicitCasts.isWhole(right)) {
            return of("*", MICROS, AtomicType.LONG, MICROS, "multiplyMicros");
        } else if (left == MICROS && right instanceof DecimalType) {
            return of("*", MICROS, right, MICROS, "multiplyMicrosDecimal");
        } else if (left == MICROS && (ImplicitCasts.isNumber(right) || right == AtomicType.STRING)) {
            return of("*", MICROS, AtomicType.DOUBLE, MICROS, "multiplyMicrosDouble");
        } else if (left == MONTHS && ImplicitCasts.isWhole(right)) {
            return of("*", MONTHS, AtomicType.INT, MONTHS, "multiplyMonths");
        }
        return Optional.empty();
    }

    private static Optional<BoundFunction> swapped(DataType interval, DataType number) {
        return times(interval, number)
                .map(function -> new BoundFunction(
                        "*",
                        List.of(
                                function.parameters().get(1),
                                function.parameters().get(0)),
                        function.type(),
                        true,
                        false,
                        null,
                        Methods.only(SwappedTimes.class, function.method().getName())));
    }

    private static Optional<BoundFunction> over(DataType left, DataType right) {
        if (left == MICROS && ImplicitCasts.isWhole(right)) {
            return of("/", MICROS, AtomicType.LONG, MICROS, "divideMicros");
        } else if (left == MICROS && (ImplicitCasts.isNumber(right) || right == AtomicType.STRING)) {
            return of("/", MICROS, AtomicType.DOUBLE, MICROS, "divideMicrosDouble");
        }
        return Optional.empty();
    }

    private static Optional<BoundFunction> of(
            String sign, DataType left, DataType right, DataType type, String method) {
        return Optional.of(Methods.strict(sign, List.of(left, right), type, TimeArithmetic.class, method));
    }

    private static boolean isInterval(DataType type) {
        return type == MICROS || type == MONTHS;
    }

    private static boolean isInt(DataType type) {
        return ImplicitCasts.isWhole(type) && type != AtomicType.LONG;
    }

    private static boolean isTime(DataType type) {
        return type == DATE || type == TIME;
    }

    private static boolean isTimely(DataType type) {
        return type == DATE || type == TIME || type == AtomicType.STRING;
    }
}
