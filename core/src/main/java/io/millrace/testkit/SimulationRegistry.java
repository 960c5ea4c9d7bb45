// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The simulations of this JVM by id, for what Akka instantiates by class name and hands nothing but its configuration.
 *
 * <p>Holds them weakly: one that nobody closed goes with its actor systems, which have no threads of their own.
 */
final class SimulationRegistry {

    private static final ConcurrentMap<String, WeakReference<Stepper>> LIVE = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT_ID = new AtomicLong();

    private SimulationRegistry() {}

    /** Makes it known under the id that is returned. */
    static String add(Stepper stepper) {
        String id = "simulation-" + NEXT_ID.incrementAndGet();
        LIVE.put(id, new WeakReference<>(stepper));
        return id;
    }

    static Stepper get(String id) {
        WeakReference<Stepper> reference = LIVE.get(id);
        Stepper stepper = reference == null ? null : reference.get();
        if (stepper == null) {
            throw new IllegalStateException(
                    "no simulation " + id + ": actor systems of a simulation are started by it");
        }
        return stepper;
    }

    static void remove(String id) {
        LIVE.remove(id);
    }

    static boolean contains(String id) {
        return LIVE.containsKey(id);
    }
}
