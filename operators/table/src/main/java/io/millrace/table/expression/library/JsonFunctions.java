// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** JSON to values and back. */
public final class JsonFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        new Definitions(JsonFunctions.class)
                .bound("from_json", 2, 3, (name, arguments) -> fromJson(name, arguments))
                .bound("to_json", 1, 2, (name, arguments) -> toJson(name, arguments))
                .bound("json_tuple", 2, Integer.MAX_VALUE, (name, arguments) -> tuple(name, arguments))
                .on(JsonPaths::new, "get_json_object", STRING, "get", STRING, STRING)
                .from(JsonPaths.class, "json_array_length", INT, "arrayLength", STRING)
                .from(JsonPaths.class, "json_object_keys", new ArrayType(STRING, false), "keys", STRING)
                .uncast(0, "get_json_object json_array_length json_object_keys")
                .uncast(1, "get_json_object")
                .from(JsonSchema.class, "schema_of_json", STRING, "of", STRING)
                .register(to);
    }

    private static BoundFunction fromJson(String name, List<Expression> arguments) {
        if (!ImplicitCasts.accepts(arguments.get(0).type(), STRING)) {
            throw Definitions.unexpectedType(
                    name, 0, STRING.sql(), arguments.get(0).type());
        }
        DataType schema = FormatOptions.schema(name, arguments.get(1));
        if (!(schema instanceof StructType) && !(schema instanceof ArrayType) && !(schema instanceof MapType)) {
            throw FormatOptions.invalidSchema(name, schema);
        }
        JsonReader reader = new JsonReader(schema, FormatOptions.of(name, arguments, 2));
        return Methods.bind(name, JsonReader.class, reader, "read", schema, parameters(STRING, arguments));
    }

    private static BoundFunction toJson(String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        if (!(type instanceof StructType) && !(type instanceof ArrayType) && !(type instanceof MapType)) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.INVALID_JSON_SCHEMA",
                    "`" + name + "` writes a struct, an array or a map, not " + type.sql());
        }
        JsonWriter writer = new JsonWriter(type, FormatOptions.of(name, arguments, 1));
        return Methods.bind(name, JsonWriter.class, writer, "write", STRING, parameters(type, arguments));
    }

    private static List<DataType> parameters(DataType first, List<Expression> arguments) {
        List<DataType> parameters =
                new ArrayList<>(arguments.stream().map(Expression::type).toList());
        parameters.set(0, first);
        return parameters;
    }

    private static BoundFunction tuple(String name, List<Expression> arguments) {
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            fields.add(Field.of("c" + (i - 1), STRING));
        }
        return Methods.bind(
                name,
                JsonPaths.class,
                null,
                "tuple",
                new StructType(fields),
                Definitions.times(arguments.size(), STRING));
    }
}
