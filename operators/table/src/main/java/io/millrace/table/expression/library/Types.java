// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.expression.Expression;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.List;

/** What functions over arrays and maps ask about the types of their arguments. */
final class Types {

    private Types() {}

    /** Whether values of the type have an order: maps have none. */
    static boolean isOrderable(DataType type) {
        if (type instanceof ArrayType array) {
            return isOrderable(array.element());
        }
        if (type instanceof StructType struct) {
            return struct.fields().stream().allMatch(field -> isOrderable(field.type()));
        }
        return !(type instanceof MapType);
    }

    /** The type of an argument that must be an array. */
    static ArrayType array(String name, List<Expression> arguments, int place) {
        DataType type = arguments.get(place).type();
        if (type instanceof ArrayType array) {
            return array;
        }
        if (type == AtomicType.NULL) {
            return new ArrayType(AtomicType.NULL, true);
        }
        throw Definitions.unexpectedType(name, place, "an array", type);
    }

    /** The type of an argument that must be a map. */
    static MapType map(String name, List<Expression> arguments, int place) {
        DataType type = arguments.get(place).type();
        if (type instanceof MapType map) {
            return map;
        }
        throw Definitions.unexpectedType(name, place, "a map", type);
    }

    /** The common type of two arrays. */
    static ArrayType arrays(String name, List<Expression> arguments) {
        array(name, arguments, 0);
        array(name, arguments, 1);
        if (ImplicitCasts.common(arguments).orElse(null) instanceof ArrayType array) {
            return array;
        }
        throw Definitions.differing(name, arguments);
    }

    /** The array's type if it can hold the other argument too. */
    static ArrayType arrayAnd(String name, List<Expression> arguments, int other) {
        ArrayType array = array(name, arguments, 0);
        DataType element = ImplicitCasts.common(
                        array.element(), arguments.get(other).type())
                .orElse(null);
        if (element == null) {
            throw Definitions.differing(name, arguments);
        }
        return new ArrayType(
                element, array.containsNull() || arguments.get(other).nullable());
    }
}
