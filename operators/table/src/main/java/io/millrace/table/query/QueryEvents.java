// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of a session what happens. Thread-safe. */
final class QueryEvents {

    private static final Logger LOG = LoggerFactory.getLogger(QueryEvents.class);

    private final List<StreamingQueryListener> listeners = new CopyOnWriteArrayList<>();

    void add(StreamingQueryListener listener) {
        listeners.add(listener);
    }

    void remove(StreamingQueryListener listener) {
        listeners.remove(listener);
    }

    List<StreamingQueryListener> all() {
        return List.copyOf(listeners);
    }

    void tell(Consumer<StreamingQueryListener> event) {
        for (StreamingQueryListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn(
                        "a listener of queries failed listener={}",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
