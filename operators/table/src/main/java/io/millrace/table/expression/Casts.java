// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.List;
import java.util.Optional;

/** Which casts there are, by Spark's ANSI rules, and what does them. */
public final class Casts {

    /** From the narrowest to the widest. */
    private static final List<AtomicType> WHOLE = List.of(AtomicType.BYTE, AtomicType.SHORT, AtomicType.INT);

    private Casts() {}

    /** Whether a value of a type can be cast to another at all. */
    public static boolean possible(DataType from, DataType to) {
        if (Forms.same(from, to) || from == AtomicType.NULL) {
            return true;
        } else if (from instanceof ArrayType one && to instanceof ArrayType other) {
            return possible(one.element(), other.element());
        } else if (from instanceof MapType one && to instanceof MapType other) {
            return possible(one.key(), other.key()) && possible(one.value(), other.value());
        } else if (from instanceof StructType one && to instanceof StructType other) {
            boolean fits = one.fields().size() == other.fields().size();
            for (int i = 0; fits && i < one.fields().size(); i++) {
                fits = possible(
                        one.fields().get(i).type(), other.fields().get(i).type());
            }
            return fits;
        }
        return method(from, to).isPresent();
    }

    /** Whether a cast has null for a value that is not null: NaN and the infinities are no decimals. */
    public static boolean mayGiveNull(DataType from, DataType to) {
        return ImplicitCasts.isFloating(from) && to instanceof DecimalType;
    }

    /**
     * The function that casts a type to a different one.
     *
     * @throws io.millrace.table.AnalysisException ({@code DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION} and the like) if there is none
     */
    public static BoundFunction bind(DataType from, DataType to) {
        if (!possible(from, to)) {
            throw Failures.noCast(from, to, false);
        }
        Optional<String> plain = plain(from, to);
        if (plain.isPresent()) {
            return Methods.strict("cast", List.of(from), to, PlainCasts.class, plain.get());
        }
        Optional<String> checked = checked(from, to);
        if (checked.isPresent()) {
            return Methods.strict("cast", List.of(from), to, new TypeCast(from, to), TypeCast.class, checked.get());
        }
        if (to == AtomicType.STRING) {
            return Methods.strict("cast", List.of(from), to, new ValueText(from), ValueText.class, "text");
        }
        return Methods.strict("cast", List.of(from), to, NestedCast.of(from, to), NestedCast.class, "cast");
    }

    /** The name of the method that casts what is not nested. */
    private static Optional<String> method(DataType from, DataType to) {
        if (to == AtomicType.STRING) {
            return Optional.of("text");
        }
        Optional<String> plain = plain(from, to);
        return plain.isPresent() ? plain : checked(from, to);
    }

    /** Casts that never fail. */
    private static Optional<String> plain(DataType from, DataType to) {
        String source = form(from);
        String target = form(to);
        String name = source + "To" + target;
        if (isNarrowing(from, to)) {
            return Optional.empty();
        }
        return switch (name) {
            case "IntToInt",
                    "IntToLong",
                    "IntToFloat",
                    "IntToDouble",
                    "LongToFloat",
                    "LongToDouble",
                    "FloatToDouble",
                    "DoubleToFloat",
                    "DecimalToDouble",
                    "DecimalToFloat",
                    "BooleanToInt",
                    "BooleanToLong",
                    "BooleanToFloat",
                    "BooleanToDouble",
                    "IntToBoolean",
                    "LongToBoolean",
                    "FloatToBoolean",
                    "DoubleToBoolean",
                    "DecimalToBoolean",
                    "DateToTimestamp",
                    "TimestampToDate",
                    "TimestampToLong",
                    "TimestampToDouble",
                    "TimestampToFloat",
                    "IntToTimestamp",
                    "IntToUtf8",
                    "LongToUtf8",
                    "BooleanToUtf8",
                    "FloatToUtf8",
                    "DoubleToUtf8",
                    "DateToUtf8",
                    "TimestampToUtf8",
                    "DecimalToUtf8",
                    "BinaryToUtf8",
                    "DayTimeToUtf8",
                    "YearMonthToUtf8",
                    "Utf8ToBinary" -> Optional.of(lowered(name));
            default -> Optional.empty();
        };
    }

    /** Casts that may fail. */
    private static Optional<String> checked(DataType from, DataType to) {
        String name = form(from) + "To" + form(to);
        return switch (name) {
            case "IntToInt",
                    "LongToInt",
                    "DoubleToInt",
                    "FloatToInt",
                    "DecimalToInt",
                    "Utf8ToInt",
                    "DoubleToLong",
                    "FloatToLong",
                    "DecimalToLong",
                    "Utf8ToLong",
                    "Utf8ToDouble",
                    "Utf8ToFloat",
                    "Utf8ToDecimal",
                    "Utf8ToBoolean",
                    "Utf8ToDate",
                    "Utf8ToTimestamp",
                    "Utf8ToDayTime",
                    "Utf8ToYearMonth",
                    "IntToDecimal",
                    "LongToDecimal",
                    "DoubleToDecimal",
                    "FloatToDecimal",
                    "DecimalToDecimal",
                    "BooleanToDecimal",
                    "TimestampToInt",
                    "TimestampToDecimal",
                    "LongToTimestamp",
                    "DoubleToTimestamp",
                    "DecimalToTimestamp" -> Optional.of(lowered(name));
            case "FloatToTimestamp" -> Optional.of("doubleToTimestamp");
            default -> Optional.empty();
        };
    }

    private static boolean isNarrowing(DataType from, DataType to) {
        return from instanceof AtomicType one
                && to instanceof AtomicType other
                && form(from).equals("Int")
                && form(to).equals("Int")
                && WHOLE.indexOf(one) > WHOLE.indexOf(other);
    }

    private static String lowered(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** How a type is called in the names of methods. */
    private static String form(DataType type) {
        if (type instanceof DecimalType) {
            return "Decimal";
        } else if (!(type instanceof AtomicType atomic)) {
            return "Nested";
        } else {
            return switch (atomic) {
                case NULL -> "Null";
                case BOOLEAN -> "Boolean";
                case BYTE, SHORT, INT -> "Int";
                case LONG -> "Long";
                case FLOAT -> "Float";
                case DOUBLE -> "Double";
                case STRING -> "Utf8";
                case BINARY -> "Binary";
                case DATE -> "Date";
                case TIMESTAMP -> "Timestamp";
                case DAY_TIME_INTERVAL -> "DayTime";
                case YEAR_MONTH_INTERVAL -> "YearMonth";
            };
        }
    }
}
