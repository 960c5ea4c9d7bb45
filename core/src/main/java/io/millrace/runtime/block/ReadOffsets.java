// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import io.millrace.receiver.OffsetRange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far the source of each stream was read, by split, and whether a block brings again what counts already. */
final class ReadOffsets {

    /**
     * What a block brings again.
     *
     * @param all whether that is all of it
     * @param range the first range of which a part counts already
     * @param counted so far its split was read
     */
    record Again(boolean all, OffsetRange range, long counted) {}

    private final Map<Integer, Map<String, Long>> offsets = new TreeMap<>();

    /** An earlier run of the job has read so far. */
    void recover(Map<Integer, Map<String, Long>> earlier) {
        earlier.forEach((stream, known) -> offsets.put(stream, new TreeMap<>(known)));
    }

    /** How far a stream was read; nothing if its source numbers nothing. */
    Map<String, Long> of(int stream) {
        return offsets.getOrDefault(stream, Map.of());
    }

    /** What the block brings again; empty if all of it is new. */
    Optional<Again> again(BlockInfo block) {
        Map<String, Long> known = of(block.id().stream());
        return block.ranges().stream()
                .filter(range -> range.to() > 0 && range.from() < known.getOrDefault(range.split(), 0L))
                .findFirst()
                .map(range -> new Again(
                        block.ranges().stream().allMatch(one -> one.to() <= known.getOrDefault(one.split(), 0L)),
                        range,
                        known.getOrDefault(range.split(), 0L)));
    }

    /** The block counts. */
    void count(BlockInfo block) {
        if (!block.ranges().isEmpty()) {
            Map<String, Long> known = offsets.computeIfAbsent(block.id().stream(), stream -> new TreeMap<>());
            block.ranges().forEach(range -> range.moveOn(known));
        }
    }
}
