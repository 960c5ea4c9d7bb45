// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way from a task to an output.
 *
 * @param output the output's node
 * @param level the level of the task
 * @param ordinal the number of the block or partition they come from, by which they are put in order
 * @param records the records
 */
public record Collected(int output, int level, int ordinal, List<@Nullable Object> records)
        implements Comparable<Collected> {

    @Override
    public int compareTo(Collected other) {
        int byLevel = Integer.compare(level, other.level);
        return byLevel != 0 ? byLevel : Integer.compare(ordinal, other.ordinal);
    }
}
