// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.List;

/** Writes the loops that fold rows into accumulators: one method per aggregate. */
final class FoldCode {

    private FoldCode() {}

    static LoopClass write(CompiledAggregates aggregates, CompiledAggregates.Fold fold) {
        ClassText text = new ClassText();
        StringBuilder cases = new StringBuilder();
        for (int i = 0; i < aggregates.calls().size(); i++) {
            String body = text.withAliases(body(text, aggregates, i, fold));
            text.method("private void u" + i + "(int[] groups, int rows) throws Exception {\n" + body + "}");
            cases.append("case " + i + ": u" + i + "(groups, rows); break;\n");
        }
        text.method("public void fold(int call, int[] groups, int rows) throws Exception {\nswitch (call) {\n" + cases
                + "default: throw new IllegalArgumentException();\n}\n}");
        return LoopClass.of(text);
    }

    private static String body(ClassText text, CompiledAggregates aggregates, int call, CompiledAggregates.Fold fold) {
        BoundAggregate function = aggregates.calls().get(call).function();
        List<DataType> types = function.buffers();
        int buffers = types.size();
        int firstBuffer = aggregates.firstBuffer(call);
        int firstInput = fold == CompiledAggregates.Fold.MERGE ? firstBuffer : aggregates.firstArgument(call);
        ExpressionCode code = new ExpressionCode(text, reference -> {
            int index = reference.index();
            return index < buffers
                    ? buffer(text, function, firstBuffer, index)
                    : text.slot(Slot.Side.LEFT, List.of(firstInput + index - buffers), reference.type(), false);
        });
        List<Expression> updates = updates(function, fold);
        StringBuilder compute = new StringBuilder();
        StringBuilder store = new StringBuilder();
        for (int k = 0; k < buffers; k++) {
            Expression update = updates.get(k);
            if (update instanceof Expression.Reference same && same.index() == k) {
                continue;
            }
            Code value = code.of(update, types.get(k));
            Slot slot = buffer(text, function, firstBuffer, k);
            int id = text.next();
            compute.append(value.before());
            compute.append("final boolean f" + id + " = " + value.isNull() + ";\nfinal " + Forms.java(types.get(k))
                    + " w" + id + " = " + value.value() + ";\n");
            store.append(store(slot, types.get(k), value.neverNull(), id));
        }
        return "for (int i = 0; i < rows; i++) {\nint j = groups[i];\nif (j >= 0) {\n" + compute + store + "}\n}\n";
    }

    private static List<Expression> updates(BoundAggregate function, CompiledAggregates.Fold fold) {
        List<Expression> retract = function.retract();
        if (fold == CompiledAggregates.Fold.RETRACT && retract != null) {
            return retract;
        }
        return fold == CompiledAggregates.Fold.MERGE ? function.merge() : function.update();
    }

    private static Slot buffer(ClassText text, BoundAggregate function, int firstBuffer, int index) {
        return text.slot(
                Slot.Side.BUFFER,
                List.of(firstBuffer + index),
                function.buffers().get(index),
                neverNull(function, index));
    }

    /** Whether a buffer starts with a value and no fold makes it null. */
    private static boolean neverNull(BoundAggregate function, int index) {
        List<Expression> retract = function.retract();
        return function.initial().get(index).value() != null
                && !function.update().get(index).nullable()
                && (retract == null || !retract.get(index).nullable());
    }

    private static String store(Slot slot, DataType type, boolean neverNull, int id) {
        String entry = "a" + slot.id() + "[j]";
        String value = "w" + id;
        if (type == AtomicType.BOOLEAN) {
            value = value + " ? 1 : 0";
        } else if (type == AtomicType.STRING) {
            value = value + ".owned()";
        }
        if (slot.neverNull() && neverNull) {
            return entry + " = " + value + ";\n";
        } else if (slot.neverNull()) {
            return "if (!f" + id + ") { " + entry + " = " + value + "; }\n";
        }
        String nulls = "z" + slot.id() + "[j] = f" + id + ";\n";
        return nulls + "if (!f" + id + ") { " + entry + " = " + value + "; }\n";
    }
}
