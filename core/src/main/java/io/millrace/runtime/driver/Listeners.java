// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.StreamingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the job's listeners what happens, on the output thread and in order. Who listens is changed by the driver's thread, and takes
 * effect for what happens after that.
 */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private volatile List<StreamingListener> listeners;
    private final Executor thread;
    private volatile boolean hearsBlocks;
    private volatile boolean hearsStarts;

    Listeners(List<StreamingListener> listeners, Executor thread) {
        this.listeners = List.copyOf(listeners);
        this.thread = thread;
        look();
    }

    private void look() {
        hearsBlocks = listeners.stream().anyMatch(listener -> hears(listener, "onBlockReceived"));
        hearsStarts = listeners.stream().anyMatch(listener -> hears(listener, "onBatchStarted"));
    }

    /** Tells one more, after the others. */
    void add(StreamingListener listener) {
        List<StreamingListener> more = new ArrayList<>(listeners);
        more.add(listener);
        listeners = List.copyOf(more);
        look();
    }

    /** Tells this one no more; if it was added several times, once less. */
    void remove(StreamingListener listener) {
        List<StreamingListener> fewer = new ArrayList<>(listeners);
        for (int i = 0; i < fewer.size(); i++) {
            if (fewer.get(i) == listener) {
                fewer.remove(i);
                break;
            }
        }
        listeners = List.copyOf(fewer);
        look();
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
        List<StreamingListener> present = listeners;
        if (!present.isEmpty()) {
            thread.execute(() -> tell(present, event));
        }
    }

    /** Tells them on this thread, which must be the output thread. */
    void tellNow(Consumer<StreamingListener> event) {
        tell(listeners, event);
    }

    private static void tell(List<StreamingListener> present, Consumer<StreamingListener> event) {
        for (StreamingListener listener : present) {
            try {
                event.accept(listener);
            } catch (Throwable e) { // whatever it is, the batch is written and the job goes on
                LOG.warn("the listener {} failed", listener.getClass().getName(), e);
            }
        }
    }
}
