// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some aggregates, compiled: their arguments, and loops that fold rows into accumulators. Immutable; for many threads. {@link #accumulators} gives what one thread
 * folds into.
 */
public final class CompiledAggregates {

    /** What a loop does. */
    enum Fold {
        UPDATE,
        MERGE,
        RETRACT
    }

    private final List<AggregateCall> calls;
    private final int[] firstBuffers;
    private final int[] firstArguments;
    private final Schema buffers;
    private final @Nullable CompiledProjection arguments;
    private final List<@Nullable CompiledFilter> filters;
    private final LoopClass update;
    private final LoopClass merge;
    private final @Nullable LoopClass retract;

    private CompiledAggregates(List<AggregateCall> calls, @Nullable Schema input) {
        this.calls = List.copyOf(calls);
        firstBuffers = new int[calls.size() + 1];
        firstArguments = new int[calls.size() + 1];
        List<Field> bufferFields = new ArrayList<>();
        List<Field> argumentFields = new ArrayList<>();
        List<Expression> argumentExpressions = new ArrayList<>();
        filters = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            List<DataType> types = call.function().buffers();
            for (int k = 0; k < types.size(); k++) {
                bufferFields.add(Field.of(call.name() + "#" + k, types.get(k)));
            }
            for (int k = 0; k < call.arguments().size(); k++) {
                argumentFields.add(Field.of(
                        call.name() + "@" + k, call.function().parameters().get(k)));
                argumentExpressions.add(call.arguments().get(k));
            }
            firstBuffers[i + 1] = bufferFields.size();
            firstArguments[i + 1] = argumentFields.size();
            Expression filter = call.filter();
            filters.add(filter == null || input == null ? null : CompiledFilter.of(filter, input));
        }
        buffers = new Schema(bufferFields);
        arguments =
                input == null ? null : CompiledProjection.of(argumentExpressions, input, new Schema(argumentFields));
        update = FoldCode.write(this, Fold.UPDATE);
        merge = FoldCode.write(this, Fold.MERGE);
        retract = isRetractable() ? FoldCode.write(this, Fold.RETRACT) : null;
    }

    /**
     * Compiles some aggregates.
     *
     * @param input the schema that the arguments and filters mean
     */
    public static CompiledAggregates of(List<AggregateCall> calls, Schema input) {
        return new CompiledAggregates(calls, input);
    }

    /** Compiles some aggregates for merging and results only, where rows do not come in. */
    public static CompiledAggregates ofPartials(List<AggregateCall> calls) {
        return new CompiledAggregates(calls, null);
    }

    /** The aggregates in order. */
    public List<AggregateCall> calls() {
        return calls;
    }

    /** The columns of the buffers: those of the first call, then those of the second, and so on. */
    public Schema bufferSchema() {
        return buffers;
    }

    /** The place of the first buffer of a call in {@link #bufferSchema}; for the number of calls, how many buffers there are. */
    public int firstBuffer(int call) {
        return firstBuffers[call];
    }

    /** Whether rows can be taken out again. */
    public boolean isRetractable() {
        return calls.stream().allMatch(call -> call.function().retract() != null);
    }

    /** New accumulators with no group; for one thread. */
    public Accumulators accumulators() {
        return new Accumulators(this);
    }

    /**
     * Compiles the results from columns of buffers.
     *
     * @param in columns that end with those of {@link #bufferSchema}; what is before them is passed on
     * @param out the columns of {@code in} before the buffers, then a column per call
     */
    public CompiledProjection results(Schema in, Schema out) {
        int before = in.size() - buffers.size();
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            Field field = in.field(i);
            expressions.add(new Expression.Reference(i, field.type(), field.nullable(), field.name()));
        }
        for (int i = 0; i < calls.size(); i++) {
            int shift = before + firstBuffers[i];
            expressions.add(Rewrites.references(
                    calls.get(i).function().result(),
                    reference -> new Expression.Reference(
                            reference.index() + shift, reference.type(), reference.nullable(), reference.name())));
        }
        return CompiledProjection.of(expressions, in, out);
    }

    /** The columns of the results, named by the calls. */
    public Schema resultSchema() {
        return new Schema(calls.stream()
                .map(call -> new Field(
                        call.name(), call.function().type(), call.function().nullable(), false))
                .toList());
    }

    int firstArgument(int call) {
        return firstArguments[call];
    }

    CompiledProjection arguments() {
        if (arguments == null) {
            throw new IllegalStateException("These aggregates were compiled for merging, not for rows");
        }
        return arguments;
    }

    @Nullable
    CompiledFilter filter(int call) {
        return filters.get(call);
    }

    GeneratedLoop loop(Fold fold) {
        LoopClass loops = fold == Fold.UPDATE ? update : fold == Fold.MERGE ? merge : retract;
        if (loops == null) {
            throw new IllegalStateException("Rows cannot be taken out of these aggregates: "
                    + calls.stream().map(call -> call.function().name()).toList());
        }
        return loops.create();
    }
}
