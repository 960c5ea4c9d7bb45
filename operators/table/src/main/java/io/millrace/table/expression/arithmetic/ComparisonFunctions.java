// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.Methods;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code = <> < <= > >= <=>} and {@code not}. */
public final class ComparisonFunctions implements FunctionLibrary {

    private static final Map<String, String> METHODS = Map.of(
            "=", "equal",
            "==", "equal",
            "<>", "unequal",
            "!=", "unequal",
            "<", "less",
            "<=", "lessOrEqual",
            ">", "greater",
            ">=", "greaterOrEqual");

    @Override
    public void register(Consumer<ScalarFunction> functions) {
        METHODS.forEach((name, method) ->
                functions.accept(Operator.of(name, 2, arguments -> compare(name, method, arguments))));
        functions.accept(Operator.of("<=>", 2, ComparisonFunctions::same));
        functions.accept(Operator.of("not", 1, ComparisonFunctions::not));
        functions.accept(Operator.of("!", 1, ComparisonFunctions::not));
    }

    private static BoundFunction compare(String name, String method, List<Expression> arguments) {
        DataType type = common(name, arguments);
        if (type instanceof MapType) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                    "`" + name + "` does not compare values of the type " + Failures.name(type));
        }
        return Methods.strict(name, List.of(type, type), AtomicType.BOOLEAN, Comparisons.class, method + form(type));
    }

    private static BoundFunction same(List<Expression> arguments) {
        DataType type = common("<=>", arguments);
        return new BoundFunction(
                "<=>",
                List.of(type, type),
                AtomicType.BOOLEAN,
                false,
                false,
                null,
                Methods.only(Comparisons.class, "same"));
    }

    private static BoundFunction not(List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        if (!ImplicitCasts.accepts(type, AtomicType.BOOLEAN)) {
            throw Failures.unexpectedType("not", 0, "\"BOOLEAN\"", type);
        }
        return Methods.strict("not", List.of(AtomicType.BOOLEAN), AtomicType.BOOLEAN, Comparisons.class, "not");
    }

    private static DataType common(String name, List<Expression> arguments) {
        DataType left = arguments.get(0).type();
        DataType right = arguments.get(1).type();
        return ImplicitCasts.common(left, right).orElseThrow(() -> Failures.differingTypes(name, left, right));
    }

    private static String form(DataType type) {
        if (type instanceof AtomicType atomic) {
            return switch (atomic) {
                case BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> "Int";
                case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> "Long";
                case FLOAT -> "Float";
                case DOUBLE -> "Double";
                case STRING -> "Utf8";
                case BOOLEAN, BINARY, NULL -> "Object";
            };
        }
        return "Object";
    }
}
