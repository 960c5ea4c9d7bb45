// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import java.util.List;

/** The contrary of conditions: a case of three branches, which the compiler knows without a function. */
final class Negation {

    private Negation() {}

    static Expression of(Expression condition) {
        if (condition instanceof Expression.Literal literal && literal.value() instanceof Boolean flag) {
            return new Expression.Literal(!flag, AtomicType.BOOLEAN);
        }
        Expression.Literal no = new Expression.Literal(false, AtomicType.BOOLEAN);
        Expression.Literal yes = new Expression.Literal(true, AtomicType.BOOLEAN);
        if (!condition.nullable()) {
            return new Expression.Case(List.of(new Expression.Branch(condition, no)), yes, AtomicType.BOOLEAN);
        }
        return new Expression.Case(
                List.of(
                        new Expression.Branch(
                                new Expression.IsNull(condition), new Expression.Literal(null, AtomicType.BOOLEAN)),
                        new Expression.Branch(condition, no)),
                yes,
                AtomicType.BOOLEAN);
    }
}
