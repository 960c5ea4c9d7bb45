// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The functions of SQL by name, without regard to case. Immutable. */
public final class FunctionRegistry {

    private final Map<String, ScalarFunction> scalars;
    private final Map<String, AggregateFunction> aggregates;

    private FunctionRegistry(Map<String, ScalarFunction> scalars, Map<String, AggregateFunction> aggregates) {
        this.scalars = scalars;
        this.aggregates = aggregates;
    }

    /** The functions Spark SQL has. */
    public static FunctionRegistry spark() {
        return SparkFunctions.REGISTRY;
    }

    /** None at all. */
    public static FunctionRegistry empty() {
        return new FunctionRegistry(new TreeMap<>(), new TreeMap<>());
    }

    /** These and those of a library; a name that is there already is replaced. */
    public FunctionRegistry with(FunctionLibrary library) {
        Map<String, ScalarFunction> more = new TreeMap<>(scalars);
        library.register(function -> more.put(function.name().toLowerCase(Locale.ROOT), function));
        return new FunctionRegistry(more, aggregates);
    }

    /** These and a scalar function, as one of the user's own. */
    public FunctionRegistry with(ScalarFunction function) {
        return with(functions -> functions.accept(function));
    }

    /** These and an aggregate function. */
    public FunctionRegistry with(AggregateFunction function) {
        Map<String, AggregateFunction> more = new TreeMap<>(aggregates);
        more.put(function.name().toLowerCase(Locale.ROOT), function);
        return new FunctionRegistry(scalars, more);
    }

    /** The scalar function of a name. Operators have their signs: {@code + - * / % = <> < <= > >= <=> ||}; also {@code div unary- not}. */
    public Optional<ScalarFunction> scalar(String name) {
        return Optional.ofNullable(scalars.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The aggregate function of a name. */
    public Optional<AggregateFunction> aggregate(String name) {
        return Optional.ofNullable(aggregates.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The names of all, sorted: scalars, then aggregates. */
    public java.util.List<String> names() {
        return java.util.stream.Stream.concat(scalars.keySet().stream(), aggregates.keySet().stream())
                .toList();
    }
}
