// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An expression as it was written, without types. */
sealed interface SqlNode {

    /** The name that Spark gives a column of this expression if it has no alias. */
    String sql();

    record Literal(@Nullable Object value, DataType type) implements SqlNode {
        @Override
        public String sql() {
            return value == null ? "NULL" : SqlText.of(value);
        }
    }

    record Column(String name) implements SqlNode {
        @Override
        public String sql() {
            return name;
        }
    }

    /** An operator: {@code +}, {@code AND}, {@code IN}, {@code IS NULL}; all in capital letters. */
    record Operation(String operator, List<SqlNode> operands) implements SqlNode {
        @Override
        public String sql() {
            SqlNode first = operands.get(0);
            String rest = operands.stream().skip(1).map(SqlNode::sql).collect(Collectors.joining(", "));
            return switch (operator) {
                case "||", "BETWEEN" ->
                    (operator.equals("||") ? "concat(" : "between(") + first.sql() + ", " + rest + ")";
                case "NOT" -> "(NOT " + first.sql() + ")";
                case "NEGATE" -> "(- " + first.sql() + ")";
                case "~" -> "~" + first.sql();
                case "[]" -> first.sql() + "[" + rest + "]";
                case "IS NULL", "IS NOT NULL" -> "(" + first.sql() + " " + operator + ")";
                case "IN" -> "(" + first.sql() + " IN (" + rest + "))";
                case "LIKE", "ILIKE" ->
                    (operator.equals("ILIKE") ? "ilike(" : "")
                            + first.sql()
                            + (operator.equals("ILIKE") ? ", " : " LIKE ")
                            + rest
                            + (operator.equals("ILIKE") ? ")" : "");
                case "RLIKE" -> "RLIKE(" + first.sql() + ", " + rest + ")";
                case "DIV" -> "(" + first.sql() + " div " + rest + ")";
                default -> "(" + first.sql() + " " + operator + " " + rest + ")";
            };
        }
    }

    record Case(
            List<SqlNode> conditions,
            List<SqlNode> values,
            @Nullable SqlNode otherwise) implements SqlNode {
        @Override
        public String sql() {
            StringBuilder text = new StringBuilder("CASE");
            for (int i = 0; i < conditions.size(); i++) {
                text.append(" WHEN ")
                        .append(conditions.get(i).sql())
                        .append(" THEN ")
                        .append(values.get(i).sql());
            }
            return text.append(otherwise == null ? "" : " ELSE " + otherwise.sql())
                    .append(" END")
                    .toString();
        }
    }

    record Cast(SqlNode child, DataType type, boolean tolerant) implements SqlNode {
        @Override
        public String sql() {
            return (tolerant ? "TRY_CAST(" : "CAST(") + child.sql() + " AS " + SqlErrors.typeName(type) + ")";
        }
    }

    /** A function, in lower case. */
    record Call(String name, List<SqlNode> arguments) implements SqlNode {

        private static final Set<String> CAPITAL = Set.of(
                "sqrt", "exp", "expm1", "log10", "log2", "log1p", "power", "sin", "cos", "tan", "asin", "acos", "atan",
                "atan2", "sinh", "cosh", "tanh", "cbrt", "signum", "degrees", "radians", "floor", "ceil", "rint", "pi",
                "e");

        @Override
        public String sql() {
            String list = arguments.stream().map(SqlNode::sql).collect(Collectors.joining(", "));
            if (name.equals("if")) {
                return "(IF(" + list + "))";
            }
            if (name.equals("log")) {
                return arguments.size() == 1 ? "LOG(E(), " + list + ")" : "LOG(" + list + ")";
            }
            return (CAPITAL.contains(name) ? name.toUpperCase(Locale.ROOT) : name) + "(" + list + ")";
        }
    }
}
