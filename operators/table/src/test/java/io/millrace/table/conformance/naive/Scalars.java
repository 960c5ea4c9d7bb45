// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.conformance.CaseValues;
import io.millrace.table.conformance.UnsupportedCaseException;
import io.millrace.table.type.AtomicType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Values of expression trees. Whole numbers are {@code Long}, intervals {@code Duration}; only what cases of several operators are made
 * of is known.
 */
final class Scalars {

    private final Function<String, Object> columns;

    /** Expressions over columns. */
    Scalars(Function<String, Object> columns) {
        this.columns = columns;
    }

    /** The value of a tree; null for null. */
    Object value(JsonNode tree) {
        if (tree.has("col")) {
            return columns.apply(tree.get("col").textValue());
        }
        if (tree.has("lit")) {
            return literal(tree);
        }
        if (tree.has("as")) {
            return value(tree.get("expr"));
        }
        if (tree.has("call")) {
            return call(tree.get("call").textValue(), arguments(tree));
        }
        if (tree.has("op")) {
            return operator(tree);
        }
        if (tree.has("case")) {
            return branches(tree);
        }
        if (tree.has("cast")) {
            return cast(value(tree.get("expr")), tree.get("cast").textValue());
        }
        throw new UnsupportedCaseException("the expression " + tree);
    }

    private List<Object> arguments(JsonNode tree) {
        List<Object> values = new ArrayList<>();
        tree.get("args").forEach(argument -> values.add(value(argument)));
        return values;
    }

    private static Object literal(JsonNode tree) {
        String type = tree.get("type").textValue();
        if (type.startsWith("interval")) {
            return Duration.of(tree.get("lit").longValue(), ChronoUnit.MICROS);
        }
        if (type.startsWith("decimal")) {
            return new BigDecimal(tree.get("lit").asText());
        }
        for (AtomicType atomic : AtomicType.values()) {
            if (atomic.sql().equals(type)) {
                return CaseValues.canonical(CaseValues.value(tree.get("lit"), atomic));
            }
        }
        throw new UnsupportedCaseException("a literal of type " + type);
    }

    private Object branches(JsonNode tree) {
        for (JsonNode branch : tree.get("case")) {
            if (Boolean.TRUE.equals(value(branch.get("when")))) {
                return value(branch.get("then"));
            }
        }
        return tree.has("else") ? value(tree.get("else")) : null;
    }

    private static Object cast(Object value, String type) {
        if (value == null) {
            return null;
        }
        if (type.equals("string") && (value instanceof Long || value instanceof String)) {
            return value.toString();
        }
        if ((type.equals("int") || type.equals("bigint")) && value instanceof Long) {
            return value;
        }
        if (type.equals("double") && value instanceof Long number) {
            return number.doubleValue();
        }
        throw new UnsupportedCaseException("a cast to " + type);
    }

    // ---- operators ----

    private Object operator(JsonNode tree) {
        String op = tree.get("op").textValue();
        List<Object> args = arguments(tree);
        Object first = args.get(0);
        Object second = args.size() > 1 ? args.get(1) : null;
        return switch (op) {
            case "&&", "and" -> logic(true, first, second);
            case "or" -> logic(false, first, second);
            case "||" -> first instanceof String ? strict(op, args) : logic(false, first, second);
            case "isnull" -> first == null;
            case "isnotnull" -> first != null;
            case "<=>" -> Objects.equals(first, second);
            case "in" -> in(first, args.subList(1, args.size()));
            default -> strict(op, args);
        };
    }

    private static Object strict(String op, List<Object> args) {
        if (args.contains(null)) {
            return null;
        }
        Object first = args.get(0);
        Object second = args.size() > 1 ? args.get(1) : null;
        return switch (op) {
            case "not" -> !(Boolean) first;
            case "=", "==" -> compare(first, second) == 0;
            case "<>", "!=" -> compare(first, second) != 0;
            case "<" -> compare(first, second) < 0;
            case "<=" -> compare(first, second) <= 0;
            case ">" -> compare(first, second) > 0;
            case ">=" -> compare(first, second) >= 0;
            case "unaryminus" -> arithmetic("-", 0L, first);
            case "+", "-", "*", "/", "%" -> arithmetic(op, first, second);
            case "concat", "||" -> join(args);
            default -> unknown("the operator " + op);
        };
    }

    /** And ({@code all}), or or, of three values. */
    private static Object logic(boolean all, Object left, Object right) {
        Object decides = !all;
        if (decides.equals(left) || decides.equals(right)) {
            return decides;
        }
        boolean unknown = left == null || right == null;
        return unknown ? null : all;
    }

    private static Object in(Object value, List<Object> list) {
        if (value == null) {
            return null;
        }
        if (list.stream().anyMatch(element -> element != null && compare(value, element) == 0)) {
            return true;
        }
        return list.contains(null) ? null : false;
    }

