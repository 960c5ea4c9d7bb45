// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression whose names are places and whose types are known; it is compiled, never interpreted per row. */
public sealed interface Expression {

    /** What it gives. */
    DataType type();

    /** Whether it may give null. */
    boolean nullable();

    /** A column of the rows it is asked for, by its place from 0. */
    record Reference(int index, DataType type, boolean nullable, String name) implements Expression {}

    /** A constant, held as {@link DataType} says. */
    record Literal(@Nullable Object value, DataType type) implements Expression {
        @Override
        public boolean nullable() {
            return value == null;
        }
    }

    /** A call of a function that was bound to the types of its arguments; arithmetic and comparisons are calls too. */
    record Call(BoundFunction function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public DataType type() {
            return function.type();
        }

        @Override
        public boolean nullable() {
            return function.mayBeNull()
                    || (function.strict() && arguments.stream().anyMatch(Expression::nullable));
        }
    }

    /** A change of type by Spark's ANSI rules; with {@code attempt}, null where those fail ({@code try_cast}). */
    record Cast(Expression input, DataType type, boolean attempt) implements Expression {
        @Override
        public boolean nullable() {
            return attempt || input.nullable() || Casts.mayGiveNull(input.type(), type);
        }
    }

    /** The first branch whose condition is true; the others are not evaluated. Also {@code if}, {@code coalesce} and the like. */
    record Case(List<Branch> branches, @Nullable Expression otherwise, DataType type) implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }

        @Override
        public boolean nullable() {
            return otherwise == null
                    || otherwise.nullable()
                    || branches.stream().anyMatch(branch -> branch.result().nullable());
        }
    }

    /** A branch of a {@link Case}. */
    record Branch(Expression condition, Expression result) {}

    /** All or any of some conditions, in the logic of three values; those behind one that decides are not evaluated. */
    record Logic(boolean all, List<Expression> conditions) implements Expression {
        public Logic {
            conditions = List.copyOf(conditions);
        }

        @Override
        public DataType type() {
            return io.millrace.table.type.AtomicType.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return conditions.stream().anyMatch(Expression::nullable);
        }
    }

    /** Whether a value is null. */
    record IsNull(Expression input) implements Expression {
        @Override
        public DataType type() {
            return io.millrace.table.type.AtomicType.BOOLEAN;
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }

    /** A field of a struct; null if the struct is. */
    record FieldOf(Expression struct, int index, DataType type, boolean nullable) implements Expression {}

    /**
     * A function given to a function, as {@code x -> x + 1}. It is not a value: it stands only where a function of higher order is called with it.
     *
     * @param parameters what it is called with
     * @param body what it gives; columns of the row mean in it what they mean outside
     */
    record Lambda(List<Variable> parameters, Expression body) implements Expression {
        public Lambda {
            parameters = List.copyOf(parameters);
        }

        @Override
        public DataType type() {
            return body.type();
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }

    /**
     * What a {@link Lambda} around it is called with.
     *
     * @param level how many variables the lambdas around have ahead of it, from the outermost; so it differs from all others that can be meant here
     */
    record Variable(int level, DataType type, boolean nullable, String name) implements Expression {}

    /** A struct made of values. */
    record MakeStruct(List<Expression> fields, DataType type) implements Expression {
        public MakeStruct {
            fields = List.copyOf(fields);
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }
}
