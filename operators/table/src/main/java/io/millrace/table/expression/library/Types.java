// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.Decimals;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
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

    /** Whether values of the type are or contain maps. */
    static boolean hasMap(DataType type) {
        if (type instanceof ArrayType array) {
            return hasMap(array.element());
        }
        if (type instanceof StructType struct) {
            return struct.fields().stream().anyMatch(field -> hasMap(field.type()));
        }
        return type instanceof MapType;
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
        boolean texts =
                isTexts(arguments.get(0).type()) != isTexts(arguments.get(1).type());
        if (!texts && ImplicitCasts.common(arguments).orElse(null) instanceof ArrayType array) {
            return array;
        }
        throw new AnalysisException(
                "DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES",
                "The arrays of `" + name + "` must have elements of one type, but are "
                        + arguments.get(0).type().sql() + " and "
                        + arguments.get(1).type().sql());
    }

    /** Whether one of two different types is a decimal that does not hold all values of the other. */
    private static boolean mixesDecimals(DataType element, DataType given) {
        boolean decimal = element instanceof DecimalType || given instanceof DecimalType;
        if (!decimal || element.equals(given) || !ImplicitCasts.isNumber(element) || !ImplicitCasts.isNumber(given)) {
            return false;
        }
        boolean whole = ImplicitCasts.isWhole(element) || ImplicitCasts.isWhole(given);
        DataType wider = element instanceof DecimalType ? element : given;
        return !whole
                || !Decimals.wider(Decimals.of(element), Decimals.of(given)).equals(wider);
    }

    private static boolean isTexts(DataType type) {
        return type instanceof ArrayType array && array.element() == AtomicType.STRING;
    }

    /** The array's type if it can hold the other argument too. */
    static ArrayType arrayAnd(String name, List<Expression> arguments, int other) {
        ArrayType array = array(name, arguments, 0);
        DataType given = arguments.get(other).type();
        DataType element = ImplicitCasts.common(array.element(), given).orElse(null);
        boolean texts = (array.element() == AtomicType.STRING) != (given == AtomicType.STRING)
                && array.element() != AtomicType.NULL
                && given != AtomicType.NULL;
        if (element == null || texts || (!name.equals("array_contains") && mixesDecimals(array.element(), given))) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES",
                    "Parameter " + (other + 1) + " of `" + name + "` must be as the elements of the array, "
                            + array.element().sql() + ", but is " + given.sql());
        }
        return new ArrayType(
                element, array.containsNull() || arguments.get(other).nullable());
    }
}
