// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.expression.Accumulators;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.CompiledAggregates;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The aggregates of a step, compiled: rows become buffers, buffers are merged, buffers become results. What travels and what is merged are rows of
 * some leading columns (the keys), then the buffers of all aggregates. Immutable; for many threads.
 */
final class AggregateCode {

    private final int[] keyPlaces;
    private final int[] leadingPlaces;
    private final int[] bufferPlaces;
    private final Schema leading;
    private final Schema partials;
    private final List<DataType> keyTypes;
    private final CompiledAggregates aggregates;
    private final CompiledProjection result;

    /**
     * Compiles the aggregates of a step.
     *
     * @param in the columns of the rows
     * @param keys the places of the columns that come first in the result
     * @param out the columns of the result
     */
    AggregateCode(Schema in, List<Integer> keys, List<AggregateCall> calls, Schema out) {
        this.keyPlaces = keys.stream().mapToInt(Integer::intValue).toArray();
        this.leading = new Schema(keys.stream().map(in::field).toList());
        this.keyTypes = leading.fields().stream().map(Field::type).toList();
        this.aggregates = CompiledAggregates.of(calls, in);
        List<Field> fields = new ArrayList<>(leading.fields());
        fields.addAll(buffers().fields());
        this.partials = new Schema(fields);
        this.leadingPlaces = IntStream.range(0, keyPlaces.length).toArray();
        this.bufferPlaces = IntStream.range(keyPlaces.length, fields.size()).toArray();
        this.result = aggregates.results(partials, out);
    }

    /** How many leading columns there are. */
    int keys() {
        return keyPlaces.length;
    }

    /** The places of the leading columns among those of the rows. */
    int[] keyPlaces() {
        return keyPlaces;
    }

    /** The types of the leading columns. */
    List<DataType> keyTypes() {
        return keyTypes;
    }

    /** Accumulators with no group. */
    Accumulators accumulators() {
        return aggregates.accumulators();
    }

    /** The leading columns. */
    Schema leading() {
        return leading;
    }

    /** The buffers alone. */
    Schema buffers() {
        return aggregates.bufferSchema();
    }

    /** The leading columns and the buffers. */
    Schema partials() {
        return partials;
    }

    /** Some rows as one row of keys and buffers per key, in order of first appearance. */
    ColumnBatch aggregate(ColumnBatch rows) {
        int[] groups = new int[rows.rows()];
        int count = assign(rows, keyPlaces, groups);
        return keysOf(rows, keyPlaces, groups, count).beside(update(rows, groups, count), partials);
    }

    /** The buffers of groups of rows, in order of the groups; a group may have no rows. */
    ColumnBatch update(ColumnBatch rows, int[] groups, int count) {
        Accumulators accumulators = accumulators();
        accumulators.ensure(count);
        accumulators.update(groups, rows);
        return accumulators.exportAll();
    }

    /** Rows of keys and buffers as one per key, in order of first appearance. */
    ColumnBatch grouped(ColumnBatch rows) {
        if (rows.rows() <= 1) {
            return rows;
        }
        int[] groups = new int[rows.rows()];
        int count = assign(rows, leadingPlaces, groups);
        if (count == rows.rows()) {
            return rows;
        }
        return keysOf(rows, leadingPlaces, groups, count).beside(fold(buffersOf(rows), groups, count), partials);
    }

    /** The buffers of each group in one row, in order of the groups. */
    ColumnBatch fold(ColumnBatch buffers, int[] groups, int count) {
        Accumulators accumulators = accumulators();
        accumulators.ensure(count);
        accumulators.merge(groups, buffers, 0);
        return accumulators.exportAll();
    }

    /** The buffers of two batches, row by row in one. */
    ColumnBatch merge(ColumnBatch left, ColumnBatch right) {
        int[] groups = IntStream.range(0, left.rows()).toArray();
        Accumulators accumulators = accumulators();
        accumulators.load(groups, left, 0);
        accumulators.merge(groups, right, 0);
        return accumulators.exportAll();
    }

    /** What travels of a group without rows, where there are no keys. */
    ColumnBatch nothing() {
        Accumulators accumulators = accumulators();
        accumulators.ensure(1);
        return accumulators.exportAll().withSchema(partials);
    }

    /** The leading columns of rows of keys and buffers. */
    ColumnBatch leadingOf(ColumnBatch rows) {
        return rows.project(leadingPlaces, leading);
    }

    /** The buffers of rows of keys and buffers. */
    ColumnBatch buffersOf(ColumnBatch rows) {
        return rows.project(bufferPlaces, buffers());
    }

    /** The results of rows of leading columns and buffers. */
    ColumnBatch result(ColumnBatch rows) {
        return result.apply(rows);
    }

    private int assign(ColumnBatch rows, int[] places, int[] groups) {
        if (places.length == 0) {
            return Math.min(1, rows.rows());
        }
        GroupIndex index = new GroupIndex(keyTypes);
        System.arraycopy(index.assign(rows, places), 0, groups, 0, groups.length);
        return index.size();
    }

    private ColumnBatch keysOf(ColumnBatch rows, int[] places, int[] groups, int count) {
        return rows.project(places, leading).select(firstRows(groups, count), count);
    }

    /** The first row of each group. */
    static int[] firstRows(int[] groups, int count) {
        int[] first = new int[count];
        Arrays.fill(first, -1);
        for (int row = 0; row < groups.length; row++) {
            if (first[groups[row]] < 0) {
                first[groups[row]] = row;
            }
        }
        return first;
    }

    /** All rows of keys and buffers of some parts, one per key. */
    ColumnBatch grouped(List<Part> parts) {
        return grouped(
                ColumnBatch.concat(partials, parts.stream().map(Part::rows).toList()));
    }
}
