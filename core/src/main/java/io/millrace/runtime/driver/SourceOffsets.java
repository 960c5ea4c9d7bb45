// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.receiver.OffsetRange;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.BlockLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far the sources were read, as far as that is certain: of sources whose records are logged what was received, of those that can be
 * read again what is prepared. Used by the driver's thread only.
 */
final class SourceOffsets {

    private final Map<Integer, Map<String, Long>> offsets = new TreeMap<>();
    private final Map<Integer, Integer> lives = new TreeMap<>();
    private final Set<Integer> replayable;

    SourceOffsets(Map<Integer, Map<String, Long>> before, Set<Integer> replayable) {
        before.forEach((stream, known) -> offsets.put(stream, new TreeMap<>(known)));
        this.replayable = Set.copyOf(replayable);
    }

    /** True if the records of the stream are not logged. */
    boolean isReplayable(int stream) {
        return replayable.contains(stream);
    }

    /** A block was received. */
    void received(BlockInfo block) {
        lives.merge(block.id().stream(), block.id().incarnation() + 1, Math::max);
        if (!isReplayable(block.id().stream())) {
            move(block);
        }
    }

    /** A batch of these blocks is prepared. */
    void prepared(List<BlockLocation> blocks) {
        for (BlockLocation block : blocks) {
            if (isReplayable(block.info().id().stream())) {
                move(block.info());
            }
        }
    }

    private void move(BlockInfo block) {
        for (OffsetRange range : block.ranges()) {
            range.moveOn(offsets.computeIfAbsent(block.id().stream(), stream -> new TreeMap<>()));
        }
    }

    /** How far the sources were read, by stream and split. */
    Map<Integer, Map<String, Long>> all() {
        Map<Integer, Map<String, Long>> copy = new HashMap<>();
        offsets.forEach((stream, known) -> copy.put(stream, Map.copyOf(known)));
        return copy;
    }

    /** How many lives receivers had, by stream, as far as they brought anything. */
    Map<Integer, Integer> lives() {
        return Map.copyOf(lives);
    }
}