    private static Object arithmetic(String op, Object left, Object right) {
        if (left instanceof Instant instant && right instanceof Duration duration) {
            return op.equals("-") ? instant.minus(duration) : instant.plus(duration);
        }
        if (left instanceof Duration duration && right instanceof Instant instant) {
            return instant.plus(duration);
        }
        if (op.equals("/") && left instanceof Long a && right instanceof Long b) {
            return a.doubleValue() / b;
        }
        if (left instanceof Double || right instanceof Double) {
            double a = ((Number) left).doubleValue();
            double b = ((Number) right).doubleValue();
            return switch (op) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "/" -> a / b;
                default -> a % b;
            };
        }
        if (left instanceof Long a && right instanceof Long b) {
            return switch (op) {
                case "+" -> Math.addExact(a, b);
                case "-" -> Math.subtractExact(a, b);
                case "*" -> Math.multiplyExact(a, b);
                default -> a % b;
            };
        }
        throw new UnsupportedCaseException(op + " of " + left + " and " + right);
    }

    /** The order of two values that are not null. */
    static int compare(Object left, Object right) {
        if (left instanceof Number a
                && right instanceof Number b
                && !left.getClass().equals(right.getClass())) {
            return left instanceof Double || right instanceof Double
                    ? Double.compare(a.doubleValue(), b.doubleValue())
                    : decimal(left).compareTo(decimal(right));
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return ALL.compare(List.copyOf(a.values()), List.copyOf(b.values()));
        }
        if (left instanceof List<?> && right instanceof List<?>) {
            return ALL.compare(left, right);
        }
        return natural(left, right);
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(BigInteger.valueOf((Long) number));
    }

    @SuppressWarnings("unchecked") // both are of one class that has an order
    private static int natural(Object left, Object right) {
        if (!left.getClass().equals(right.getClass())) {
            throw new UnsupportedCaseException("a comparison of " + left + " and " + right);
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** The order of all values, null first. */
    static final Comparator<Object> ALL = Scalars::order;

    private static int order(Object left, Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? -1 : 1;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                int order = order(a.get(i), b.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(a.size(), b.size());
        }
        return compare(left, right);
    }

    // ---- functions ----

    private static Object call(String name, List<Object> args) {
        return switch (name) {
            case "coalesce", "ifnull", "nvl" ->
                args.stream().filter(Objects::nonNull).findFirst().orElse(null);
            case "if" -> Boolean.TRUE.equals(args.get(0)) ? args.get(1) : args.get(2);
            case "named_struct" -> {
                Map<String, Object> struct = new LinkedHashMap<>();
                for (int i = 0; i < args.size(); i += 2) {
                    struct.put((String) args.get(i), args.get(i + 1));
                }
                yield struct;
            }
            case "greatest" -> args.stream().filter(Objects::nonNull).max(ALL).orElse(null);
            case "least" -> args.stream().filter(Objects::nonNull).min(ALL).orElse(null);
            default -> args.contains(null) ? null : strictCall(name, args);
        };
    }

    private static Object strictCall(String name, List<Object> args) {
        Object first = args.get(0);
        return switch (name) {
            case "upper" -> ((String) first).toUpperCase(Locale.ROOT);
            case "lower" -> ((String) first).toLowerCase(Locale.ROOT);
            case "length" -> (long) ((String) first).codePointCount(0, ((String) first).length());
            case "concat" -> join(args);
            case "abs" -> first instanceof Long number ? (Object) Math.abs(number) : (Object) Math.abs((Double) first);
            case "window_time" -> ((Instant) ((Map<?, ?>) first).get("end")).minus(1, ChronoUnit.MICROS);
            case "split" ->
                args.size() > 2
                        ? unknown(name + " with a limit")
                        : new ArrayList<Object>(List.of(((String) first).split((String) args.get(1), -1)));
            case "size" -> (long) ((List<?>) first).size();
            case "sort_array" ->
                ((List<?>) first).stream().sorted(ALL).collect(ArrayList::new, List::add, List::addAll);
            case "substring" -> substring((String) first, (Long) args.get(1), (Long) args.get(2));
            case "date_trunc" -> trunc((String) first, (Instant) args.get(1));
            case "unix_timestamp" -> ((Instant) first).getEpochSecond();
            default -> unknown("the function " + name);
        };
    }

    private static Object unknown(String what) {
        throw new UnsupportedCaseException(what);
    }

    private static String join(List<Object> args) {
        StringBuilder text = new StringBuilder();
        for (Object arg : args) {
            if (!(arg instanceof String) && !(arg instanceof Long)) {
                throw new UnsupportedCaseException("concat of " + arg);
            }
            text.append(arg);
        }
        return text.toString();
    }

    private static String substring(String text, long from, long length) {
        if (from < 1) {
            throw new UnsupportedCaseException("substring from " + from);
        }
        int begin = (int) Math.min(text.length(), from - 1);
        return text.substring(begin, (int) Math.min(text.length(), begin + length));
    }

    private static Instant trunc(String unit, Instant time) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "second" -> time.truncatedTo(ChronoUnit.SECONDS);
            case "minute" -> time.truncatedTo(ChronoUnit.MINUTES);
            case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
            case "day" ->
                time.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
            default -> throw new UnsupportedCaseException("date_trunc to " + unit);
        };
    }
}
