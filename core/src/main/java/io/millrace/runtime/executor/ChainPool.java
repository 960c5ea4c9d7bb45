// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The chains of an executor, made when first needed and used again; made anew when an output is attached or detached. Used by the
 * executor's thread.
 */
final class ChainPool {

    private record Place(int level, int partition) {}

    private final Deque<Chain> overBlocks = new ArrayDeque<>();
    private final Map<Place, Chain> overPartitions = new HashMap<>();
    private ChainSetup setup;

    ChainPool(ChainSetup setup) {
        this.setup = setup;
    }

    /** From here on chains have these taps. */
    void prepare(List<Tap> taps) {
        if (!setup.taps().equals(taps)) {
            setup = setup.with(taps);
            overBlocks.clear();
            overPartitions.clear();
        }
    }

    /** A chain over blocks, for one task; to be given back. */
    Chain takeOverBlocks() {
        Chain unused = overBlocks.poll();
        return unused != null ? unused : ChainBuilder.overBlocks(setup);
    }

    /** Takes a chain back, unless it has other taps than are wanted by now. */
    void give(Chain chain) {
        if (chain.level() == 0 && chain.taps().equals(setup.taps())) {
            overBlocks.push(chain);
        }
    }

    /** The chain of a level over a partition. */
    Chain overPartition(int level, int partition) {
        return overPartitions.computeIfAbsent(
                new Place(level, partition),
                place -> ChainBuilder.overPartition(setup, place.level(), place.partition()));
    }
}
