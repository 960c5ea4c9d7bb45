// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a run has come: batches are written one after the other, so all parts of older ones are there.
 *
 * @param epoch of the run
 * @param batch its newest batch
 * @param partitions those parts of this batch that are there
 */
record Newest(long epoch, long batch, Set<Integer> partitions) {

    Newest {
        partitions = Set.copyOf(partitions);
    }

    /** Whether a part is among what is there. */
    boolean has(long number, int partition) {
        return number < batch || (number == batch && partitions.contains(partition));
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("epoch", epoch);
        document.put("batch", batch);
        document.put("partitions", partitions.stream().sorted().toList());
        return document;
    }

    static Newest of(Object document, String source) throws IOException {
        if (!(document instanceof Map<?, ?> map)) {
            throw new IOException(source + " has something else than objects in its list");
        }
        List<?> partitions = JsonText.list(map, "partitions", source);
        return new Newest(
                JsonText.number(map, "epoch", source),
                JsonText.number(map, "batch", source),
                partitions.stream().map(number -> ((Long) number).intValue()).collect(Collectors.toSet()));
    }
}
