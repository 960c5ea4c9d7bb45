// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.BlockReport;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.block.ExecutorId;
import java.time.Duration;

/** Puts what the engine knows into the words of listeners. */
final class Reports {

    private Reports() {}

    static BlockReport of(BlockLocation location) {
        BlockInfo info = location.info();
        return new BlockReport(
                info.id().toString(),
                info.bytes(),
                info.records(),
                location.holders().stream().map(ExecutorId::toString).toList(),
                Duration.ofNanos((info.sealedMicros() - info.firstMicros()) * 1_000),
                Duration.ofNanos((info.storedMicros() - info.sealedMicros()) * 1_000));
    }
}
