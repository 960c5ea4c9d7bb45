// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.ManyRecords;
import io.millrace.operator.WireForm;
import io.millrace.table.data.BatchBytes;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.expression.Accumulators;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one task and batch on their way to one partition, folded into one row per group as they come. One that has come from another
 * process is only what was folded there, and folds no more. For one thread at a time.
 */
final class GroupFold implements ManyRecords {

    /** How it goes to another process: how many groups, the hashes of their keys, their rows. */
    static final WireForm<GroupFold> WIRE = new WireForm<>() {
        @Override
        public byte[] toBytes(GroupFold fold) {
            Part part = fold.part();
            byte[] rows = BatchBytes.encode(part.rows());
            ByteBuffer out = ByteBuffer.allocate(Math.addExact(Integer.BYTES * (1 + part.size()), rows.length));
            out.putInt(part.size());
            for (int row = 0; row < part.size(); row++) {
                out.putInt(part.hashes()[row]);
            }
            return out.put(rows).array();
        }

        @Override
        public GroupFold fromBytes(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int size = bytes.length < Integer.BYTES ? -1 : in.getInt();
            if (size < 0 || size > in.remaining() / Integer.BYTES) {
                throw new IllegalArgumentException(
                        "folded rows begin with how many there are and a hash of each, but these are " + bytes.length
                                + " bytes");
            }
            int[] hashes = new int[size];
            for (int row = 0; row < size; row++) {
                hashes[row] = in.getInt();
            }
            ColumnBatch rows = BatchBytes.decode(Arrays.copyOfRange(bytes, in.position(), bytes.length));
            if (rows.rows() != size) {
                throw new IllegalArgumentException("there are " + size + " hashes for " + rows.rows() + " folded rows");
            }
            return new GroupFold(null, new Part(hashes, rows));
        }
    };

    private final @Nullable Folding folding;
    private final @Nullable Part folded;

    private GroupFold(@Nullable Folding folding, @Nullable Part folded) {
        this.folding = folding;
        this.folded = folded;
    }

    /** Nothing folded yet. */
    GroupFold(AggregateCode code) {
        this(new Folding(code), null);
    }

    /** Folds some rows, of the columns that come in. */
    GroupFold addRaw(Part part) {
        open().addRaw(part);
        return this;
    }

    /** Folds rows of keys and buffers. */
    GroupFold add(Part part) {
        open().add(part);
        return this;
    }

    /** The same, or one with the same rows that folds further. */
    GroupFold open(AggregateCode code) {
        return folding != null ? this : new GroupFold(code).add(part());
    }

    /** How many groups there are. */
    @Override
    public int records() {
        return folded != null ? folded.size() : open().size();
    }

    /** A row of keys and buffers per group. */
    Part part() {
        return folded != null ? folded : open().part();
    }

    private Folding open() {
        if (folding == null) {
            throw new IllegalStateException("what came from another process folds no more");
        }
        return folding;
    }

    /** The groups and what is gathered of each. */
    private static final class Folding {

        private final AggregateCode code;
        private final int[] keys;
        private final GroupIndex index;
        private final Accumulators accumulators;
        private int[] hashes = new int[64];

        Folding(AggregateCode code) {
            this.code = code;
            this.keys = code.keyPlaces();
            this.index = new GroupIndex(code.keyTypes());
            this.accumulators = code.accumulators();
        }

        void addRaw(Part part) {
            ColumnBatch rows = part.rows();
            Column[] columns = new Column[keys.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = rows.column(keys[i]);
            }
            accumulators.update(groups(columns, part), rows);
        }

        void add(Part part) {
            Column[] columns = Arrays.copyOf(part.rows().columns(), keys.length);
            accumulators.merge(groups(columns, part), part.rows(), keys.length);
        }

        int size() {
            return index.size();
        }

        private int[] groups(Column[] columns, Part part) {
            int before = index.size();
            int[] groups = index.assign(columns, part.size(), part.hashes());
            note(groups, part.hashes(), before);
            accumulators.ensure(index.size());
            return groups;
        }

        private void note(int[] groups, int[] hashOfRow, int before) {
            int size = index.size();
            if (size > hashes.length) {
                hashes = Arrays.copyOf(hashes, Math.max(size, 2 * hashes.length));
            }
            for (int row = 0, next = before; next < size; row++) {
                if (groups[row] == next) {
                    hashes[next++] = hashOfRow[row];
                }
            }
        }

        Part part() {
            GroupIndex.Keys found = index.keys();
            ColumnBatch leading = new ColumnBatch(code.leading(), found.columnsOf(), found.size());
            ColumnBatch rows = leading.beside(accumulators.exportAll(), code.partials());
            return new Part(Arrays.copyOf(hashes, rows.rows()), rows);
        }
    }
}
