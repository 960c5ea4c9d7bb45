// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the runs of bytes of a block that is being filled. */
public final class OriginsBuilder {

    private final List<String> names = new ArrayList<>();
    private int[] starts = new int[4];
    private long[] positions = new long[4];
    private long expected = -1;

    /** Bytes that follow those already there. */
    public void add(String name, int start, long position, int length) {
        int runs = names.size();
        boolean continues =
                runs > 0 && position == expected && names.get(runs - 1).equals(name);
        expected = position + length;
        if (continues) {
            return;
        }
        if (runs == starts.length) {
            starts = Arrays.copyOf(starts, runs * 2);
            positions = Arrays.copyOf(positions, runs * 2);
        }
        names.add(name);
        starts[runs] = start;
        positions[runs] = position;
    }

    /** The runs so far; begins anew. */
    public Origins build() {
        int runs = names.size();
        Origins origins = new Origins(names, Arrays.copyOf(starts, runs), Arrays.copyOf(positions, runs));
        names.clear();
        expected = -1;
        return origins;
    }
}
