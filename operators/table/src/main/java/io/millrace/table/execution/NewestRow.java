// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.RecordPlace;
import io.millrace.table.RowForm;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.Utf8Column;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The row with the latest event time of those that have passed a watermark: what the watermark hangs on.
 *
 * @param micros its event time, in microseconds since 1970
 * @param block the block of the engine it came in, such as {@code input-0-0-17}: the input of the job, the life of its receiver, the
 *     number of the block; {@code -} if it came through an exchange
 * @param record the number of the engine's record in the block, from 0, which may hold many rows; -1 if it came through an exchange
 * @param position where the source had it; {@code -} if unknown
 * @param row its number, from 0, among the rows of that record that got to the watermark
 * @param text the row with the columns that the query reads, cut to a bounded length
 */
public record NewestRow(long micros, String block, long record, String position, int row, String text) {

    /**
     * Those of all watermarks of a query, as they are remembered.
     *
     * @param rows by the number of the watermark
     */
    record All(List<NewestRow> rows) {
        public All {
            rows = List.copyOf(rows);
        }
    }

    /** No row has passed. */
    public static final NewestRow NONE = new NewestRow(Long.MIN_VALUE, "-", -1, "-", -1, "");

    /** The first columns of plain types, and of texts the beginning, are what is shown of a row. */
    private static final int SHOWN_COLUMNS = 8;

    private static final int SHOWN_LENGTH = 200;

    /** A row of a batch. */
    static NewestRow of(ColumnBatch batch, int row, long micros, RecordPlace place) {
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < batch.columns().length && columns.size() < SHOWN_COLUMNS; i++) {
            Field field = batch.schema().field(i);
            if (field.type() instanceof AtomicType || field.eventTime()) {
                fields.add(field);
                columns.add(shown(batch.column(i), row));
            }
        }
        ColumnBatch one = new ColumnBatch(new Schema(fields), columns.toArray(new Column[0]), 1);
        String text = RowForm.rows(one).get(0).toString();
        return new NewestRow(
                micros,
                place.block(),
                place.ordinal(),
                place.position(),
                row,
                text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…");
    }

    /** One entry of a column, a text without what is behind the part that is shown. */
    private static Column shown(Column column, int row) {
        if (column instanceof Utf8Column texts && texts.lengths()[row] > SHOWN_LENGTH && !texts.isNull(row)) {
            return new Utf8Column(
                    texts.bytes(), new int[] {texts.starts()[row]}, new int[] {SHOWN_LENGTH}, texts.isBinary(), null);
        }
        return column.gather(new int[] {row}, 1);
    }

    /** Of two rows of a batch the later one; of those of one time the one that is first by its place, whichever is told first. */
    private static NewestRow later(NewestRow one, NewestRow other) {
        if (one.micros != other.micros) {
            return one.micros > other.micros ? one : other;
        }
        int byBlock = one.block.compareTo(other.block);
        if (byBlock != 0) {
            return byBlock < 0 ? one : other;
        }
        if (one.record != other.record) {
            return one.record < other.record ? one : other;
        }
        return one.row <= other.row ? one : other;
    }

    /**
     * Those of all watermarks after a batch; of rows of one time the first that came stays.
     *
     * @param known those before, by the number of the watermark; perhaps none yet
     * @param controls what came in the batch, in any order
     */
    static List<NewestRow> after(List<NewestRow> known, List<QueryControl> controls) {
        List<NewestRow> came = new ArrayList<>();
        for (QueryControl control : controls) {
            if (control instanceof QueryControl.Passed passed && passed.newest().micros != NONE.micros) {
                grow(came, passed.node());
                came.set(passed.node(), later(came.get(passed.node()), passed.newest()));
            }
        }
        List<NewestRow> after = new ArrayList<>(known);
        grow(after, came.size() - 1);
        for (int node = 0; node < came.size(); node++) {
            if (came.get(node).micros > after.get(node).micros) {
                after.set(node, came.get(node));
            }
        }
        return after;
    }

    private static void grow(List<NewestRow> rows, int last) {
        while (rows.size() <= last) {
            rows.add(NONE);
        }
    }
}
