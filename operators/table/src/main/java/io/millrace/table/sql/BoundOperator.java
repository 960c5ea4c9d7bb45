// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.DataType;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * A step of an {@link Expression} as an operator of Calcite: it says what is done, its operands what with. Calcite may move and copy it, and looks no
 * further.
 */
final class BoundOperator extends SqlFunction {

    /** What is done. */
    sealed interface Meaning {
        /** How it stands in plans. */
        String text();
    }

    /** A constant. */
    record Constant(Expression.Literal literal) implements Meaning {
        @Override
        public String text() {
            return io.millrace.table.plan.PlanText.literal(literal);
        }
    }

    /** A call. */
    record Function(BoundFunction function) implements Meaning {
        @Override
        public String text() {
            return function.name();
        }
    }

    /** A change of type. */
    record Cast(DataType type, boolean attempt) implements Meaning {
        @Override
        public String text() {
            return (attempt ? "try_cast:" : "cast:") + type.sql();
        }
    }

    /** Conditions and results in turn, and the result if none is met. */
    record Case(boolean otherwise, DataType type) implements Meaning {
        @Override
        public String text() {
            return "case";
        }
    }

    /** A field of a struct. */
    record FieldOf(int index, DataType type, boolean nullable) implements Meaning {
        @Override
        public String text() {
            return "field:" + index;
        }
    }

    /** A struct. */
    record MakeStruct(DataType type) implements Meaning {
        @Override
        public String text() {
            return "struct";
        }
    }

    /** What a lambda is called with. */
    record Variable(Expression.Variable variable) implements Meaning {
        @Override
        public String text() {
            return variable.name();
        }
    }

    /** A lambda; what it gives is its operand. */
    record Lambda(List<Expression.Variable> parameters) implements Meaning {
        @Override
        public String text() {
            return parameters.stream().map(Expression.Variable::name).collect(Collectors.joining(",", "lambda:", ""));
        }
    }

    private final Meaning meaning;

    BoundOperator(Meaning meaning) {
        super(meaning.text(), SqlKind.OTHER_FUNCTION, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.meaning = meaning;
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
