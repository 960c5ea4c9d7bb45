// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.type.AtomicType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls as they stand in the names of columns: operators between what they work on, and arguments that were left out. */
final class CallText {

    private static final Set<String> INFIX =
            Set.of("+", "-", "*", "/", "%", "=", "<", "<=", ">", ">=", "<=>", "div", "&", "^", "|", "<<", ">>", ">>>");

    /** In capitals, if they have so many arguments. */
    private static final Map<Integer, Set<String>> CAPITALS = Map.of(
            0,
            Set.of("dense_rank", "e", "percent_rank", "pi", "rank"),
            1,
            Set.of(
                    "acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "ceil", "cos", "cosh", "cot", "csc",
                    "degrees", "exp", "expm1", "floor", "log10", "log1p", "log2", "radians", "sec", "signum", "sin",
                    "sinh", "sqrt", "tan", "tanh"),
            2,
            Set.of("atan2", "hypot", "log", "power", "regexp", "regexp_like", "rlike"));

    /** What stands behind so many arguments. */
    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("approx_percentile/2", ", 10000"),
            Map.entry("bround/1", ", 0"),
            Map.entry("from_unixtime/1", ", yyyy-MM-dd HH:mm:ss"),
            Map.entry("listagg/1", ", NULL"),
            Map.entry("locate/2", ", 1"),
            Map.entry("lpad/2", ",  "),
            Map.entry("make_dt_interval/0", "0, 0, 0, 0.000000"),
            Map.entry("make_dt_interval/1", ", 0, 0, 0.000000"),
            Map.entry("make_dt_interval/2", ", 0, 0.000000"),
            Map.entry("make_dt_interval/3", ", 0.000000"),
            Map.entry("make_ym_interval/0", "0, 0"),
            Map.entry("make_ym_interval/1", ", 0"),
            Map.entry("mask/1", ", X, x, n, NULL"),
            Map.entry("mask/2", ", x, n, NULL"),
            Map.entry("mask/3", ", n, NULL"),
            Map.entry("mask/4", ", NULL"),
            Map.entry("months_between/2", ", true"),
            Map.entry("overlay/3", ", -1"),
            Map.entry("percentile/2", ", 1"),
            Map.entry("percentile_approx/2", ", 10000"),
            Map.entry("position/2", ", 1"),
            Map.entry("regexp_extract/2", ", 1"),
            Map.entry("regexp_extract_all/2", ", 1"),
            Map.entry("regexp_instr/2", ", 0"),
            Map.entry("regexp_replace/3", ", 1"),
            Map.entry("replace/2", ", "),
            Map.entry("round/1", ", 0"),
            Map.entry("rpad/2", ",  "),
            Map.entry("sentences/1", ", , "),
            Map.entry("sort_array/1", ", true"),
            Map.entry("split/2", ", -1"),
            Map.entry("str_to_map/1", ", ,, :"),
            Map.entry("str_to_map/2", ", :"),
            Map.entry("string_agg/1", ", NULL"),
            Map.entry("substr/2", ", 2147483647"),
            Map.entry("substring/2", ", 2147483647"),
            Map.entry("to_unix_timestamp/1", ", yyyy-MM-dd HH:mm:ss"),
            Map.entry("unix_timestamp/0", "current_timestamp(), yyyy-MM-dd HH:mm:ss"),
            Map.entry("unix_timestamp/1", ", yyyy-MM-dd HH:mm:ss"));

    /** What functions with so many arguments are called. */
    private static final Map<String, String> RENAMED = Map.of(
            "array_agg/1", "collect_list",
            "current_database/0", "current_schema",
            "dateadd/2", "date_add",
            "dateadd/3", "timestampadd",
            "date_add/3", "timestampadd",
            "datediff/3", "timestampdiff",
            "date_diff/3", "timestampdiff",
            "to_varchar/2", "to_char");

    /** Functions of which only the first argument is named. */
    private static final Set<String> FIRST_ONLY = Set.of(
            "any_value",
            "approx_count_distinct",
            "first",
            "first_value",
            "from_csv",
            "from_json",
            "last",
            "last_value",
            "likeall",
            "likeany",
            "notlikeall",
            "notlikeany");

    private static final String VARIABLE = "namedlambdavariable()";

    /** How {@code array_sort} compares if it is not told. */
    private static final String ASCENDING =
            ", lambdafunction((IF(((V IS NULL) AND (V IS NULL)), 0, (IF((V IS NULL), 1, (IF((V IS NULL), -1, "
                    .concat("(IF((V < V), -1, (IF((V > V), 1, 0)))))))))), V, V)")
                    .replace("V", VARIABLE);

    private CallText() {}

    static String text(Ast.Call call) {
        List<Ast> arguments = call.arguments();
        String name = call.name();
        if (arguments.size() == 2 && INFIX.contains(name)) {
            String times = times(name, arguments.get(0), arguments.get(1));
            if (times != null) {
                return times;
            }
            return "(" + SqlText.text(arguments.get(0)) + " " + name + " " + SqlText.text(arguments.get(1)) + ")";
        }
        switch (name) {
            case "<>" -> {
                return "(NOT (" + SqlText.text(arguments.get(0)) + " = " + SqlText.text(arguments.get(1)) + "))";
            }
            case "and", "or" -> {
                return "("
                        + arguments.stream()
                                .map(SqlText::text)
                                .collect(Collectors.joining(" " + name.toUpperCase(Locale.ROOT) + " "))
                        + ")";
            }
            case "not" -> {
                return "(NOT " + SqlText.texts(arguments) + ")";
            }
            case "unary-" -> {
                return arguments.get(0) instanceof Ast.Constant number
                        ? "-" + number.text()
                        : "(- " + SqlText.texts(arguments) + ")";
            }
            case "~" -> {
                return "~" + SqlText.texts(arguments);
            }
            case "unary+", "positive" -> {
                return "(+ " + SqlText.texts(arguments) + ")";
            }
            case "window", "session_window" -> {
                return name;
            }
            case "isnull" -> {
                return "(" + SqlText.texts(arguments) + " IS NULL)";
            }
            case "isnotnull" -> {
                return "(" + SqlText.texts(arguments) + " IS NOT NULL)";
            }
            case "in" -> {
                return "(" + SqlText.text(arguments.get(0)) + " IN ("
                        + SqlText.texts(arguments.subList(1, arguments.size())) + "))";
            }
            case "like", "ilike" -> {
                String escape = arguments.size() > 2 ? " ESCAPE '" + SqlText.text(arguments.get(2)) + "'" : "";
                return name.equals("like")
                        ? SqlText.text(arguments.get(0)) + " LIKE " + SqlText.text(arguments.get(1)) + escape
                        : "ilike(" + SqlText.text(arguments.get(0)) + ", " + SqlText.text(arguments.get(1)) + ")";
            }
            case "rlike" -> {
                return "RLIKE(" + SqlText.texts(arguments) + ")";
            }
            case "||" -> {
                return "concat(" + SqlText.texts(arguments) + ")";
            }
            case "get_item" -> {
                return SqlText.text(arguments.get(0)) + "[" + SqlText.text(arguments.get(1)) + "]";
            }
            case "get_field" -> {
                // a field of a map is the value of a key
                String of = SqlText.text(arguments.get(0));
                String field = SqlText.text(arguments.get(1));
                boolean map =
                        arguments.get(0) instanceof Ast.Call made && made.name().startsWith("map");
                return map ? of + "[" + field + "]" : of + "." + field;
            }
            case "aggregate", "reduce" -> {
                // Spark writes the end that changes nothing, too
                String end =
                        arguments.size() == 3 ? ", lambdafunction(namedlambdavariable(), namedlambdavariable())" : "";
                return name + "(" + SqlText.texts(arguments) + end + ")";
            }
            case "curdate" -> {
                return "current_date()";
            }
            case "if" -> {
                return "(IF(" + SqlText.texts(arguments) + "))";
            }
            default -> {}
        }
        return special(call);
    }

    private static String special(Ast.Call call) {
        List<Ast> arguments = call.arguments();
        String name = call.name();
        switch (name) {
            case "between" -> {
                return "between(" + SqlText.texts(arguments) + ")";
            }
            case "extract", "datepart" -> {
                return arguments.size() == 2
                        ? name + "(" + SqlText.text(arguments.get(0)) + " FROM " + SqlText.text(arguments.get(1)) + ")"
                        : plain(call);
            }
            case "trim", "ltrim", "rtrim" -> {
                String side = name.equals("trim") ? "BOTH " : name.equals("ltrim") ? "LEADING " : "TRAILING ";
                return arguments.size() == 2
                        ? "TRIM(" + side + SqlText.text(arguments.get(0)) + " FROM " + SqlText.text(arguments.get(1))
                                + ")"
                        : plain(call);
            }
            case "log" -> {
                return "LOG(" + (arguments.size() == 1 ? "E(), " : "") + SqlText.texts(arguments) + ")";
            }
            case "mode" -> {
                return arguments.size() == 2 && SqlText.text(arguments.get(1)).equals("true")
                        ? "mode() WITHIN GROUP (ORDER BY " + SqlText.text(arguments.get(0)) + " DESC)"
                        : plain(call);
            }
            case "assert_true" -> {
                return arguments.size() == 1
                        ? "assert_true(" + SqlText.texts(arguments) + ", '" + SqlText.texts(arguments)
                                + "' is not true!)"
                        : plain(call);
            }
            case "raise_error" -> {
                return "raise_error(USER_RAISED_EXCEPTION, map(errorMessage, " + SqlText.texts(arguments) + "))";
            }
            case "convert_timezone" -> {
                return name + "(" + (arguments.size() == 2 ? "current_timezone(), " : "") + SqlText.texts(arguments)
                        + ")";
            }
            default -> {
                return SpecialFunctions.isCast(call) ? SqlText.text(arguments.get(0)) : plain(call);
            }
        }
    }

    private static String plain(Ast.Call call) {
        String name = call.name();
        List<Ast> values = call.arguments().stream()
                .filter(part -> !(part instanceof Ast.SortKey))
                .toList();
        List<Ast> keys =
                call.arguments().subList(values.size(), call.arguments().size());
        int count = values.size();
        boolean all = name.equals("count") && count == 1 && values.get(0) instanceof Ast.Star;
        List<Ast> named = FIRST_ONLY.contains(name) && count > 0 ? values.subList(0, 1) : values;
        boolean capitals = CAPITALS.getOrDefault(count, Set.of()).contains(name);
        String place = name + "/" + count;
        String shown = RENAMED.getOrDefault(place, capitals ? name.toUpperCase(Locale.ROOT) : name);
        boolean ordered = !keys.isEmpty() && name.equals("mode");
        String rest = ordered ? "" : LEFT_OUT.getOrDefault(place, place.equals("array_sort/1") ? ASCENDING : "");
        String text =
                shown + "(" + (call.distinct() ? "DISTINCT " : "") + (all ? "1" : SqlText.texts(named)) + rest + ")";
        if (!keys.isEmpty()) {
            text += " WITHIN GROUP (ORDER BY " + orders(name, keys) + ")";
        }
        return call.filter() == null ? text : text + " FILTER (WHERE " + SqlText.text(call.filter()) + ")";
    }

    private static String orders(String name, List<Ast> keys) {
        if (name.equals("listagg") || name.equals("string_agg")) {
            return SqlText.texts(keys);
        }
        // of mode the other way round
        boolean mode = name.equals("mode");
        return keys.stream()
                .map(key -> SqlText.text(((Ast.SortKey) key).input())
                        + (((Ast.SortKey) key).descending() != mode ? " DESC" : ""))
                .collect(Collectors.joining(", "));
    }

    /** A sum of a time and a constant interval, or of a constant date and a number of days; null if it is neither. */
    private static @Nullable String times(String operator, Ast left, Ast right) {
        if (!operator.equals("+") && !operator.equals("-")) {
            return null;
        }
        if (interval(right) && !interval(left) && (operator.equals("+") || !(left instanceof Ast.Constant))) {
            return SqlText.text(left) + " " + operator + " " + SqlText.text(right);
        }
        if (interval(left) && !interval(right) && operator.equals("+")) {
            return SqlText.text(right) + " + " + SqlText.text(left);
        }
        boolean days = left instanceof Ast.Constant date
                && date.type() == AtomicType.DATE
                && right instanceof Ast.Constant number
                && number.type() == AtomicType.INT;
        return days
                ? (operator.equals("+") ? "date_add(" : "date_sub(") + SqlText.text(left) + ", " + SqlText.text(right)
                        + ")"
                : null;
    }

    private static boolean interval(Ast ast) {
        return ast instanceof Ast.Constant constant
                && (constant.type() == AtomicType.DAY_TIME_INTERVAL
                        || constant.type() == AtomicType.YEAR_MONTH_INTERVAL);
    }
}
