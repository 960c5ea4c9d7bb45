// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most heap that was in use after a garbage collection of any kind, and the most that direct buffers took then. */
final class HeapWatch {

    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private final AtomicLong mostUsed = new AtomicLong();
    private final AtomicLong mostDirect = new AtomicLong();
    private final AtomicLong collections = new AtomicLong();

    /** Begins to watch. */
    void start() {
        ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(NotificationEmitter.class::isInstance)
                .map(NotificationEmitter.class::cast)
                .forEach(collector -> collector.addNotificationListener(this::take, null, null));
    }

    private void take(Notification notification, Object handback) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        long used = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                .getGcInfo()
                .getMemoryUsageAfterGc()
                .entrySet()
                .stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        collections.incrementAndGet();
        mostUsed.accumulateAndGet(used, Math::max);
        mostDirect.accumulateAndGet(direct(), Math::max);
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Forgets what was seen so far. */
    void reset() {
        mostUsed.set(0);
        mostDirect.set(0);
        collections.set(0);
    }

    /** What is in use after a full collection now: what is really held. */
    static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The line with what was seen since the last reset. */
    JsonLine describe(JsonLine line) {
        return line.with("collections", collections.get())
                .with("heapAfterGcBytes", mostUsed.get())
                .with("maxHeapBytes", Runtime.getRuntime().maxMemory())
                .with("directBytes", Math.max(direct(), mostDirect.get()));
    }
}
