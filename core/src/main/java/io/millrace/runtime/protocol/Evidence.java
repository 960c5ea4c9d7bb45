// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be seen from outside of a job, at any moment or after its end: its log, what it told its sources, its files and what
 * its sinks have.
 *
 * @param settings the bounds it goes by
 * @param segments the log, by epoch
 * @param acknowledged by source, up to which number it was told that records count
 * @param files what is really in the files of attempts, by the name under which they are found
 * @param sinks by sink, which attempts it has taken, in their order
 */
public record Evidence(
        ProtocolSettings settings,
        SortedMap<Long, List<LogRecord>> segments,
        SortedMap<String, Long> acknowledged,
        SortedMap<AttemptName, Part> files,
        SortedMap<Integer, List<AttemptName>> sinks) {

    /** Copies what is in it. */
    public Evidence {
        segments = sorted(segments);
        acknowledged = sorted(acknowledged);
        files = sorted(files);
        sinks = sorted(sinks);
    }

    private static <K, V> SortedMap<K, V> sorted(Map<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
