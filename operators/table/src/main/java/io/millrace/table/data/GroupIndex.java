// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers the different keys of rows, from 0 in the order in which they come. For one thread. */
public final class GroupIndex {

    private final ColumnBuilder[] builders;
    private final List<DataType> types;
    private final @Nullable TextIndex texts;
    private int[] table = new int[64];
    private int[] hashes = new int[32];
    private Column[] columns = new Column[0];
    private int seen;
    private int groups;

    /** For keys of these types. */
    public GroupIndex(List<DataType> types) {
        this.types = List.copyOf(types);
        builders = new ColumnBuilder[types.size()];
        for (int i = 0; i < builders.length; i++) {
            builders[i] = ColumnBuilder.of(types.get(i), 32);
        }
        texts = builders.length == 1 && builders[0] instanceof Utf8Builder builder ? new TextIndex(builder) : null;
    }

    /** How many different keys have come. */
    public int size() {
        return texts == null ? groups : builders[0].size();
    }

    /** The group of each row of a batch; keys that were not there get the next numbers. */
    public int[] assign(ColumnBatch batch, int[] keys) {
        Column[] chosen = new Column[keys.length];
        for (int i = 0; i < keys.length; i++) {
            chosen[i] = batch.column(keys[i]);
        }
        return assign(chosen, batch.rows());
    }

    /** The group of each row of some columns; keys that were not there get the next numbers. */
    public int[] assign(Column[] keys, int rows) {
        return assign(keys, rows, keys.length == 0 ? new int[0] : ValueHash.hashes(keys, rows));
    }

    /** The same where the hashes of the rows, of {@link ValueHash}, are known. */
    public int[] assign(Column[] keys, int rows, int[] rowHashes) {
        int[] result = new int[rows];
        if (keys.length == 0) {
            groups = rows > 0 ? 1 : groups;
            return result;
        }
        if (texts != null) {
            texts.assign((Utf8Column) keys[0], rowHashes, rows, result);
            return result;
        }
        columns = views();
        seen = groups;
        int[] firsts = new int[16];
        for (int row = 0; row < rows; row++) {
            int group = find(keys, row, rowHashes[row], firsts);
            if (group < 0) {
                group = groups;
                if (group - seen >= firsts.length) {
                    firsts = Arrays.copyOf(firsts, 2 * firsts.length);
                }
                firsts[group - seen] = row;
                add(keys, row, rowHashes[row]);
            }
            result[row] = group;
        }
        return result;
    }

    /** The keys in the order of their numbers. */
    public Keys keys() {
        Column[] built = new Column[builders.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = builders[i].build();
        }
        return new Keys(built, size());
    }

    /** The keys as they are now; nothing is copied. */
    private Column[] views() {
        Column[] built = new Column[builders.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = builders[i].view();
        }
        return built;
    }

    /**
     * The different keys.
     *
     * @param columnsOf one column per part of the key
     * @param size how many keys there are
     */
    public record Keys(Column[] columnsOf, int size) {}

    /** The types of the parts of a key. */
    public List<DataType> types() {
        return types;
    }

    private int find(Column[] keys, int row, int hash, int[] firsts) {
        int mask = table.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            int group = table[slot] - 1;
            if (group < 0) {
                return -1;
            }
            if (hashes[group] == hash && same(keys, row, group, firsts)) {
                return group;
            }
        }
    }

    private boolean same(Column[] keys, int row, int group, int[] firsts) {
        boolean old = group < seen;
        int other = old ? group : firsts[group - seen];
        Column[] others = old ? columns : keys;
        for (int i = 0; i < keys.length; i++) {
            if (!ValueOrder.equal(keys[i], row, others[i], other)) {
                return false;
            }
        }
        return true;
    }

    private void add(Column[] keys, int row, int hash) {
        for (int i = 0; i < keys.length; i++) {
            builders[i].appendFrom(keys[i], row);
        }
        if (groups == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        hashes[groups++] = hash;
        if (2 * groups > table.length) {
            table = new int[2 * table.length];
            for (int group = 0; group < groups; group++) {
                put(group);
            }
        } else {
            put(groups - 1);
        }
    }

    private void put(int group) {
        int mask = table.length - 1;
        int slot = hashes[group] & mask;
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = group + 1;
    }
}
