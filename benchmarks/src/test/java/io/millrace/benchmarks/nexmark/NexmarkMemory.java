// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import io.millrace.table.TableSession;
import io.millrace.table.source.MemoryStream;
import java.util.EnumMap;
import java.util.Map;

/** The views of Nexmark as streams to which a test adds events. */
final class NexmarkMemory {

    private final NexmarkEvents events;
    private final Map<NexmarkEvents.Kind, MemoryStream> streams = new EnumMap<>(NexmarkEvents.Kind.class);

    private NexmarkMemory(NexmarkEvents events) {
        this.events = events;
    }

    /** Makes the views known to a session. */
    static NexmarkMemory views(TableSession session, NexmarkEvents events) {
        NexmarkMemory memory = new NexmarkMemory(events);
        NexmarkViews.streaming(session, kind -> {
            MemoryStream stream = MemoryStream.of(NexmarkRows.table(kind), NexmarkRows.schema(kind));
            memory.streams.put(kind, stream);
            return stream;
        });
        return memory;
    }

    /** Adds the events from one number, in, to another, out. */
    void add(long from, long to) {
        streams.forEach((kind, stream) ->
                stream.addBatch(NexmarkBatches.of(events, kind).of(from, to)));
    }
}
