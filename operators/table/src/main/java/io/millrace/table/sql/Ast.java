// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it was written, in SQL or with {@link io.millrace.table.Column}: its names are not yet looked up. */
public sealed interface Ast {

    /** Where it stands in the text. */
    Position position();

    /** A column or a field of one: {@code t.a.b}. */
    record Name(List<String> parts, Position position) implements Ast {
        public Name {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A column by its place, which is known.
     *
     * @param index the place from 0
     */
    record Column(int index, String name, Position position) implements Ast {}

    /** All columns, or all of one table ({@code t.*}), but for some. */
    record Star(List<String> qualifier, List<String> except, Position position) implements Ast {
        public Star {
            qualifier = List.copyOf(qualifier);
            except = List.copyOf(except);
        }
    }

    /**
     * A constant.
     *
     * @param value held as {@link DataType} says
     * @param text how it stands in the name of a column
     */
    record Constant(@Nullable Object value, DataType type, String text, Position position) implements Ast {}

    /**
     * A call of a function or an operator.
     *
     * @param name in lower case; operators have the names of the function registry, and {@code and}, {@code or}, {@code not}
     * @param distinct equal arguments count once
     * @param filter rows for which it is not true do not count; null for all
     */
    record Call(
            String name,
            List<Ast> arguments,
            boolean distinct,
            @Nullable Ast filter,
            Position position) implements Ast {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A function given to a function, as {@code x -> x + 1}; in it, its parameters stand as {@link Variable}.
     *
     * @param parameters in order
     */
    record Lambda(List<Variable> parameters, Ast body, Position position) implements Ast {
        public Lambda {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A parameter of a {@link Lambda}.
     *
     * @param identity which one it is: names may come twice
     */
    record Variable(String name, Object identity, Position position) implements Ast {}

    /** A change of type; with {@code attempt}, null where it fails. */
    record Cast(Ast input, DataType type, boolean attempt, Position position) implements Ast {}

    /** The result of the first condition that is true. */
    record Case(List<When> branches, @Nullable Ast otherwise, Position position) implements Ast {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    /** A branch of a {@link Case}. */
    record When(Ast condition, Ast result) {}

    /** A name for a column, or several for what a generator gives. */
    record Alias(Ast input, List<String> names, Position position) implements Ast {
        public Alias {
            names = List.copyOf(names);
        }
    }

    /** A column to sort by; without {@code nullsFirst}, nulls come first if ascending and last if descending. */
    record SortKey(Ast input, boolean descending, @Nullable Boolean nullsFirst, Position position) implements Ast {}

    /** A window function over its window. */
    record Over(Ast function, List<Ast> partitions, List<SortKey> orders, Position position) implements Ast {
        public Over {
            partitions = List.copyOf(partitions);
            orders = List.copyOf(orders);
        }
    }
}
