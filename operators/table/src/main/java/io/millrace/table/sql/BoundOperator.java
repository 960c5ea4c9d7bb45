// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Casts;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.StructType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.jspecify.annotations.Nullable;

/**
 * A step of an {@link Expression} as an operator of Calcite: it says what is done, its operands what with. Calcite may move and copy it. What it knows of it are
 * types: which ones operands must have, and which one the result has by theirs. These are Spark's rules.
 */
final class BoundOperator extends SqlFunction {

    /** What is done. */
    sealed interface Meaning {
        /** How it stands in plans. */
        String text();

        /** The type of the result. */
        DataType type();

        /** Whether the result may be null. */
        boolean nullable(SqlOperatorBinding operands);

        /** The type that an operand must have; null if any will do. */
        @Nullable
        DataType operand(int place, int count);
    }

    /** What has no operands. */
    sealed interface Alone extends Meaning {
        @Override
        default @Nullable DataType operand(int place, int count) {
            throw new IllegalStateException(text() + " has no operands");
        }
    }

    /** A constant. */
    record Constant(Expression.Literal literal) implements Alone {
        @Override
        public String text() {
            return io.millrace.table.plan.PlanText.literal(literal);
        }

        @Override
        public DataType type() {
            return literal.type();
        }

        @Override
        public boolean nullable(SqlOperatorBinding operands) {
            return literal.nullable();
        }
    }

    /** A call. */
    record Function(BoundFunction function) implements Meaning {
        @Override
        public String text() {
            return function.name();
        }

        @Override
        public DataType type() {
            return function.type();
        }

        @Override
        public boolean nullable(SqlOperatorBinding operands) {
            return function.mayBeNull() || (function.strict() && anyNullable(operands));
        }

        @Override
        public @Nullable DataType operand(int place, int count) {
            return place < function.parameters().size() ? function.parameters().get(place) : null;
        }
    }

    /** A change of type. */
    record Cast(DataType from, DataType type, boolean attempt) implements Meaning {
        @Override
        public String text() {
            return (attempt ? "try_cast:" : "cast:") + type.sql();
        }

        @Override
        public boolean nullable(SqlOperatorBinding operands) {
            return attempt || anyNullable(operands) || Casts.mayGiveNull(from, type);
        }

        @Override
        public @Nullable DataType operand(int place, int count) {
            return from;
        }
    }

    /** Conditions and results in turn, and the result if none is met. */
    record Case(boolean otherwise, DataType type) implements Meaning {
        @Override
        public String text() {
            return "case";
        }

        @Override
        public boolean nullable(SqlOperatorBinding operands) {
            int count = operands.getOperandCount();
            return !otherwise
                    || IntStream.range(0, count)
                            .filter(place -> !isCondition(place, count))
                            .anyMatch(place -> operands.getOperandType(place).isNullable());
        }

        @Override
        public DataType operand(int place, int count) {
            return isCondition(place, count) ? AtomicType.BOOLEAN : type;
        }

        private boolean isCondition(int place, int count) {
            return place % 2 == 0 && !(otherwise && place == count - 1);
        }
    }

    /** A field of a struct. */
    record FieldOf(int index, DataType type, boolean nullable) implements Meaning {
        @Override
        public String text() {
            return "field:" + index;
        }

        @Override
        public boolean nullable(SqlOperatorBinding operands) {
            return nullable;
        }

        @Override
        public @Nullable DataType operand(int place, int count) {
            return null;
        }
    }

    /** A struct. */
    record MakeStruct(StructType type) implements Meaning {
        @Override
        public String text() {
            return "struct";
        }

        @Override
        public boolean nullable(SqlOperatorBinding operands) {
            return false;
        }

        @Override
        public @Nullable DataType operand(int place, int count) {
            return type.fields().get(place).type();
        }
    }

    /** What a lambda is called with. */
    record Variable(Expression.Variable variable) implements Alone {
        @Override
        public String text() {
            return variable.name();
        }

        @Override
        public DataType type() {
            return variable.type();
        }

        @Override
        public boolean nullable(SqlOperatorBinding operands) {
            return variable.nullable();
        }
    }

    /** A lambda; what it gives is its operand. */
    record Lambda(List<Expression.Variable> parameters, DataType type) implements Meaning {
        @Override
        public String text() {
            return parameters.stream().map(Expression.Variable::name).collect(Collectors.joining(",", "lambda:", ""));
        }

        @Override
        public boolean nullable(SqlOperatorBinding operands) {
            return false;
        }

        @Override
        public @Nullable DataType operand(int place, int count) {
            return type;
        }
    }

    private final Meaning meaning;

    BoundOperator(Meaning meaning) {
        super(
                meaning.text(),
                SqlKind.OTHER_FUNCTION,
                operands -> RowTypes.of(operands.getTypeFactory(), meaning.type(), meaning.nullable(operands)),
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.meaning = meaning;
    }

    private static boolean anyNullable(SqlOperatorBinding operands) {
        return IntStream.range(0, operands.getOperandCount())
                .anyMatch(place -> operands.getOperandType(place).isNullable());
    }

    Meaning meaning() {
        return meaning;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BoundOperator that && meaning.equals(that.meaning);
    }

    @Override
    public int hashCode() {
        return meaning.text().hashCode();
    }
}
