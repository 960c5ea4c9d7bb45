// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.INT;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import java.util.List;
import java.util.function.Consumer;

/** One element of an array or a map, and how many there are. */
public final class ElementFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(Elements.class);
        all.bound("get_item", 2, 2, (name, arguments) -> element(all, "item", name, arguments))
                .bound("get", 2, 2, (name, arguments) -> ofArray(all, name, arguments))
                .bound("element_at", 2, 2, (name, arguments) -> element(all, "elementAt", name, arguments))
                .bound("try_element_at", 2, 2, (name, arguments) -> element(all, "tryElementAt", name, arguments))
                .bound("size cardinality", 1, 1, (name, arguments) -> size(all, name, arguments))
                .register(to);
    }

    private static BoundFunction element(Definitions all, String method, String name, List<Expression> arguments) {
        if (arguments.get(0).type() instanceof MapType map) {
            DataType given = arguments.get(1).type();
            if (!ImplicitCasts.accepts(given, map.key()) || (given == AtomicType.STRING && map.key() != given)) {
                throw new AnalysisException(
                        "DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES",
                        "The key for `" + name + "` must be " + map.key().sql() + ", but is " + given.sql());
            }
            return all.call(name, "valueOf", map.value(), List.of(map, map.key()));
        }
        return ofArray(all, method, name, arguments);
    }

    private static BoundFunction ofArray(Definitions all, String name, List<Expression> arguments) {
        return ofArray(all, "get", name, arguments);
    }

    private static BoundFunction ofArray(Definitions all, String method, String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        if (method.equals("item") && !(type instanceof ArrayType)) {
            throw new AnalysisException(
                    "INVALID_EXTRACT_BASE_FIELD_TYPE",
                    "Can't extract a value from a " + type.sql() + "; it must be an array, a map or a struct");
        }
        if (!(type instanceof ArrayType array)) {
            throw Definitions.unexpectedType(name, 0, name.equals("get") ? "an array" : "an array or a map", type);
        }
        DataType index = arguments.get(1).type();
        boolean text = !method.equals("get") && index == AtomicType.STRING;
        if (text || !ImplicitCasts.accepts(index, INT)) {
            throw Definitions.unexpectedType(name, 1, INT.sql(), index);
        }
        return all.call(name, method, array.element(), List.of(array, INT));
    }

    private static BoundFunction size(Definitions all, String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        if (!(type instanceof MapType) && !(type instanceof ArrayType) && type != AtomicType.NULL) {
            throw Definitions.unexpectedType(name, 0, "an array or a map", type);
        }
        DataType collection = type == AtomicType.NULL ? new ArrayType(type, true) : type;
        return all.call(name, "size", INT, List.of(collection));
    }
}
