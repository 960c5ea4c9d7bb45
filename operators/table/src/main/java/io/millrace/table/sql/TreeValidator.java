// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.type.DataType;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * Has Calcite check a tree, as it was made and as it was optimised: every column that is read is there and has the type it is read
 * as, conditions are conditions, results have the types of their columns, and the operands of every operator the types that it asks for.
 *
 * <p>What users do wrong is said before, in Spark's words, by {@link ExpressionResolver}: a tree that is refused here is a mistake of this package, and is
 * better not run.
 */
final class TreeValidator extends RelVisitor {

    private static final Litmus REFUSE = (message, arguments) -> {
        throw new IllegalStateException("the tree of the query is not valid: " + filled(message, arguments));
    };

    private TreeValidator() {}

    /**
     * The same tree.
     *
     * @throws IllegalStateException if it is not valid
     */
    static RelNode validated(RelNode tree) {
        new TreeValidator().go(tree);
        return tree;
    }

    /**
     * A tree that was made of another.
     *
     * @throws IllegalStateException if it is not valid, or its columns have other types
     */
    static RelNode validated(RelNode tree, RelNode origin) {
        List<RelDataType> types = types(tree);
        List<RelDataType> before = types(origin);
        boolean same = types.size() == before.size();
        for (int i = 0; same && i < types.size(); i++) {
            same = SqlTypeUtil.equalSansNullability(tree.getCluster().getTypeFactory(), types.get(i), before.get(i));
        }
        if (!same) {
            REFUSE.fail("its columns were {}, and are {} now", before, types);
        }
        return validated(tree);
    }

    private static List<RelDataType> types(RelNode tree) {
        return tree.getRowType().getFieldList().stream()
                .map(field -> field.getType())
                .toList();
    }

    @Override
    public void visit(RelNode node, int place, @Nullable RelNode parent) {
        super.visit(node, place, parent);
        node.isValid(REFUSE, null);
        Operands operands = new Operands(node.getCluster().getTypeFactory());
        node.accept(operands);
        if (node instanceof StepNode step) {
            step.reads().forEach(read -> read.accept(operands));
        }
    }

    /** Checks what operators are called with. */
    private static final class Operands extends RexShuttle {
        private final RelDataTypeFactory types;

        Operands(RelDataTypeFactory types) {
            this.types = types;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            if (call.getOperator() instanceof BoundOperator operator) {
                int count = call.getOperands().size();
                for (int i = 0; i < count; i++) {
                    DataType wanted = operator.meaning().operand(i, count);
                    RelDataType given = call.getOperands().get(i).getType();
                    if (wanted != null
                            && !SqlTypeUtil.equalSansNullability(types, RowTypes.of(types, wanted, true), given)) {
                        REFUSE.fail("operand {} of {} is {}, not {}", i, call, given.getFullTypeString(), wanted.sql());
                    }
                }
            }
            return super.visitCall(call);
        }
    }

    private static String filled(String message, @Nullable Object... arguments) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (Object argument : arguments) {
            int hole = message.indexOf("{}", from);
            if (hole < 0) {
                break;
            }
            text.append(message, from, hole).append(argument);
            from = hole + 2;
        }
        return text.append(message.substring(from)).toString();
    }
}
