// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.StructType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The constant schema and options of a function that reads or writes a format. Immutable. */
final class FormatOptions {

    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private FormatOptions() {}

    /** The options at a place of the arguments; none if there is no such argument. */
    static FormatOptions of(String function, List<Expression> arguments, int place) {
        FormatOptions all = new FormatOptions();
        if (arguments.size() <= place) {
            return all;
        }
        Expression argument = arguments.get(place);
        if (argument instanceof Expression.Literal literal && literal.value() instanceof MapValue map) {
            for (int i = 0; i < map.size(); i++) {
                all.options.put(String.valueOf(map.keys()[i]), String.valueOf(map.values()[i]));
            }
        } else if (argument instanceof Expression.Call call
                && call.function().name().equals("map")) {
            List<Expression> pairs = call.arguments();
            for (int i = 0; i < pairs.size(); i += 2) {
                all.options.put(constant(function, pairs.get(i)), constant(function, pairs.get(i + 1)));
            }
        } else {
            throw new AnalysisException(
                    "INVALID_OPTIONS.NON_MAP_FUNCTION", "The options of `" + function + "` must be a constant map()");
        }
        return all;
    }

    private static String constant(String function, Expression expression) {
        if (expression instanceof Expression.Literal literal && literal.value() != null) {
            return literal.value().toString();
        }
        throw new AnalysisException(
                "INVALID_OPTIONS.NON_STRING_TYPE", "The options of `" + function + "` must be constant strings");
    }

    /** The type that a constant says in DDL, as fields or as a type. */
    static DataType schema(String function, Expression expression) {
        String text;
        if (expression instanceof Expression.Literal literal && literal.value() instanceof Utf8 given) {
            text = given.toString();
        } else if (expression instanceof Expression.Call call
                && call.function().name().startsWith("schema_of_json")
                && call.arguments().get(0) instanceof Expression.Literal json
                && json.value() instanceof Utf8 example) {
            text = JsonSchema.of(example).toString();
        } else {
            throw new AnalysisException(
                    "INVALID_SCHEMA.NON_STRING_LITERAL", "The schema of `" + function + "` must be a constant string");
        }
        try {
            return DataTypes.parse(text);
        } catch (AnalysisException noType) {
            return new StructType(DataTypes.parseSchema(text).fields());
        }
    }

    static AnalysisException invalidSchema(String function, DataType type) {
        return new AnalysisException(
                "DATATYPE_MISMATCH.INVALID_JSON_SCHEMA",
                "`" + function + "` gives a struct, an array or a map, not " + type.sql());
    }

    /** An option's text. */
    String get(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    /** An option's text as a constant pattern; null if it is not given. */
    @Nullable
    Utf8 pattern(String name) {
        String pattern = options.get(name);
        return pattern == null ? null : Utf8.of(pattern);
    }

    boolean isTrue(String name, boolean otherwise) {
        return Boolean.parseBoolean(get(name, String.valueOf(otherwise)));
    }

    /** Whether a malformed record ends the query. */
    boolean failFast() {
        return get("mode", "PERMISSIVE").toUpperCase(Locale.ROOT).equals("FAILFAST");
    }

    String corruptRecord() {
        return get("columnNameOfCorruptRecord", "_corrupt_record");
    }
}
