// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.driver.Emitted;
import io.millrace.runtime.driver.KeptBatch;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch of a {@link Recording}.
 *
 * @param time the batch
 * @param absorbed how many intervals before it have no batch of their own
 * @param blocks the names of its blocks, in order of arrival, such as {@code input-0-0-17}
 * @param bytes their size
 * @param outputs what each output was given, by its name; an output that had no batch at this time, or depends on an operator that
 *     failed, is missing; of an output that looks at the first records only, such as {@code print}, only those are there
 * @param operators what each operator emitted, by its name, if that was observed; see {@link ReplayRun#recording}
 */
public record RecordedBatch(
        BatchTime time,
        int absorbed,
        List<String> blocks,
        long bytes,
        Map<String, List<@Nullable Object>> outputs,
        Map<String, List<@Nullable Object>> operators) {

    /** Copies the list and the maps. */
    public RecordedBatch {
        blocks = List.copyOf(blocks);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        operators = Collections.unmodifiableMap(new LinkedHashMap<>(operators));
    }

    static RecordedBatch of(KeptBatch batch) {
        return new RecordedBatch(
                batch.batch(),
                batch.absorbed(),
                batch.blocks().stream()
                        .map(kept -> kept.block().info().id().toString())
                        .toList(),
                batch.blocks().stream()
                        .mapToLong(kept -> kept.block().info().bytes())
                        .sum(),
                byName(batch.outputs()),
                byName(batch.operators()));
    }

    private static Map<String, List<@Nullable Object>> byName(List<Emitted> all) {
        Map<String, List<@Nullable Object>> byName = new LinkedHashMap<>();
        all.forEach(emitted -> byName.put(emitted.operator(), emitted.records()));
        return byName;
    }
}
