// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of queries: names of columns as Spark gives them, schemas as trees. */
public final class SqlText {

    private SqlText() {}

    /** A name in backticks. */
    public static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A column by its name with points, as {@code t.word} or {@code `a.b`.c}. */
    public static Ast column(String name) {
        if (name.strip().equals("*")) {
            return new Ast.Star(List.of(), List.of(), Position.NONE);
        }
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '`' && quoted && i + 1 < name.length() && name.charAt(i + 1) == '`') {
                part.append(c);
                i++;
            } else if (c == '`') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        if (quoted) {
            throw new AnalysisException(
                    "INVALID_ATTRIBUTE_NAME_SYNTAX", "the quote in the name " + name + " has no end");
        }
        parts.add(part.toString());
        if (parts.size() > 1 && parts.get(parts.size() - 1).equals("*")) {
            return new Ast.Star(parts.subList(0, parts.size() - 1), List.of(), Position.NONE);
        }
        return new Ast.Name(parts, Position.NONE);
    }

    /**
     * An expression of SQL, with or without a name.
     *
     * @throws AnalysisException {@code PARSE_SYNTAX_ERROR}
     */
    public static Ast expression(String sql) {
        return QueryReader.expression(sql);
    }

    /** What the column of an expression is called if it is given no name. */
    public static String name(Ast ast) {
        if (ast instanceof Ast.Name name) {
            return name.parts().get(name.parts().size() - 1);
        }
        if (ast instanceof Ast.Column column) {
            return column.name();
        }
        if (ast instanceof Ast.Alias alias) {
            return alias.names().get(0);
        }
        if (ast instanceof Ast.Cast cast && (cast.input() instanceof Ast.Name || cast.input() instanceof Ast.Column)) {
            return name(cast.input());
        }
        if (ast instanceof Ast.Call call) {
            if (call.name().equals("get_field") && call.arguments().get(0) instanceof Ast.Name) {
                return text(call.arguments().get(1));
            }
            if (call.name().equals("explode") || call.name().equals("explode_outer")) {
                return "col";
            }
        }
        return text(ast);
    }

    static String text(Ast ast) {
        if (ast instanceof Ast.Name name) {
            return String.join(".", name.parts());
        }
        if (ast instanceof Ast.Column column) {
            return column.name();
        }
        if (ast instanceof Ast.Star star) {
            return star.qualifier().stream().map(part -> part + ".").collect(Collectors.joining()) + "*";
        }
        if (ast instanceof Ast.Constant constant) {
            return constant.text();
        }
        if (ast instanceof Ast.Alias alias) {
            return text(alias.input()) + " AS " + String.join(", ", alias.names());
        }
        if (ast instanceof Ast.Cast cast) {
            return (cast.attempt() ? "TRY_CAST(" : "CAST(") + text(cast.input()) + " AS "
                    + cast.type().sql().toUpperCase(Locale.ROOT) + ")";
        }
        if (ast instanceof Ast.Case cases) {
            return cases.branches().stream()
                            .map(when -> " WHEN " + text(when.condition()) + " THEN " + text(when.result()))
                            .collect(Collectors.joining("", "CASE", ""))
                    + (cases.otherwise() == null ? "" : " ELSE " + text(cases.otherwise()))
                    + " END";
        }
        if (ast instanceof Ast.SortKey key) {
            return text(key.input()) + (key.descending() ? " DESC" : " ASC") + nulls(key);
        }
        if (ast instanceof Ast.Variable) {
            return "namedlambdavariable()";
        }
        if (ast instanceof Ast.Lambda lambda) {
            return "lambdafunction(" + text(lambda.body()) + ", " + texts(lambda.parameters()) + ")";
        }
        if (ast instanceof Ast.Over over) {
            return WindowText.text(over);
        }
        if (ast instanceof Ast.Subquery query) {
            return switch (query.meaning()) {
                case EXISTS -> "exists()";
                case IN -> "(" + texts(query.values()) + " IN (listquery()))";
                case SCALAR -> "scalarsubquery()";
            };
        }
        return CallText.text((Ast.Call) ast);
    }

    private static String nulls(Ast.SortKey key) {
        boolean first = key.nullsFirst() == null ? !key.descending() : key.nullsFirst();
        return first ? " NULLS FIRST" : " NULLS LAST";
    }

    static String texts(List<? extends Ast> asts) {
        return asts.stream().map(SqlText::text).collect(Collectors.joining(", "));
    }

    /** A timestamp as a constant: {@code TIMESTAMP '2024-01-01 00:00:00'}. */
    public static String timestamp(Instant time) {
        String text = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                .format(time.atOffset(ZoneOffset.UTC));
        String plain = text.endsWith(".000000") ? text.substring(0, text.length() - 7) : text.replaceFirst("0+$", "");
        return "TIMESTAMP '" + plain + "'";
    }

    /** An interval as a constant: {@code INTERVAL '0 00:00:05' DAY TO SECOND}. */
    public static String interval(long micros) {
        long rest = Math.abs(micros);
        long seconds = rest / 1_000_000;
        String fraction = rest % 1_000_000 == 0
                ? ""
                : String.format(Locale.ROOT, ".%06d", rest % 1_000_000).replaceFirst("0+$", "");
        return String.format(
                Locale.ROOT,
                "INTERVAL '%s%d %02d:%02d:%02d%s' DAY TO SECOND",
                micros < 0 ? "-" : "",
                seconds / 86_400,
                seconds / 3_600 % 24,
                seconds / 60 % 60,
                seconds % 60,
                fraction);
    }

    /** A schema as a tree, as Spark prints it. */
    public static String tree(Schema schema) {
        StringBuilder out = new StringBuilder("root\n");
        schema.fields().forEach(field -> field(out, field.name(), field.type(), field.nullable(), " |", null));
        return out.toString();
    }

    private static void field(
            StringBuilder out, String name, DataType type, boolean nullable, String indent, @Nullable String flag) {
        out.append(indent)
                .append("-- ")
                .append(name)
                .append(": ")
                .append(typeName(type))
                .append(flag == null ? " (nullable = " : " (" + flag + " = ")
                .append(nullable)
                .append(")\n");
        children(out, type, indent + "    |");
    }

    private static void children(StringBuilder out, DataType type, String indent) {
        if (type instanceof StructType struct) {
            for (Field field : struct.fields()) {
                field(out, field.name(), field.type(), field.nullable(), indent, null);
            }
        } else if (type instanceof ArrayType array) {
            field(out, "element", array.element(), array.containsNull(), indent, "containsNull");
        } else if (type instanceof MapType map) {
            out.append(indent).append("-- key: ").append(typeName(map.key())).append('\n');
            children(out, map.key(), indent + "    |");
            field(out, "value", map.value(), map.containsNull(), indent, "valueContainsNull");
        }
    }

    private static String typeName(DataType type) {
        if (type instanceof StructType) {
            return "struct";
        }
        if (type instanceof ArrayType) {
            return "array";
        }
        if (type instanceof MapType) {
            return "map";
        }
        if (type == AtomicType.INT) {
            return "integer";
        }
        if (type == AtomicType.LONG) {
            return "long";
        }
        if (type == AtomicType.SHORT) {
            return "short";
        }
        if (type == AtomicType.BYTE) {
            return "byte";
        }
        return type.sql();
    }
}
