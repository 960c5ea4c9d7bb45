// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Turns expressions into Calcite's and back. */
final class RexBridge {

    private final RexBuilder rex;

    RexBridge(RexBuilder rex) {
        this.rex = rex;
    }

    RelDataType type(DataType type, boolean nullable) {
        return RowTypes.of(rex.getTypeFactory(), type, nullable);
    }

    List<RexNode> to(List<Expression> expressions) {
        return expressions.stream().map(this::to).toList();
    }

    /** Calcite's form. */
    RexNode to(Expression expression) {
        if (expression instanceof Expression.Reference reference) {
            return new RexInputRef(reference.index(), type(reference.type(), reference.nullable()));
        }
        if (expression instanceof Expression.Literal literal) {
            return literal.value() instanceof Boolean flag
                    ? rex.makeLiteral(flag)
                    : call(new BoundOperator.Constant(literal), List.of());
        }
        if (expression instanceof Expression.Call call) {
            return call(new BoundOperator.Function(call.function()), call.arguments());
        }
        if (expression instanceof Expression.Cast cast) {
            return call(
                    new BoundOperator.Cast(cast.input().type(), cast.type(), cast.attempt()), List.of(cast.input()));
        }
        if (expression instanceof Expression.Case cases) {
            List<Expression> operands = new ArrayList<>();
            cases.branches().forEach(branch -> {
                operands.add(branch.condition());
                operands.add(branch.result());
            });
            if (cases.otherwise() != null) {
                operands.add(cases.otherwise());
            }
            return call(new BoundOperator.Case(cases.otherwise() != null, cases.type()), operands);
        }
        if (expression instanceof Expression.Logic logic) {
            return logic(logic);
        }
        if (expression instanceof Expression.IsNull isNull) {
            return rex.makeCall(SqlStdOperatorTable.IS_NULL, to(isNull.input()));
        }
        if (expression instanceof Expression.FieldOf field) {
            return call(
                    new BoundOperator.FieldOf(field.index(), field.type(), field.nullable()), List.of(field.struct()));
        }
        if (expression instanceof Expression.Variable variable) {
            return call(new BoundOperator.Variable(variable), List.of());
        }
        if (expression instanceof Expression.Lambda lambda) {
            return call(new BoundOperator.Lambda(lambda.parameters(), lambda.type()), List.of(lambda.body()));
        }
        Expression.MakeStruct struct = (Expression.MakeStruct) expression;
        return call(new BoundOperator.MakeStruct((StructType) struct.type()), struct.fields());
    }

    private RexNode logic(Expression.Logic logic) {
        SqlOperator operator = logic.all() ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR;
        return switch (logic.conditions().size()) {
            case 0 -> rex.makeLiteral(logic.all());
            case 1 -> to(logic.conditions().get(0));
            default -> rex.makeCall(operator, flat(operator, logic.conditions()));
        };
    }

    /** Calcite's nodes want no alternative to be one of several itself, at any depth. */
    private List<RexNode> flat(SqlOperator operator, List<Expression> conditions) {
        List<RexNode> all = new ArrayList<>();
        for (RexNode condition : to(conditions)) {
            if (condition instanceof RexCall call && call.getKind() == operator.getKind()) {
                all.addAll(call.getOperands());
            } else {
                all.add(condition);
            }
        }
        return all;
    }

    /** Calcite asks the operator for the type. */
    private RexNode call(BoundOperator.Meaning meaning, List<Expression> operands) {
        return rex.makeCall(new BoundOperator(meaning), to(operands));
    }

    /** The expression that Calcite's form stands for, over rows of a schema. */
    static Expression from(RexNode node, Schema input) {
        if (node instanceof RexInputRef reference) {
            return reference(input, reference.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            if (literal.getTypeName() != SqlTypeName.BOOLEAN) {
                throw new IllegalStateException("the optimiser made the constant " + literal);
            }
            return new Expression.Literal(literal.getValueAs(Boolean.class), io.millrace.table.type.AtomicType.BOOLEAN);
        }
        if (!(node instanceof RexCall call)) {
            throw new IllegalStateException("the optimiser made the expression " + node);
        }
        List<Expression> operands =
                call.getOperands().stream().map(operand -> from(operand, input)).toList();
        if (!(call.getOperator() instanceof BoundOperator operator)) {
            return standard(call, operands);
        }
        BoundOperator.Meaning meaning = operator.meaning();
        if (meaning instanceof BoundOperator.Constant constant) {
            return constant.literal();
        }
        if (meaning instanceof BoundOperator.Function function) {
            return new Expression.Call(function.function(), operands);
        }
        if (meaning instanceof BoundOperator.Cast cast) {
            return new Expression.Cast(operands.get(0), cast.type(), cast.attempt());
        }
        if (meaning instanceof BoundOperator.FieldOf field) {
            return new Expression.FieldOf(operands.get(0), field.index(), field.type(), field.nullable());
        }
        if (meaning instanceof BoundOperator.MakeStruct struct) {
            return new Expression.MakeStruct(operands, struct.type());
        }
        if (meaning instanceof BoundOperator.Variable variable) {
            return variable.variable();
        }
        if (meaning instanceof BoundOperator.Lambda lambda) {
            return new Expression.Lambda(lambda.parameters(), operands.get(0));
        }
        BoundOperator.Case cases = (BoundOperator.Case) meaning;
        List<Expression.Branch> branches = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            branches.add(new Expression.Branch(operands.get(i), operands.get(i + 1)));
        }
        return new Expression.Case(
                branches, cases.otherwise() ? operands.get(operands.size() - 1) : null, cases.type());
    }

    private static Expression standard(RexCall call, List<Expression> operands) {
        return switch (call.getKind()) {
            case AND -> new Expression.Logic(true, operands);
            case OR -> new Expression.Logic(false, operands);
            case IS_NULL -> new Expression.IsNull(operands.get(0));
            case IS_NOT_NULL -> Negation.of(new Expression.IsNull(operands.get(0)));
            case NOT -> Negation.of(operands.get(0));
            default -> throw new IllegalStateException("the optimiser made the expression " + call);
        };
    }

    static Expression.Reference reference(Schema input, int index) {
        var field = input.field(index);
        return new Expression.Reference(index, field.type(), field.nullable(), field.name());
    }
}
