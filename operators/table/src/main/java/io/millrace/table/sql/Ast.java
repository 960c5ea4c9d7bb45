// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.type.DataType;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
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
     * @param arguments of an aggregate over ordered values the last are what it orders by, each a {@link SortKey}
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
    record SortKey(Ast input, boolean descending, @Nullable Boolean nullsFirst, Position position) implements Ast {

        /** The same order by something else. */
        public SortKey on(Ast other) {
            return new SortKey(other, descending, nullsFirst, position);
        }
    }

    /**
     * A window function over its window.
     *
     * @param ignoreNulls whether it takes no notice of rows where its value is null
     * @param frame which rows of the partition it sees; null for what Spark takes if none is given
     */
    record Over(
            Ast function,
            boolean ignoreNulls,
            List<Ast> partitions,
            List<SortKey> orders,
            @Nullable Frame frame,
            Position position)
            implements Ast {
        public Over {
            partitions = List.copyOf(partitions);
            orders = List.copyOf(orders);
        }
    }

    /**
     * Rows about the current one.
     *
     * @param rows whether bounds count rows; otherwise they are distances in the order
     */
    record Frame(boolean rows, Bound lower, Bound upper) {}

    /**
     * Where a {@link Frame} begins or ends: so much before or behind the current row, or at it, or as far as the partition goes.
     *
     * @param direction -1 for before, 1 for behind, 0 for the current row
     * @param offset how far; null for all the way, and with the current row
     */
    record Bound(int direction, @Nullable Ast offset) {}

    /** What a query within an expression stands for. */
    enum Meaning {
        /** Whether it gives a row. */
        EXISTS,
        /** Whether it gives a row of some values. */
        IN,
        /** The value of its one row; null if there is none. */
        SCALAR
    }

    /**
     * A query within an expression.
     *
     * @param values what is looked for, of {@link Meaning#IN}; otherwise empty
     * @param query its text, as it was parsed
     */
    record Subquery(Meaning meaning, List<Ast> values, SqlNode query, Position position) implements Ast {
        public Subquery {
            values = List.copyOf(values);
        }
    }
}
