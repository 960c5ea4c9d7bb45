// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who answers Nexmark's questions. */
enum NexmarkContender {
    MILLRACE,
    FLINK,
    SPARK;

    /** How many times its events a second Millrace should take. */
    Optional<Double> asked() {
        return switch (this) {
            case MILLRACE -> Optional.empty();
            case FLINK -> Optional.of(2.0);
            case SPARK -> Optional.of(5.0);
        };
    }

    /** Its process, which has begun. */
    JavaProcess start(List<String> jvmFlags, List<String> arguments) throws IOException {
        return switch (this) {
            case MILLRACE -> JavaProcess.start(jvmFlags, NexmarkJob.class.getName(), arguments);
            case FLINK -> start(Peer.FLINK, "FlinkNexmark", jvmFlags, arguments);
            case SPARK -> start(Peer.SPARK, "SparkNexmark", jvmFlags, arguments);
        };
    }

    private static JavaProcess start(Peer peer, String program, List<String> jvmFlags, List<String> arguments)
            throws IOException {
        return JavaProcess.startOn(peer.requiredClassPath(), peer.flags(jvmFlags), peer.named(program), arguments);
    }

    /** What the command line says for it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
