// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.StreamingListener;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the job's listeners what happens, on the output thread and in order. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<StreamingListener> listeners;
    private final Executor thread;
    private final boolean hearsBlocks;
    private final boolean hearsStarts;

    Listeners(List<StreamingListener> listeners, Executor thread) {
        this.listeners = List.copyOf(listeners);
        this.thread = thread;
        this.hearsBlocks = this.listeners.stream().anyMatch(listener -> hears(listener, "onBlockReceived"));
        this.hearsStarts = this.listeners.stream().anyMatch(listener -> hears(listener, "onBatchStarted"));
    }

    /** False if the listener leaves the method as it is: what comes often need not be told then. */
    private static boolean hears(StreamingListener listener, String method) {
        return Arrays.stream(listener.getClass().getMethods())
                .anyMatch(own -> own.getName().equals(method)
                        && !own.isBridge()
                        && own.getDeclaringClass() != StreamingListener.class);
    }

    /** True if some listener wants to hear of every block. */
    boolean hearsBlocks() {
        return hearsBlocks;
    }

    /** True if some listener wants to hear that a batch begins. */
    boolean hearsStarts() {
        return hearsStarts;
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** Tells them, soon. */
    void tell(Consumer<StreamingListener> event) {
        if (!listeners.isEmpty()) {
            thread.execute(() -> tellNow(event));
        }
    }

    /** Tells them on this thread, which must be the output thread. */
    void tellNow(Consumer<StreamingListener> event) {
        for (StreamingListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("the listener {} failed", listener.getClass().getName(), e);
            }
        }
    }
}
