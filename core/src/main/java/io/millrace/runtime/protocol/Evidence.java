// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.List;
import java.util.Map;

/**
 * What can be seen from outside of a job, at any moment or after its end: its log, what it told its sources, its files and what
 * its sinks have.
 *
 * @param settings the bounds it goes by
 * @param log what counts of the log, in its order
 * @param acknowledged by source, up to which number it was told that records count
 * @param files what is really in the files of attempts, by the name under which they are found
 * @param sinks by sink, which attempts it has taken, in their order
 */
public record Evidence(
        ProtocolSettings settings,
        List<Logged> log,
        Map<String, Long> acknowledged,
        Map<AttemptName, Part> files,
        Map<Integer, List<AttemptName>> sinks) {

    /** A record and the epoch of the driver that has appended it. */
    public record Logged(long epoch, BatchRecord entry) {}

    /** Copies what is not immutable yet. */
    public Evidence {
        log = List.copyOf(log);
        acknowledged = Map.copyOf(acknowledged);
        files = Map.copyOf(files);
        sinks = Map.copyOf(sinks);
    }
}
