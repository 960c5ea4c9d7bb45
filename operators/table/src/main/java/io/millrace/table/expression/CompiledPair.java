// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Schema;
import java.util.List;

/** A condition over a row of one batch and a row of another, compiled: references count the columns of the left, then those of the right. Immutable; for many threads. */
public final class CompiledPair {

    private final LoopClass loop;

    private CompiledPair(LoopClass loop) {
        this.loop = loop;
    }

    /** Compiles a condition. */
    public static CompiledPair of(Expression condition, Schema left, Schema right) {
        ClassText text = new ClassText();
        ExpressionCode code = new ExpressionCode(text, reference -> {
            int index = reference.index();
            boolean isLeft = index < left.size();
            int place = isLeft ? index : index - left.size();
            return text.slot(
                    isLeft ? Slot.Side.LEFT : Slot.Side.RIGHT,
                    List.of(place),
                    (isLeft ? left : right).field(place).type(),
                    false);
        });
        Code value = code.of(condition, AtomicType.BOOLEAN);
        text.method("public boolean test(int i, int j) throws Exception {\n" + value.before() + "return !"
                + value.isNull() + " && " + value.value() + ";\n}");
        return new CompiledPair(LoopClass.of(text));
    }

    /** The condition over these batches; for one thread. */
    public Test bind(ColumnBatch left, ColumnBatch right) {
        GeneratedLoop created = loop.create();
        created.bind(left.columns(), right.columns());
        return (leftRow, rightRow) -> {
            try {
                return created.test(leftRow, rightRow);
            } catch (Exception e) {
                throw LoopClass.rethrown(e);
            }
        };
    }

    /** A condition over the rows of two batches. */
    public interface Test {
        /**
         * Whether it is true for a row of the left and one of the right.
         *
         * @throws io.millrace.table.QueryExecutionException if it cannot be computed
         */
        boolean test(int leftRow, int rightRow);
    }
}
