// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.INT;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.HigherOrderFunction;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.Methods;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Functions that are called with lambdas: what these get, and what comes of them. The loops are in {@link Lambdas}. */
public final class LambdaFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        to.accept(new OfLambda("transform", 1, 2, LambdaFunctions::elements, LambdaFunctions::transform));
        to.accept(new OfLambda("filter", 1, 2, LambdaFunctions::elements, LambdaFunctions::filter));
        to.accept(new OfLambda("exists", 1, 2, LambdaFunctions::element, (name, all) -> test(name, "exists", all)));
        to.accept(new OfLambda("forall", 1, 2, LambdaFunctions::element, (name, all) -> test(name, "forAll", all)));
        to.accept(new OfLambda("zip_with", 2, 3, LambdaFunctions::pairs, LambdaFunctions::zipWith));
        to.accept(new OfLambda("map_filter", 1, 2, LambdaFunctions::entries, LambdaFunctions::mapFilter));
        to.accept(new OfLambda("transform_keys", 1, 2, LambdaFunctions::entries, LambdaFunctions::transformKeys));
        to.accept(new OfLambda("transform_values", 1, 2, LambdaFunctions::entries, LambdaFunctions::transformValues));
        to.accept(new OfLambda("map_zip_with", 2, 3, LambdaFunctions::values, LambdaFunctions::mapZipWith));
        to.accept(new Aggregation("aggregate"));
        to.accept(new Aggregation("reduce"));
        to.accept(new Sorting());
    }

    /** What a lambda is called with, after the arguments ahead of it. */
    private interface Given {
        List<Expression.Variable> of(String name, List<Expression> before, int named);
    }

    private interface Binding {
        BoundFunction bind(String name, List<Expression> arguments);
    }

    /** A function of some arguments and a lambda. */
    private record OfLambda(String name, int place, int count, Given given, Binding binding)
            implements HigherOrderFunction {
        @Override
        public boolean isLambda(int at, int of) {
            return at == place;
        }

        @Override
        public List<Expression.Variable> parameters(int at, List<Expression> before, int named) {
            return given.of(name, before, named);
        }

        @Override
        public BoundFunction bind(List<Expression> arguments) {
            if (arguments.size() != count) {
                throw Definitions.wrongNumber(name, String.valueOf(count), arguments.size());
            }
            return binding.bind(name, arguments);
        }
    }

    /** An array, where it starts, how an element is added, and what comes out at the end. */
    private record Aggregation(String name) implements HigherOrderFunction {
        @Override
        public boolean isLambda(int at, int of) {
            return at >= 2;
        }

        @Override
        public List<Expression.Variable> parameters(int at, List<Expression> before, int named) {
            ArrayType array = Types.array(name, before, 0);
            Expression.Variable sum = variable(0, before.get(1).type(), true);
            return at == 2 ? List.of(sum, variable(1, array.element(), array.containsNull())) : List.of(sum);
        }

        @Override
        public BoundFunction bind(List<Expression> arguments) {
            if (arguments.size() < 3 || arguments.size() > 4) {
                throw Definitions.wrongNumber(name, "3 or 4", arguments.size());
            }
            DataType start = arguments.get(1).type();
            if (!ImplicitCasts.same(start, arguments.get(2).type())) {
                throw Definitions.unexpectedType(
                        name, 2, start.sql(), arguments.get(2).type());
            }
            List<DataType> types = new ArrayList<>(List.of(
                    Types.array(name, arguments, 0), start, arguments.get(2).type()));
            boolean finished = arguments.size() == 4;
            if (finished) {
                types.add(arguments.get(3).type());
            }
            DataType type = types.get(types.size() == 4 ? 3 : 1);
            return function(name, types, type, false, true, finished ? "foldedTo" : "folded");
        }
    }

    /** An array, and perhaps which of two elements comes first. */
    private record Sorting() implements HigherOrderFunction {
        @Override
        public String name() {
            return "array_sort";
        }

        @Override
        public boolean isLambda(int at, int of) {
            return at == 1;
        }

        @Override
        public List<Expression.Variable> parameters(int at, List<Expression> before, int named) {
            ArrayType array = Types.array(name(), before, 0);
            return List.of(
                    variable(0, array.element(), array.containsNull()),
                    variable(1, array.element(), array.containsNull()));
        }

        @Override
        public BoundFunction bind(List<Expression> arguments) {
            if (arguments.isEmpty() || arguments.size() > 2) {
                throw Definitions.wrongNumber(name(), "1 or 2", arguments.size());
            }
            if (arguments.size() == 1) {
                return ArrayFunctions.sortedNullsLast(name(), arguments);
            }
            if (arguments.get(1).type() != INT) {
                throw new AnalysisException(
                        "DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE",
                        "The `array_sort` requires a function that gives an int, but it gives "
                                + arguments.get(1).type().sql());
            }
            ArrayType array = Types.array(name(), arguments, 0);
            return function(name(), List.of(array, INT), array, true, false, "sorted");
        }
    }

    private static BoundFunction transform(String name, List<Expression> arguments) {
        Expression.Lambda lambda = (Expression.Lambda) arguments.get(1);
        boolean indexed = lambda.parameters().size() > 1;
        return function(
                name,
                List.of(Types.array(name, arguments, 0), lambda.type()),
                new ArrayType(lambda.type(), lambda.body().nullable()),
                true,
                false,
                indexed ? "transformedWithPlace" : "transformed");
    }

    private static BoundFunction filter(String name, List<Expression> arguments) {
        boolean indexed = ((Expression.Lambda) arguments.get(1)).parameters().size() > 1;
        ArrayType array = Types.array(name, arguments, 0);
        return function(
                name,
                List.of(array, condition(name, arguments)),
                array,
                true,
                false,
                indexed ? "filteredWithPlace" : "filtered");
    }

    private static BoundFunction test(String name, String method, List<Expression> arguments) {
        List<DataType> types = List.of(Types.array(name, arguments, 0), condition(name, arguments));
        return function(name, types, BOOLEAN, true, true, method);
    }

    private static BoundFunction zipWith(String name, List<Expression> arguments) {
        Expression.Lambda lambda = (Expression.Lambda) arguments.get(2);
        return function(
                name,
                List.of(Types.array(name, arguments, 0), Types.array(name, arguments, 1), lambda.type()),
                new ArrayType(lambda.type(), lambda.body().nullable()),
                true,
                false,
                "zipped");
    }

    private static BoundFunction mapFilter(String name, List<Expression> arguments) {
        MapType map = Types.map(name, arguments, 0);
        return function(name, List.of(map, condition(name, arguments)), map, true, false, "filteredMap");
    }

    private static BoundFunction transformKeys(String name, List<Expression> arguments) {
        MapType map = Types.map(name, arguments, 0);
        DataType key = arguments.get(1).type();
        if (key instanceof MapType) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.INVALID_MAP_KEY_TYPE", "The key of a map cannot be or contain a map");
        }
        MapType type = new MapType(key, map.value(), map.containsNull());
        return function(name, List.of(map, key), type, true, false, "transformedKeys");
    }

    private static BoundFunction transformValues(String name, List<Expression> arguments) {
        MapType map = Types.map(name, arguments, 0);
        Expression.Lambda lambda = (Expression.Lambda) arguments.get(1);
        MapType type = new MapType(map.key(), lambda.type(), lambda.body().nullable());
        return function(name, List.of(map, lambda.type()), type, true, false, "transformedValues");
    }

    private static BoundFunction mapZipWith(String name, List<Expression> arguments) {
        MapType left = Types.map(name, arguments, 0);
        MapType right = Types.map(name, arguments, 1);
        DataType key = commonKey(name, left, right, arguments);
        Expression.Lambda lambda = (Expression.Lambda) arguments.get(2);
        return function(
                name,
                List.of(
                        new MapType(key, left.value(), left.containsNull()),
                        new MapType(key, right.value(), right.containsNull()),
                        lambda.type()),
                new MapType(key, lambda.type(), lambda.body().nullable()),
                true,
                false,
                "zippedMaps");
    }

    private static DataType commonKey(String name, MapType left, MapType right, List<Expression> arguments) {
        return ImplicitCasts.common(left.key(), right.key())
                .orElseThrow(() -> Definitions.differing(name, arguments.subList(0, 2)));
    }

    private static DataType condition(String name, List<Expression> arguments) {
        DataType type = arguments.get(1).type();
        if (!ImplicitCasts.accepts(type, BOOLEAN)) {
            throw Definitions.unexpectedType(name, 1, "a function that gives a boolean", type);
        }
        return BOOLEAN;
    }

    private static List<Expression.Variable> element(String name, List<Expression> before, int named) {
        ArrayType array = Types.array(name, before, 0);
        return List.of(variable(0, array.element(), array.containsNull()));
    }

    private static List<Expression.Variable> elements(String name, List<Expression> before, int named) {
        ArrayType array = Types.array(name, before, 0);
        Expression.Variable element = variable(0, array.element(), array.containsNull());
        return named > 1 ? List.of(element, variable(1, INT, false)) : List.of(element);
    }

    private static List<Expression.Variable> pairs(String name, List<Expression> before, int named) {
        ArrayType left = Types.array(name, before, 0);
        ArrayType right = Types.array(name, before, 1);
        return List.of(variable(0, left.element(), true), variable(1, right.element(), true));
    }

    private static List<Expression.Variable> entries(String name, List<Expression> before, int named) {
        MapType map = Types.map(name, before, 0);
        return List.of(variable(0, map.key(), false), variable(1, map.value(), map.containsNull()));
    }

    private static List<Expression.Variable> values(String name, List<Expression> before, int named) {
        MapType left = Types.map(name, before, 0);
        MapType right = Types.map(name, before, 1);
        return List.of(
                variable(0, commonKey(name, left, right, before), false),
                variable(1, left.value(), true),
                variable(2, right.value(), true));
    }

    private static Expression.Variable variable(int level, DataType type, boolean nullable) {
        return new Expression.Variable(level, type, nullable, "");
    }

    private static BoundFunction function(
            String name, List<DataType> parameters, DataType type, boolean strict, boolean mayBeNull, String method) {
        return new BoundFunction(name, parameters, type, strict, mayBeNull, null, Methods.only(Lambdas.class, method));
    }
}
