// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.operator.BatchTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came into a job in one batch and what went out of it.
 *
 * @param time the batch
 * @param inputs the records of each input by its name, in the order in which they were processed
 * @param outputs the records of each output by its name; an output that had no batch at this time, or failed, is missing
 */
public record RecordedBatch(
        BatchTime time, Map<String, List<@Nullable Object>> inputs, Map<String, List<@Nullable Object>> outputs) {

    /** Copies the maps and lists. */
    public RecordedBatch {
        inputs = copy(inputs);
        outputs = copy(outputs);
    }

    private static Map<String, List<@Nullable Object>> copy(Map<String, List<@Nullable Object>> lists) {
        Map<String, List<@Nullable Object>> copy = new TreeMap<>();
        lists.forEach((name, records) -> copy.put(name, Collections.unmodifiableList(new ArrayList<>(records))));
        return Collections.unmodifiableMap(copy);
    }
}
