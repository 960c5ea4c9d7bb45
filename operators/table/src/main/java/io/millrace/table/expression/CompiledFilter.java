// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.List;

/** Finds the rows for which a condition is true, in a loop compiled for it. Immutable; for many threads. */
public final class CompiledFilter {

    private final LoopClass loop;

    private CompiledFilter(LoopClass loop) {
        this.loop = loop;
    }

    /** Compiles a condition over rows of a schema. */
    public static CompiledFilter of(Expression condition, Schema in) {
        ClassText text = new ClassText();
        ExpressionCode code = new ExpressionCode(
                text,
                reference -> text.slot(
                        Slot.Side.LEFT,
                        List.of(reference.index()),
                        in.field(reference.index()).type(),
                        false));
        Code value = code.of(condition, AtomicType.BOOLEAN);
        text.method("public int select(int[] places, int rows) throws Exception {\n"
                + text.withAliases("int count = 0;\nint j = 0;\nfor (int i = 0; i < rows; i++) {\n" + value.before()
                        + "if (!" + value.isNull() + " && " + value.value() + ") { places[count++] = i; }\n}\n")
                + "return count;\n}");
        return new CompiledFilter(LoopClass.of(text));
    }

    /**
     * The places of the rows for which the condition is true, in order.
     *
     * @throws io.millrace.table.QueryExecutionException if it cannot be computed for a row
     */
    public int[] places(ColumnBatch batch) {
        int[] places = new int[batch.rows()];
        return Arrays.copyOf(places, select(batch, places));
    }

    /**
     * Writes the places of the rows for which the condition is true, in order; gives their number.
     *
     * @param places has room for all rows
     */
    public int select(ColumnBatch batch, int[] places) {
        GeneratedLoop created = loop.create();
        created.bind(batch.columns(), batch.columns());
        try {
            return created.select(places, batch.rows());
        } catch (Exception e) {
            throw LoopClass.rethrown(e);
        }
    }

    /** The rows for which the condition is true; the batch itself if it is for all. */
    public ColumnBatch select(ColumnBatch batch) {
        int[] places = new int[batch.rows()];
        int count = select(batch, places);
        return count == batch.rows() ? batch : batch.select(places, count);
    }
}
