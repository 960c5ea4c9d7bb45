// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The functions of one family, as the public methods of its class say them. Whether a function is strict and whether it may give null is
 * read off its method: not strict if a parameter may be null, null if the result may.
 */
final class Definitions {

    private final Class<?> home;
    private final Map<String, List<Overload>> overloads = new LinkedHashMap<>();
    private final Map<String, ScalarFunction> others = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> uncast = new HashMap<>();

    /** Chooses the method for given arguments, whose number has been checked. */
    @FunctionalInterface
    interface Binder {
        BoundFunction bind(String name, List<Expression> arguments);
    }

    private record Overload(
            DataType result, Supplier<Object> target, Class<?> home, String method, List<DataType> parameters) {}

    Definitions(Class<?> home) {
        this.home = home;
    }

    /** A function with these types; several of one name are overloads, the first that fits is taken. Names are separated by blanks. */
    Definitions add(String names, DataType result, String method, DataType... parameters) {
        return put(names, new Overload(result, () -> home, home, method, List.of(parameters)));
    }

    /** As {@link #add}, with a method of another class. */
    Definitions from(Class<?> other, String names, DataType result, String method, DataType... parameters) {
        return put(names, new Overload(result, () -> other, other, method, List.of(parameters)));
    }

    /** As {@link #add}, on an object of its own for each place where the function is called. */
    Definitions on(Supplier<Object> target, String names, DataType result, String method, DataType... parameters) {
        Class<?> type = target.get().getClass();
        return put(names, new Overload(result, target, type, method, List.of(parameters)));
    }

    /** Of functions that were added: the argument at a place, from 0, is not cast to what the function takes, but that whole numbers become longer ones. */
    Definitions uncast(int place, String names) {
        for (String name : names.split(" ", -1)) {
            uncast.computeIfAbsent(name, n -> new HashSet<>()).add(place);
        }
        return this;
    }

    private Definitions put(String names, Overload overload) {
        for (String name : names.split(" ", -1)) {
            overloads.computeIfAbsent(name, n -> new ArrayList<>()).add(overload);
        }
        return this;
    }

    /** A function whose types follow from its arguments' types. */
    Definitions bound(String names, int least, int most, Binder binder) {
        for (String name : names.split(" ", -1)) {
            others.put(name, new ByArguments(name, least, most, binder));
        }
        return this;
    }

    /** Hands all of them over. */
    void register(Consumer<ScalarFunction> to) {
        overloads.forEach((name, list) ->
                to.accept(new Overloaded(name, List.copyOf(list), uncast.getOrDefault(name, Set.of()))));
        others.values().forEach(to);
    }

    /** A call of a static method of the family. */
    BoundFunction call(String name, String method, DataType result, List<DataType> parameters) {
        return Methods.bind(name, home, null, method, result, parameters);
    }

    private record ByArguments(String name, int least, int most, Binder binder) implements ScalarFunction {
        @Override
        public BoundFunction bind(List<Expression> arguments) {
            if (arguments.size() < least || arguments.size() > most) {
                String allowed = least == most
                        ? String.valueOf(least)
                        : most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
                throw wrongNumber(name, allowed, arguments.size());
            }
            return binder.bind(name, arguments);
        }
    }

    /**
     * A function with several signatures.
     *
     * @param uncast the places of arguments that are not cast
     */
    private record Overloaded(String name, List<Overload> overloads, Set<Integer> uncast) implements ScalarFunction {
        @Override
        public BoundFunction bind(List<Expression> arguments) {
            List<Overload> candidates = overloads.stream()
                    .filter(overload -> overload.parameters().size() == arguments.size())
                    .toList();
            if (candidates.isEmpty()) {
                List<String> counts = overloads.stream()
                        .map(overload -> overload.parameters().size())
                        .distinct()
                        .sorted()
                        .map(String::valueOf)
                        .toList();
                throw wrongNumber(name, String.join(" or ", counts), arguments.size());
            }
            for (boolean exact : new boolean[] {true, false}) {
                for (Overload overload : candidates) {
                    if (fits(overload, arguments, exact)) {
                        Object target = overload.target().get();
                        return Methods.bind(
                                name,
                                overload.home(),
                                target instanceof Class<?> ? null : target,
                                overload.method(),
                                overload.result(),
                                overload.parameters());
                    }
                }
            }
            throw misfit(candidates, arguments);
        }

        private AnalysisException misfit(List<Overload> candidates, List<Expression> arguments) {
            for (int i = 0; i < arguments.size(); i++) {
                int place = i;
                DataType given = arguments.get(i).type();
                if (candidates.stream()
                        .noneMatch(candidate ->
                                accepts(place, given, candidate.parameters().get(place)))) {
                    List<String> wanted = candidates.stream()
                            .map(candidate -> candidate.parameters().get(place).sql())
                            .distinct()
                            .toList();
                    return unexpectedType(name, i, String.join(" or ", wanted), given);
                }
            }
            return unexpectedType(
                    name, 0, "another combination of types", arguments.get(0).type());
        }

        private boolean accepts(int place, DataType given, DataType wanted) {
            return uncast.contains(place)
                    ? ImplicitCasts.same(given, wanted)
                            || given == AtomicType.NULL
                            || (ImplicitCasts.isWhole(given) && wanted == AtomicType.LONG)
                    : ImplicitCasts.accepts(given, wanted);
        }

        private boolean fits(Overload overload, List<Expression> arguments, boolean exact) {
            for (int i = 0; i < arguments.size(); i++) {
                DataType given = arguments.get(i).type();
                DataType wanted = overload.parameters().get(i);
                if (exact ? !ImplicitCasts.same(given, wanted) : !accepts(i, given, wanted)) {
                    return false;
                }
            }
            return true;
        }
    }

    static AnalysisException wrongNumber(String name, String allowed, int given) {
        return new AnalysisException(
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                "The `" + name + "` requires " + allowed + " parameters but the actual number is " + given);
    }

    /** The error for an argument, counted from 0, whose type a function does not take. */
    static AnalysisException unexpectedType(String name, int place, String wanted, DataType given) {
        return new AnalysisException(
                "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                "Parameter " + (place + 1) + " of `" + name + "` must be " + wanted + ", but is " + given.sql());
    }

    /** The error for arguments whose types differ and have no common one. */
    static AnalysisException differing(String name, List<Expression> arguments) {
        List<String> types =
                arguments.stream().map(argument -> argument.type().sql()).toList();
        return new AnalysisException(
                "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                "The arguments of `" + name + "` must have one type, but are " + String.join(", ", types));
    }

    /** As many times the type. */
    static List<DataType> times(int count, DataType type) {
        return Collections.nCopies(count, type);
    }
}
