// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.DataType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lines of CSV to structs and back. */
public final class CsvFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        new Definitions(CsvLines.class)
                .bound("from_csv", 2, 3, CsvFunctions::fromCsv)
                .bound("to_csv", 1, 2, CsvFunctions::toCsv)
                .add("schema_of_csv", STRING, "schema", STRING)
                .register(to);
    }

    private static BoundFunction fromCsv(String name, List<Expression> arguments) {
        if (!ImplicitCasts.accepts(arguments.get(0).type(), STRING)) {
            throw Definitions.unexpectedType(
                    name, 0, STRING.sql(), arguments.get(0).type());
        }
        if (!(FormatOptions.schema(name, arguments.get(1)) instanceof StructType schema)) {
            throw Definitions.unexpectedType(
                    name, 1, "a schema of fields", arguments.get(1).type());
        }
        CsvLines lines = new CsvLines(schema, FormatOptions.of(name, arguments, 2));
        return Methods.bind(name, CsvLines.class, lines, "read", schema, parameters(STRING, arguments));
    }

    private static BoundFunction toCsv(String name, List<Expression> arguments) {
        if (!(arguments.get(0).type() instanceof StructType schema)) {
            throw Definitions.unexpectedType(
                    name, 0, "a struct", arguments.get(0).type());
        }
        CsvLines lines = new CsvLines(schema, FormatOptions.of(name, arguments, 1));
        return Methods.bind(name, CsvLines.class, lines, "write", STRING, parameters(schema, arguments));
    }

    private static List<DataType> parameters(DataType first, List<Expression> arguments) {
        List<DataType> parameters =
                new ArrayList<>(arguments.stream().map(Expression::type).toList());
        parameters.set(0, first);
        return parameters;
    }
}
