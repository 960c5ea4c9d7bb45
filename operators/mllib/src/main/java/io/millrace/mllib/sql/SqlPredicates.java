// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Comparisons, logic of three values, and patterns. */
final class SqlPredicates {

    private SqlPredicates() {}

    static SqlExpression compare(String operator, SqlExpression left, SqlExpression right) {
        DataType type = SqlTypes.common(left.type(), right.type());
        if (type == null || !(isOrdered(type) || type.equals(SqlTypes.VOID))) {
            throw new SqlException("cannot compare " + left.type().sparkName() + " with "
                    + right.type().sparkName());
        }
        SqlExpression x = type.equals(SqlTypes.VOID) ? left : SqlCast.to(left, type);
        SqlExpression y = type.equals(SqlTypes.VOID) ? right : SqlCast.to(right, type);
        return switch (operator) {
            case "=" -> x.map(y, DataType.BOOLEAN, (a, b) -> SqlOrder.compare(a, b) == 0);
            case "<" -> x.map(y, DataType.BOOLEAN, (a, b) -> SqlOrder.compare(a, b) < 0);
            case "<=" -> x.map(y, DataType.BOOLEAN, (a, b) -> SqlOrder.compare(a, b) <= 0);
            case ">" -> x.map(y, DataType.BOOLEAN, (a, b) -> SqlOrder.compare(a, b) > 0);
            case ">=" -> x.map(y, DataType.BOOLEAN, (a, b) -> SqlOrder.compare(a, b) >= 0);
            case "<=>" ->
                new SqlExpression(DataType.BOOLEAN, false, x.constant() && y.constant(), slots -> {
                    Object a = x.value().of(slots);
                    Object b = y.value().of(slots);
                    return (a == null || b == null) ? a == b : SqlOrder.compare(a, b) == 0;
                });
            default -> throw new IllegalStateException(operator);
        };
    }

    static boolean isOrdered(DataType type) {
        return type.isNumeric() || type.equals(DataType.STRING) || type.equals(DataType.BOOLEAN);
    }

    static SqlExpression and(SqlExpression left, SqlExpression right) {
        return logic(left, right, Boolean.FALSE);
    }

    static SqlExpression or(SqlExpression left, SqlExpression right) {
        return logic(left, right, Boolean.TRUE);
    }

    /** AND or OR: {@code deciding} on one side decides, null on one side leaves it open. */
    private static SqlExpression logic(SqlExpression left, SqlExpression right, Boolean deciding) {
        SqlExpression x = truth(left);
        SqlExpression y = truth(right);
        return new SqlExpression(
                DataType.BOOLEAN, x.nullable() || y.nullable(), x.constant() && y.constant(), slots -> {
                    Object a = x.value().of(slots);
                    if (deciding.equals(a)) {
                        return deciding;
                    }
                    Object b = y.value().of(slots);
                    if (deciding.equals(b)) {
                        return deciding;
                    }
                    return a == null || b == null ? null : (Object) !deciding;
                });
    }

    static SqlExpression not(SqlExpression x) {
        return truth(x).map(DataType.BOOLEAN, value -> !(Boolean) value);
    }

    static SqlExpression isNull(SqlExpression x, boolean answer) {
        return new SqlExpression(
                DataType.BOOLEAN, false, x.constant(), slots -> (x.value().of(slots) == null) == answer);
    }

    /** A condition: {@code x}, which must be boolean. */
    static SqlExpression truth(SqlExpression x) {
        if (!x.type().equals(DataType.BOOLEAN) && !x.isVoid()) {
            throw new SqlException(
                    "a condition must be boolean, not " + x.type().sparkName());
        }
        return SqlCast.to(x, DataType.BOOLEAN);
    }

    /** {@code text LIKE pattern}: % for any text, _ for a letter, \ before a letter for itself. */
    static SqlExpression like(SqlExpression text, SqlExpression pattern, boolean anyCase) {
        int flags = Pattern.DOTALL | (anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return matches(text, pattern, value -> Pattern.compile(regexOfLike(value), flags), true);
    }

    /** Whether a regular expression is found in a text. */
    static SqlExpression rlike(SqlExpression text, SqlExpression pattern) {
        return matches(text, pattern, Pattern::compile, false);
    }

    private interface Compiler {
        Pattern compile(String pattern);
    }

    private static SqlExpression matches(SqlExpression text, SqlExpression pattern, Compiler compiler, boolean whole) {
        SqlExpression x = SqlFunctions.text(text);
        SqlExpression y = SqlFunctions.text(pattern);
        Pattern compiled = y.constant() && y.constantValue() instanceof String once ? compiler.compile(once) : null;
        return x.map(y, DataType.BOOLEAN, (a, b) -> {
            Pattern p = compiled == null ? compiler.compile((String) b) : compiled;
            return whole
                    ? p.matcher((String) a).matches()
                    : p.matcher((String) a).find();
        });
    }

    private static String regexOfLike(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\\') {
                if (i >= pattern.length()) {
                    throw new SqlException("the pattern " + pattern + " ends with a backslash");
                }
                c = pattern.codePointAt(i);
                i += Character.charCount(c);
                if (c != '_' && c != '%' && c != '\\') {
                    throw new SqlException(
                            "the pattern " + pattern + " has a backslash before " + Character.toString(c));
                }
                regex.append(Pattern.quote(Character.toString(c)));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c)));
            }
        }
        return regex.toString();
    }

    /** Whether a value is among others; null if it is not and one of them is null. */
    static SqlExpression in(SqlExpression value, List<SqlExpression> list) {
        DataType type = value.type();
        boolean nullable = value.nullable();
        boolean constant = value.constant();
        for (SqlExpression element : list) {
            DataType wider = SqlTypes.common(type, element.type());
            if (wider == null) {
                throw new SqlException("cannot compare " + type.sparkName() + " with "
                        + element.type().sparkName());
            }
            type = wider;
            nullable |= element.nullable();
            constant &= element.constant();
        }
        SqlExpression x = SqlCast.to(value, type);
        DataType common = type;
        SqlExpression[] elements =
                list.stream().map(element -> SqlCast.to(element, common)).toArray(SqlExpression[]::new);
        return new SqlExpression(DataType.BOOLEAN, nullable, constant, slots -> {
            Object a = x.value().of(slots);
            return a == null ? null : among(a, elements, slots);
        });
    }

    private static @Nullable Boolean among(Object a, SqlExpression[] elements, @Nullable Object[] slots) {
        boolean unknown = false;
        for (SqlExpression element : elements) {
            Object b = element.value().of(slots);
            if (b == null) {
                unknown = true;
            } else if (SqlOrder.compare(a, b) == 0) {
                return true;
            }
        }
        return unknown ? null : false;
    }
}
