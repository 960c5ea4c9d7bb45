// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.Utf8Column;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.library.Regex;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row per piece of a text, as {@code explode(split(text, separator))}, where the separator is itself and no regular expression. The
 * pieces are slices of the bytes of the texts: nothing is copied, and there is no object per piece. Immutable; for many threads.
 */
final class SplitTexts {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

    private final CompiledProjection texts;
    private final byte[] separator;

    private SplitTexts(CompiledProjection texts, byte[] separator) {
        this.texts = texts;
        this.separator = separator;
    }

    /**
     * The pieces of some texts.
     *
     * @param rows the row of each piece
     * @param count how many pieces there are
     * @param column the pieces
     */
    record Pieces(int[] rows, int count, Utf8Column column) {}

    /** What does the work of a step over rows of this schema, or null if the step is not of this kind. */
    static @Nullable SplitTexts of(QueryPlan.Generate step, Schema in) {
        if (step.position()
                || step.inline()
                || step.outer()
                || !(step.collection() instanceof Expression.Call call)
                || !(call.function().target() instanceof Regex)
                || !call.function().name().equals("split")
                || call.arguments().size() != 2
                || !(call.arguments().get(1) instanceof Expression.Literal literal)
                || !(literal.value() instanceof Utf8 separator)
                || !Regex.isPlain(separator)) {
            return null;
        }
        CompiledProjection texts = CompiledProjection.of(
                List.of(call.arguments().get(0)), in, new Schema(List.of(Field.of("text", AtomicType.STRING))));
        byte[] bytes = Arrays.copyOfRange(separator.bytes(), separator.start(), separator.start() + separator.length());
        return new SplitTexts(texts, bytes);
    }

    /** The pieces of the texts of some rows; a text that is null has none. */
    Pieces apply(ColumnBatch batch) {
        Utf8Column column = (Utf8Column) texts.apply(batch).column(0);
        Cutting cutting = new Cutting(column.bytes(), separator, 16 + 8 * batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            if (!column.isNull(row)) {
                int start = column.starts()[row];
                cutting.cut(row, start, start + column.lengths()[row]);
            }
        }
        return cutting.pieces();
    }

    private static final class Cutting {

        private final byte[] bytes;
        private final byte[] separator;
        private final long pattern;
        private int[] rows;
        private int[] starts;
        private int[] lengths;
        private int count;

        Cutting(byte[] bytes, byte[] separator, int capacity) {
            this.bytes = bytes;
            this.separator = separator;
            this.pattern = ONES * (separator[0] & 0xFF);
            this.rows = new int[capacity];
            this.starts = new int[capacity];
            this.lengths = new int[capacity];
        }

        /** Cuts one text. Room for as many pieces as it could have is made before. */
        void cut(int row, int start, int end) {
            int most = count + end - start + 1;
            if (most > starts.length) {
                grow(most);
            }
            int from = separator.length == 1 ? cutAtByte(row, start, end) : cutAtBytes(row, start, end);
            piece(row, from, end);
        }

        /** Cuts at a separator of one byte, looking at eight bytes at a time; answers where the last piece starts. */
        private int cutAtByte(int row, int start, int end) {
            int from = start;
            int at = start;
            for (; at + Long.BYTES <= end; at += Long.BYTES) {
                long word = (long) LONGS.get(bytes, at) ^ pattern;
                long found = ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
                while (found != 0) {
                    int place = at + (Long.numberOfTrailingZeros(found) >>> 3);
                    piece(row, from, place);
                    from = place + 1;
                    found &= found - 1;
                }
            }
            for (; at < end; at++) {
                if (bytes[at] == separator[0]) {
                    piece(row, from, at);
                    from = at + 1;
                }
            }
            return from;
        }

        private int cutAtBytes(int row, int start, int end) {
            int from = start;
            int at = start;
            while (at + separator.length <= end) {
                if (bytes[at] == separator[0]
                        && Arrays.equals(bytes, at, at + separator.length, separator, 0, separator.length)) {
                    piece(row, from, at);
                    from = at + separator.length;
                    at = from;
                } else {
                    at++;
                }
            }
            return from;
        }

        private void piece(int row, int from, int to) {
            rows[count] = row;
            starts[count] = from;
            lengths[count++] = to - from;
        }

        private void grow(int needed) {
            int capacity = Math.max(needed, starts.length + (starts.length >> 1));
            rows = Arrays.copyOf(rows, capacity);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }

        Pieces pieces() {
            return new Pieces(rows, count, new Utf8Column(bytes, starts, lengths, false, null));
        }
    }
}
