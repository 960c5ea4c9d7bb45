// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeValidatorTest {

    private static final Expression.Reference ID = new Expression.Reference(0, AtomicType.LONG, false, "id");
    private static final Expression.Reference NAME = new Expression.Reference(1, AtomicType.STRING, true, "name");
    private static final Expression.Literal ONE = new Expression.Literal(1L, AtomicType.LONG);

    private final FunctionRegistry registry = FunctionRegistry.spark();
    private final Algebra algebra = new Algebra();
    private final Relation source = algebra.leaf(new QueryPlan.Scan(
            "source",
            false,
            new Schema(List.of(
                    new Field("id", AtomicType.LONG, false, false),
                    new Field("name", AtomicType.STRING, true, false)))));

    @Test
    void calciteTellsTheTypeOfACallByItsOperands() {
        Expression sum = call("+", List.of(ID, ONE), List.of(ID, ONE));
        Expression length = call("length", List.of(NAME), List.of(NAME));

        Relation projected = project(sum, length);

        var columns = projected.rel().getRowType().getFieldList();
        assertEquals("BIGINT NOT NULL", columns.get(0).getType().getFullTypeString());
        assertEquals("INTEGER", columns.get(1).getType().getFullTypeString());
        assertSame(projected.rel(), TreeValidator.validated(projected.rel()));
    }

    @Test
    void aColumnThatIsNotThereIsRefused() {
        Expression third = new Expression.Reference(2, AtomicType.LONG, false, "third");

        assertRefused("RexInputRef index 2 out of range 0..1", sum(third, null));
    }

    @Test
    void aColumnOfAnotherTypeIsRefused() {
        assertRefused("type mismatch", sum(new Expression.Reference(1, AtomicType.LONG, true, "name"), null));
    }

    @Test
    void anOperandThatWasNotCastIsRefused() {
        Expression number = new Expression.Literal(1, AtomicType.INT);

        assertRefused(
                "operand 1 of +($0, 1()) is INTEGER NOT NULL, not bigint",
                project(call("+", List.of(ID, ONE), List.of(ID, number))));
    }

    @Test
    void aBranchOfAnotherTypeThanItsCaseIsRefused() {
        Expression cases = new Expression.Case(
                List.of(new Expression.Branch(new Expression.IsNull(NAME), NAME)), ID, AtomicType.LONG);

        assertRefused("operand 1 of case(IS NULL($1), $1, $0) is VARCHAR, not bigint", project(cases));
    }

    @Test
    void aConditionThatIsNoneIsRefused() {
        // Calcite refuses it when the tree is made
        var refused = assertThrows(AssertionError.class, () -> algebra.filter(source, ID));

        assertTrue(String.valueOf(refused.getMessage()).contains("BOOLEAN"), refused.getMessage());
    }

    @Test
    void anAggregateOfAnotherTypeIsRefused() {
        assertRefused("reads $1 as VARCHAR, not bigint", sum(NAME, null));
    }

    @Test
    void aFilterOfAnAggregateThatIsNoConditionIsRefused() {
        assertRefused("reads $1 as VARCHAR, not boolean", sum(ID, NAME));
        TreeValidator.validated(sum(ID, new Expression.IsNull(NAME)).rel());
    }

    @Test
    void aGroupOfAnotherTypeThanItsColumnIsRefused() {
        Schema output = new Schema(List.of(Field.of("name", AtomicType.LONG)));

        assertRefused(
                "has column 0 as BIGINT", algebra.step(source, new Step.Aggregate(List.of(1), List.of(), output)));
    }

    @Test
    void aTreeWithOtherColumnsThanTheOneItWasMadeOfIsRefused() {
        var narrow = project(ID).rel();

        var refused = assertThrows(IllegalStateException.class, () -> TreeValidator.validated(narrow, source.rel()));

        assertEquals(
                "the tree of the query is not valid: its columns were [BIGINT, VARCHAR], and are [BIGINT] now",
                refused.getMessage());
    }

    private Relation sum(Expression argument, @Nullable Expression filter) {
        var function = registry.aggregate("sum").orElseThrow().bind(List.of(ID));
        AggregateCall call = new AggregateCall(function, List.of(argument), false, filter, "sum(id)");
        Schema output = new Schema(List.of(Field.of("sum(id)", function.type())));
        return algebra.step(source, new Step.Aggregate(List.of(), List.of(call), output));
    }

    private Expression call(String name, List<Expression> bound, List<Expression> arguments) {
        var function = registry.scalar(name).orElseThrow().bind(bound);
        List<DataType> types = function.parameters();
        assertEquals(bound.stream().map(Expression::type).toList(), types);
        return new Expression.Call(function, arguments);
    }

    private Relation project(Expression... columns) {
        List<Relation.Item> names = java.util.stream.IntStream.range(0, columns.length)
                .mapToObj(i -> new Relation.Item("", Field.of("c" + i, AtomicType.NULL)))
                .toList();
        return algebra.project(source, List.of(columns), names);
    }

    private static void assertRefused(String wanted, Relation relation) {
        Throwable refused = assertThrows(IllegalStateException.class, () -> TreeValidator.validated(relation.rel()));
        assertTrue(String.valueOf(refused.getMessage()).contains(wanted), refused.getMessage());
    }
}
