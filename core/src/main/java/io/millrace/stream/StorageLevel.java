// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where a persisted stream is kept, with the names and parts of Spark's levels.
 *
 * <p>A level is a wish that the engine checks and needs no help with: each stream is computed once per batch, whatever number of
 * outputs it feeds; blocks and states are kept in memory by {@code millrace.replication} executors until their batch is done. So
 * no level changes what a job does or holds. To keep batches for later, see {@link DStream#remember}.
 *
 * @param useDisk whether disk may be used
 * @param useMemory whether memory may be used
 * @param useOffHeap whether memory outside of the heap may be used
 * @param deserialized whether records are kept as objects
 * @param replication how many executors keep them, 1 to 39
 */
public record StorageLevel(
        boolean useDisk, boolean useMemory, boolean useOffHeap, boolean deserialized, int replication) {

    /** Kept nowhere. */
    public static final StorageLevel NONE = new StorageLevel(false, false, false, false, 1);

    /** On disk. */
    public static final StorageLevel DISK_ONLY = new StorageLevel(true, false, false, false, 1);

    /** On the disks of two. */
    public static final StorageLevel DISK_ONLY_2 = new StorageLevel(true, false, false, false, 2);

    /** On the disks of three. */
    public static final StorageLevel DISK_ONLY_3 = new StorageLevel(true, false, false, false, 3);

    /** As objects in memory. */
    public static final StorageLevel MEMORY_ONLY = new StorageLevel(false, true, false, true, 1);

    /** As objects in the memory of two. */
    public static final StorageLevel MEMORY_ONLY_2 = new StorageLevel(false, true, false, true, 2);

    /** As bytes in memory; the level of {@link DStream#persist()}. */
    public static final StorageLevel MEMORY_ONLY_SER = new StorageLevel(false, true, false, false, 1);

    /** As bytes in the memory of two. */
    public static final StorageLevel MEMORY_ONLY_SER_2 = new StorageLevel(false, true, false, false, 2);

    /** As objects in memory, on disk where there is no room. */
    public static final StorageLevel MEMORY_AND_DISK = new StorageLevel(true, true, false, true, 1);

    /** As objects in the memory of two, on disk where there is no room. */
    public static final StorageLevel MEMORY_AND_DISK_2 = new StorageLevel(true, true, false, true, 2);

    /** As bytes in memory, on disk where there is no room. */
    public static final StorageLevel MEMORY_AND_DISK_SER = new StorageLevel(true, true, false, false, 1);

    /** As bytes in the memory of two, on disk where there is no room. */
    public static final StorageLevel MEMORY_AND_DISK_SER_2 = new StorageLevel(true, true, false, false, 2);

    /** As bytes outside of the heap. */
    public static final StorageLevel OFF_HEAP = new StorageLevel(true, true, true, false, 1);

    private static final int MAX_REPLICATION = 39;

    private static final Map<String, StorageLevel> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("NONE", NONE),
            Map.entry("DISK_ONLY", DISK_ONLY),
            Map.entry("DISK_ONLY_2", DISK_ONLY_2),
            Map.entry("DISK_ONLY_3", DISK_ONLY_3),
            Map.entry("MEMORY_ONLY", MEMORY_ONLY),
            Map.entry("MEMORY_ONLY_2", MEMORY_ONLY_2),
            Map.entry("MEMORY_ONLY_SER", MEMORY_ONLY_SER),
            Map.entry("MEMORY_ONLY_SER_2", MEMORY_ONLY_SER_2),
            Map.entry("MEMORY_AND_DISK", MEMORY_AND_DISK),
            Map.entry("MEMORY_AND_DISK_2", MEMORY_AND_DISK_2),
            Map.entry("MEMORY_AND_DISK_SER", MEMORY_AND_DISK_SER),
            Map.entry("MEMORY_AND_DISK_SER_2", MEMORY_AND_DISK_SER_2),
            Map.entry("OFF_HEAP", OFF_HEAP)));

    /** Checks the parts, as Spark does. */
    public StorageLevel {
        if (replication < 1 || replication > MAX_REPLICATION) {
            throw new IllegalArgumentException(
                    "replication must be in 1.." + MAX_REPLICATION + ", but is " + replication);
        }
        if (useOffHeap && deserialized) {
            throw new IllegalArgumentException("What is kept outside of the heap cannot be kept as objects");
        }
    }

    /**
     * The level of this name.
     *
     * @param name a name as Spark has it, such as {@code MEMORY_ONLY_SER}
     * @throws IllegalArgumentException if there is none
     */
    public static StorageLevel fromString(String name) {
        StorageLevel level = BY_NAME.get(name);
        if (level == null) {
            throw new IllegalArgumentException("There is no storage level " + name + " among " + BY_NAME.keySet());
        }
        return level;
    }

    /** True if it says some place to keep records. */
    public boolean isValid() {
        return useMemory || useDisk;
    }
}
