// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBuilder;
import io.millrace.table.data.DoubleColumn;
import io.millrace.table.data.FloatColumn;
import io.millrace.table.data.IntColumn;
import io.millrace.table.data.LongColumn;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The buffers of some aggregates for many groups, in arrays. Groups are counted from 0. For one thread. */
public final class Accumulators {

    private final CompiledAggregates aggregates;
    private final DataType[] types;
    private final @Nullable Object[] initial;
    private final Object[] values;
    private final boolean[][] nulls;
    private int groups;
    private int capacity;

    Accumulators(CompiledAggregates aggregates) {
        this.aggregates = aggregates;
        int count = aggregates.bufferSchema().size();
        types = new DataType[count];
        initial = new @Nullable Object[count];
        values = new Object[count];
        nulls = new boolean[count][0];
        int buffer = 0;
        for (AggregateCall call : aggregates.calls()) {
            BoundAggregate function = call.function();
            for (int k = 0; k < function.buffers().size(); k++, buffer++) {
                types[buffer] = function.buffers().get(k);
                initial[buffer] = held(types[buffer], function.initial().get(k).value());
                values[buffer] = Array.newInstance(element(types[buffer]), 0);
            }
        }
    }

    /** How many groups there are. */
    public int groups() {
        return groups;
    }

    /** Makes room for groups up to this number, less one; those that were not there start with no row. */
    public void ensure(int count) {
        if (count > capacity) {
            int room = Math.max(count, Math.max(16, capacity + (capacity >> 1)));
            for (int i = 0; i < values.length; i++) {
                Object grown = Array.newInstance(element(types[i]), room);
                System.arraycopy(values[i], 0, grown, 0, groups);
                values[i] = grown;
                nulls[i] = Arrays.copyOf(nulls[i], room);
            }
            capacity = room;
        }
        if (count > groups) {
            reset(groups, count);
            groups = count;
        }
    }

    /** Makes a group as if no row had come. */
    public void reset(int group) {
        reset(group, group + 1);
    }

    /** Forgets all groups. */
    public void clear() {
        groups = 0;
    }

    /**
     * Folds rows into their groups, for all aggregates. The filters of the calls are applied; rows of a negative group do not count.
     *
     * @throws io.millrace.table.QueryExecutionException as {@link CompiledProjection#apply}, or where a sum is too large
     */
    public void update(int[] groupOfRow, ColumnBatch batch) {
        rows(CompiledAggregates.Fold.UPDATE, 0, aggregates.calls().size(), groupOfRow, batch);
    }

    /** Folds rows into their groups, for one aggregate, as those that count only distinct arguments need it. */
    public void update(int call, int[] groupOfRow, ColumnBatch batch) {
        rows(CompiledAggregates.Fold.UPDATE, call, call + 1, groupOfRow, batch);
    }

    /** Takes rows out of their groups, for all aggregates. */
    public void retract(int[] groupOfRow, ColumnBatch batch) {
        rows(CompiledAggregates.Fold.RETRACT, 0, aggregates.calls().size(), groupOfRow, batch);
    }

    /** Takes rows out of their groups, for one aggregate. */
    public void retract(int call, int[] groupOfRow, ColumnBatch batch) {
        rows(CompiledAggregates.Fold.RETRACT, call, call + 1, groupOfRow, batch);
    }

    /**
     * Merges buffers that were exported elsewhere into groups.
     *
     * @param first the place of the first column of buffers in the batch
     */
    public void merge(int[] groupOfRow, ColumnBatch partial, int first) {
        Column[] columns = Arrays.copyOfRange(partial.columns(), first, first + types.length);
        ensureFor(groupOfRow, partial.rows());
        fold(CompiledAggregates.Fold.MERGE, 0, aggregates.calls().size(), groupOfRow, columns, partial.rows());
    }

    /** Sets the buffers of groups to what was exported, from the column {@code first} on. */
    public void load(int[] groupOfRow, ColumnBatch buffers, int first) {
        ensureFor(groupOfRow, buffers.rows());
        for (int i = 0; i < types.length; i++) {
            Column column = buffers.column(first + i);
            for (int row = 0; row < buffers.rows(); row++) {
                set(i, groupOfRow[row], column.get(row));
            }
        }
    }

    /** Sets the buffers of a group from boxed values. */
    public void load(int group, @Nullable Object[] buffers) {
        ensure(group + 1);
        for (int i = 0; i < types.length; i++) {
            set(i, group, buffers[i]);
        }
    }

    /** The buffers of some groups as columns of {@link CompiledAggregates#bufferSchema}. */
    public ColumnBatch export(int[] chosen, int count) {
        Column[] columns = new Column[types.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = export(i, chosen, count);
        }
        return new ColumnBatch(aggregates.bufferSchema(), columns, count);
    }

    /** The buffers of all groups. */
    public ColumnBatch exportAll() {
        int[] all = new int[groups];
        Arrays.setAll(all, i -> i);
        return export(all, groups);
    }

