// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the bytes of a file into records of one length. Not thread-safe. */
final class FixedRecords {

    private final int length;
    private byte[] carried = {};
    private long position;

    /**
     * Nothing has come yet.
     *
     * @param position where the first byte stands in the file
     */
    FixedRecords(int length, long position) {
        this.length = length;
        this.position = position;
    }

    /** The records that are whole with these bytes. */
    List<byte[]> add(byte[] bytes) {
        byte[] all = bytes;
        if (carried.length > 0) {
            all = Arrays.copyOf(carried, carried.length + bytes.length);
            System.arraycopy(bytes, 0, all, carried.length, bytes.length);
        }
        List<byte[]> records = new ArrayList<>(all.length / length);
        int from = 0;
        while (all.length - from >= length) {
            records.add(Arrays.copyOfRange(all, from, from + length));
            from += length;
        }
        carried = Arrays.copyOfRange(all, from, all.length);
        position += from;
        return records;
    }

    /** Where the first byte that is in no record yet stands in the file. */
    long position() {
        return position;
    }

    /** How many bytes are in no record yet. */
    int rest() {
        return carried.length;
    }
}
