// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.source.FiniteSource;
import io.millrace.table.source.StreamSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sources of a session's tables, by the ids that stand in plans. Thread-safe. */
final class SessionSources {

    private static final int MOST_TEMPORARY = 16;

    private final Map<String, StreamSource> streams = new ConcurrentHashMap<>();
    private final Map<String, FiniteSource> tables = new ConcurrentHashMap<>();
    private int made;

    private final Map<String, FiniteSource> temporary = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FiniteSource> eldest) {
            return size() > MOST_TEMPORARY;
        }
    };

    synchronized String add(StreamSource source) {
        String id = "stream-" + made++;
        streams.put(id, source);
        return id;
    }

    synchronized String add(FiniteSource source) {
        String id = "table-" + made++;
        tables.put(id, source);
        return id;
    }

    /** For a table that is used at once and not again, as a batch that is given to a function: the last few are kept. */
    synchronized String addForOnce(FiniteSource source) {
        String id = "batch-" + made++;
        temporary.put(id, source);
        return id;
    }

    StreamSource stream(String id) {
        return found(id, streams.get(id));
    }

    FiniteSource table(String id) {
        FiniteSource table = tables.get(id);
        if (table == null) {
            synchronized (this) {
                table = temporary.get(id);
            }
        }
        return found(id, table);
    }

    private static <T> T found(String id, @Nullable T source) {
        if (source == null) {
            throw new IllegalStateException("the session knows no source " + id
                    + ": it belongs to another session, or is a batch whose function has returned long ago");
        }
        return source;
    }
}