    private Column export(int buffer, int[] chosen, int count) {
        boolean[] gathered = null;
        for (int i = 0; i < count; i++) {
            if (nulls[buffer][chosen[i]]) {
                gathered = gathered == null ? new boolean[count] : gathered;
                gathered[i] = true;
            }
        }
        Object array = values[buffer];
        if (array instanceof long[] longs) {
            return new LongColumn(longs, null).gather(chosen, count).withNulls(gathered);
        } else if (array instanceof int[] ints) {
            return new IntColumn(ints, types[buffer] == AtomicType.BOOLEAN, null)
                    .gather(chosen, count)
                    .withNulls(gathered);
        } else if (array instanceof double[] doubles) {
            return new DoubleColumn(doubles, null).gather(chosen, count).withNulls(gathered);
        } else if (array instanceof float[] floats) {
            return new FloatColumn(floats, null).gather(chosen, count).withNulls(gathered);
        }
        ColumnBuilder builder = ColumnBuilder.of(types[buffer], count);
        for (int i = 0; i < count; i++) {
            Object value = nulls[buffer][chosen[i]] ? null : ((Object[]) array)[chosen[i]];
            builder.append(value instanceof Growing growing ? growing.toValue() : value);
        }
        return builder.build();
    }

    private void rows(CompiledAggregates.Fold fold, int from, int to, int[] groupOfRow, ColumnBatch batch) {
        ensureFor(groupOfRow, batch.rows());
        Column[] columns = aggregates.arguments().apply(batch).columns();
        int call = from;
        while (call < to) {
            CompiledFilter filter = aggregates.filter(call);
            if (filter != null) {
                fold(fold, call, call + 1, only(filter, groupOfRow, batch), columns, batch.rows());
                call++;
                continue;
            }
            int end = call + 1;
            while (end < to && aggregates.filter(end) == null) {
                end++;
            }
            fold(fold, call, end, groupOfRow, columns, batch.rows());
            call = end;
        }
    }

    private void fold(CompiledAggregates.Fold fold, int from, int to, int[] groupOfRow, Column[] columns, int rows) {
        if (from == to || rows == 0) {
            return;
        }
        GeneratedLoop loop = aggregates.loop(fold);
        loop.bind(columns, columns);
        loop.buffers(values, nulls);
        try {
            for (int call = from; call < to; call++) {
                loop.fold(call, groupOfRow, rows);
            }
        } catch (Exception e) {
            throw LoopClass.rethrown(e);
        }
    }

    /** The groups of the rows for which a filter is true; -1 for the others. */
    private static int[] only(CompiledFilter filter, int[] groupOfRow, ColumnBatch batch) {
        int[] places = new int[batch.rows()];
        int count = filter.select(batch, places);
        int[] chosen = new int[batch.rows()];
        Arrays.fill(chosen, -1);
        for (int i = 0; i < count; i++) {
            chosen[places[i]] = groupOfRow[places[i]];
        }
        return chosen;
    }

    private void ensureFor(int[] groupOfRow, int rows) {
        int greatest = -1;
        for (int i = 0; i < rows; i++) {
            greatest = Math.max(greatest, groupOfRow[i]);
        }
        ensure(greatest + 1);
    }

    private void reset(int from, int to) {
        for (int i = 0; i < values.length; i++) {
            Object value = initial[i];
            Arrays.fill(nulls[i], from, to, value == null);
            Object array = values[i];
            if (array instanceof long[] longs) {
                Arrays.fill(longs, from, to, value == null ? 0 : (Long) value);
            } else if (array instanceof int[] ints) {
                Arrays.fill(ints, from, to, value == null ? 0 : (Integer) value);
            } else if (array instanceof double[] doubles) {
                Arrays.fill(doubles, from, to, value == null ? 0 : (Double) value);
            } else if (array instanceof float[] floats) {
                Arrays.fill(floats, from, to, value == null ? 0 : (Float) value);
            } else {
                Arrays.fill((Object[]) array, from, to, value);
            }
        }
    }

    private void set(int buffer, int group, @Nullable Object value) {
        nulls[buffer][group] = value == null;
        Object held = held(types[buffer], value);
        if (held != null) {
            Array.set(values[buffer], group, held);
        } else if (values[buffer] instanceof Object[] objects) {
            objects[group] = null;
        }
    }

    private static @Nullable Object held(DataType type, @Nullable Object value) {
        return type == AtomicType.BOOLEAN && value instanceof Boolean truth ? Integer.valueOf(truth ? 1 : 0) : value;
    }

    private static Class<?> element(DataType type) {
        String java = Forms.java(type);
        return switch (java) {
            case "boolean", "int" -> int.class;
            case "long" -> long.class;
            case "float" -> float.class;
            case "double" -> double.class;
            default -> Object.class;
        };
    }
}
