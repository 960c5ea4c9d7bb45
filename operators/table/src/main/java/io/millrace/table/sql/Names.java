// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds columns by their names. */
final class Names {

    private static final int SUGGESTIONS = 5;

    private Names() {}

    /** A column and the fields of it that a name still asks for. */
    record Found(int index, List<String> fields) {}

    /** What a column of a select list is called if it is given no name: those of tables are left out in it. */
    static String called(Relation input, Ast item) {
        return SqlText.name(Asts.replace(item, part -> {
            if (!(part instanceof Ast.Name name) || name.parts().size() == 1) {
                return null;
            }
            Found found = find(input, name);
            int from =
                    found == null ? 0 : name.parts().size() - 1 - found.fields().size();
            return from == 0
                    ? null
                    : new Ast.Name(name.parts().subList(from, name.parts().size()), name.position());
        }));
    }

    /**
     * The column of a name, or a field of it.
     *
     * @throws AnalysisException {@code UNRESOLVED_COLUMN} or {@code AMBIGUOUS_REFERENCE}
     */
    static Expression resolve(Relation input, Ast.Name name) {
        Found found = find(input, name);
        if (found == null) {
            throw unresolved(input, name);
        }
        Field field = input.field(found.index());
        Expression expression = new Expression.Reference(found.index(), field.type(), field.nullable(), field.name());
        for (String part : found.fields()) {
            expression = fieldOf(expression, part, name.position());
        }
        return expression;
    }

    /** A name as a column by its place, or a field of it; null if there is none. */
    static @Nullable Ast column(Relation input, Ast.Name name, int shift) {
        Found found = find(input, name);
        if (found == null) {
            return null;
        }
        Ast column =
                new Ast.Column(shift + found.index(), input.field(found.index()).name(), name.position());
        for (String field : found.fields()) {
            column = Asts.call("get_field", name.position(), column, Literals.string(field, name.position()));
        }
        return column;
    }

    /** The place of a column; null if there is none. */
    static @Nullable Found find(Relation input, Ast.Name name) {
        List<String> parts = name.parts();
        for (int table = parts.size() - 1; table >= 0; table--) {
            // the last name of a table may have a catalog and a schema before it
            List<Integer> matches = new ArrayList<>();
            for (int i = 0; i < input.size(); i++) {
                Relation.Item item = input.items().get(i);
                boolean qualified = table == 0 || item.qualifier().equalsIgnoreCase(parts.get(table - 1));
                if (qualified && item.field().name().equalsIgnoreCase(parts.get(table))) {
                    matches.add(i);
                }
            }
            if (matches.size() > 1) {
                throw Asts.error(
                        "AMBIGUOUS_REFERENCE",
                        "Reference `" + String.join("`.`", parts) + "` is ambiguous, could be: "
                                + matches.stream()
                                        .map(i -> qualified(input.items().get(i)))
                                        .collect(Collectors.joining(", ", "[", "]")),
                        name.position());
            }
            if (matches.size() == 1) {
                return new Found(matches.get(0), parts.subList(table + 1, parts.size()));
            }
        }
        return null;
    }

    /** A field of a struct, of each struct of an array, or the value of a map for a key. */
    static Expression fieldOf(Expression struct, String name, Position position) {
        DataType type = struct.type();
        if (type instanceof MapType map && map.key() == AtomicType.STRING) {
            List<Expression> arguments = List.of(struct, new Expression.Literal(Utf8.of(name), AtomicType.STRING));
            return new Expression.Call(
                    FunctionRegistry.spark().scalar("get_item").orElseThrow().bind(arguments), arguments);
        }
        ArrayType array = type instanceof ArrayType one && one.element() instanceof StructType ? one : null;
        if (array != null) {
            type = array.element();
        }
        if (!(type instanceof StructType fields)) {
            throw Asts.error(
                    "INVALID_EXTRACT_BASE_FIELD_TYPE",
                    "Can't extract a value from a " + type.sql() + ": `" + name + "` needs a struct",
                    position);
        }
        for (int i = 0; i < fields.fields().size(); i++) {
            Field field = fields.fields().get(i);
            if (field.name().equalsIgnoreCase(name)) {
                return array != null
                        ? ElementFields.call(struct, array, i, field)
                        : new Expression.FieldOf(struct, i, field.type(), struct.nullable() || field.nullable());
            }
        }
        throw Asts.error(
                "FIELD_NOT_FOUND",
                "No such struct field `" + name + "` in "
                        + fields.fields().stream()
                                .map(field -> SqlText.quote(field.name()))
                                .collect(Collectors.joining(", ")),
                position);
    }

    static AnalysisException unresolved(Relation input, Ast.Name name) {
        String wanted = String.join(".", name.parts());
        String quoted = name.parts().stream().map(SqlText::quote).collect(Collectors.joining("."));
        if (input.size() == 0) {
            return Asts.error(
                    "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
                    "A column with name " + quoted + " cannot be resolved: there are no columns here",
                    name.position());
        }
        String suggestions = input.items().stream()
                .map(Names::qualified)
                .distinct()
                .sorted(Comparator.comparingInt((String candidate) -> distance(candidate.replace("`", ""), wanted))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTIONS)
                .collect(Collectors.joining(", "));
        return Asts.error(
                "UNRESOLVED_COLUMN.WITH_SUGGESTION",
                "A column with name " + quoted + " cannot be resolved. Did you mean one of the following? ["
                        + suggestions + "]",
                name.position());
    }

    private static String qualified(Relation.Item item) {
        String name = SqlText.quote(item.field().name());
        return item.qualifier().isEmpty() ? name : SqlText.quote(item.qualifier()) + "." + name;
    }

    /** How many letters differ. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int above = row[j];
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? diagonal : diagonal + 1;
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, change);
                diagonal = above;
            }
        }
        return row[right.length()];
    }
}
