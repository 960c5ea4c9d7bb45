// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBuilder;
import io.millrace.table.data.MapValue;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes of each row as many as a collection of it has elements. */
final class GenerateRows implements UnaryOperator<ColumnBatch> {

    private final @Nullable CompiledProjection collection;
    private final @Nullable SplitTexts split;
    private final QueryPlan.Generate step;
    private final KeptColumns kept;
    private final TimeWindows.Columns columns;
    private final int before;

    GenerateRows(QueryPlan.Generate step, boolean changes) {
        this(step, KeptColumns.all(step), changes);
    }

    /**
     * A step that leaves out columns of its input that nobody reads behind it.
     *
     * @param read the places of those that are read
     */
    GenerateRows(QueryPlan.Generate step, int[] read, boolean changes) {
        Schema in = changes ? Changes.with(step.input().schema()) : step.input().schema();
        this.step = step;
        this.before = step.input().schema().size();
        this.split = SplitTexts.of(step, in);
        this.collection = split != null
                ? null
                : CompiledProjection.of(
                        List.of(step.collection()),
                        in,
                        new Schema(
                                List.of(Field.of("collection", step.collection().type()))));
        this.kept = new KeptColumns(step.input().schema(), read, changes);
        Schema out = KeptColumns.schema(step, read);
        this.columns = new TimeWindows.Columns(changes ? Changes.with(out) : out, changes);
    }

    @Override
    public ColumnBatch apply(ColumnBatch batch) {
        ColumnBatch passed = kept.of(batch);
        if (split != null) {
            SplitTexts.Pieces pieces = split.apply(batch);
            return columns.put(passed, pieces.rows(), pieces.count(), pieces.column());
        }
        Rows rows = generated(batch, Objects.requireNonNull(collection));
        return columns.put(passed, rows.places, rows.count, rows.build());
    }

    private Rows generated(ColumnBatch batch, CompiledProjection collection) {
        Column collections = collection.apply(batch).column(0);
        Rows rows = new Rows(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            Object value = collections.get(row);
            if (value instanceof MapValue map && map.size() > 0) {
                for (int i = 0; i < map.size(); i++) {
                    rows.add(row, i, map.keys()[i], map.values()[i]);
                }
            } else if (value instanceof Object[] elements && elements.length > 0) {
                for (int i = 0; i < elements.length; i++) {
                    rows.addElement(row, i, elements[i]);
                }
            } else if (step.outer()) {
                rows.addNone(row);
            }
        }
        return rows;
    }

    private final class Rows {

        private final ColumnBuilder[] builders;
        private final int first;
        private int[] places;
        private int count;

        Rows(int capacity) {
            places = new int[Math.max(16, capacity)];
            builders = new ColumnBuilder[step.schema().size() - before];
            first = step.position() ? 1 : 0;
            for (int i = 0; i < builders.length; i++) {
                builders[i] = ColumnBuilder.of(step.schema().field(before + i).type(), places.length);
            }
        }

        void add(int row, int position, @Nullable Object... values) {
            at(row, position);
            for (int i = 0; i < values.length; i++) {
                builders[first + i].append(values[i]);
            }
        }

        void addElement(int row, int position, @Nullable Object element) {
            at(row, position);
            if (!step.inline()) {
                builders[first].append(element);
                return;
            }
            for (int i = first; i < builders.length; i++) {
                builders[i].append(element instanceof Object[] fields ? fields[i - first] : null);
            }
        }

        void addNone(int row) {
            at(row, null);
            for (int i = first; i < builders.length; i++) {
                builders[i].appendNull();
            }
        }

        private void at(int row, @Nullable Integer position) {
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
            }
            places[count++] = row;
            if (first == 1) {
                builders[0].append(position);
            }
        }

        Column[] build() {
            Column[] built = new Column[builders.length];
            for (int i = 0; i < built.length; i++) {
                built[i] = builders[i].build();
            }
            return built;
        }
    }
}
