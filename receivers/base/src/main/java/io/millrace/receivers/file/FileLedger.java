// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import io.millrace.receiver.OffsetRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which files were seen, and how far those that were taken count as received. A file is known by its name, its size and the checksum
 * of its head; times only say whether it has to be looked at again. Thread-safe.
 *
 * <p>Bounded: when it is full, files that are gone from the directory are forgotten, those that were seen longest ago first.
 */
final class FileLedger {

    /** What a file is to somebody who sees it. */
    enum Verdict {
        /** It was not seen before. */
        NEW,
        /** It was seen as it is. */
        KNOWN,
        /** It was taken and has grown since. */
        GROWN,
        /** There is no room to remember it. */
        NO_ROOM
    }

    private static final class Entry {
        private final int version;
        private FoundFile file;
        private final int head;
        private final boolean taken;
        private int opening;
        private boolean growthSaid;
        private boolean restored;
        private long received;

        Entry(int version, FoundFile file, int head, boolean taken, int opening) {
            this.opening = opening;
            this.version = version;
            this.file = file;
            this.head = head;
            this.taken = taken;
            this.received = taken ? 0 : file.size();
        }

        String origin() {
            return version == 1 ? file.name() : file.name() + "#" + version;
        }

        boolean isFinished() {
            return received >= file.size();
        }

        FileIdentity identity() {
            return new FileIdentity(file.name(), file.size(), head);
        }

        TakenFile toRead() {
            return new TakenFile(
                    file.path(), origin(), identity().split(), received, file.size(), restored || received > 0);
        }
    }

    /** When a file was written of which that is not known. */
    private static final long NEVER = Long.MIN_VALUE;

    private final int capacity;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Entry> byOrigin = new HashMap<>();
    private final Queue<OffsetRange> marks = new ArrayDeque<>();
    private boolean begun;
    private int openings;

    FileLedger(int capacity) {
        this.capacity = capacity;
    }

    /** True the first time that it is asked. */
    synchronized boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** The source is opened: the number of the opening, greater than those before. */
    synchronized int open() {
        return ++openings;
    }

    /**
     * What counts of the files that were seen in earlier lives of the receiver; what of them is not read to the end is left to the next
     * opening.
     *
     * @param offsets how far each file counts
     * @param planned what this opening delivers first
     */
    synchronized void restore(Path directory, Map<String, Long> offsets, List<List<OffsetRange>> planned) {
        Map<String, Long> known = new TreeMap<>(offsets);
        planned.forEach(block -> block.forEach(range -> range.moveOn(known)));
        known.forEach((split, received) -> FileIdentity.of(split).ifPresent(file -> {
            begun = true;
            restore(directory, file, received);
        }));
    }

    private void restore(Path directory, FileIdentity file, long received) {
        Entry entry = entries.get(file.name());
        if (entry == null || !entry.identity().equals(file)) {
            if (entry != null) {
                byOrigin.remove(entry.origin());
            }
            FoundFile found = new FoundFile(directory.resolve(file.name()), file.size(), NEVER);
            entry = new Entry(1, found, file.head(), true, 0);
            entry.restored = true;
            entries.put(file.name(), entry);
            byOrigin.put(entry.origin(), entry);
        }
        entry.received = Math.max(entry.received, received);
    }

    /** Ranges that are to go with the next block: of files that are not to be read, and of those that are forgotten. */
    synchronized List<TakenFile> marks() {
        List<TakenFile> all = marks.stream().map(TakenFile::mark).toList();
        marks.clear();
        return all;
    }

    /** True if it was seen exactly as it is. */
    synchronized boolean knows(FoundFile file) {
        Entry known = entries.get(file.name());
        return known != null && file.equals(known.file);
    }

    /**
     * Decides on a file, and remembers it unless there is no room. Reads its head if its size or time is not the one that is known.
     *
     * @param take whether it will be read if it is new
     * @param present the names of all files in the directory
     * @param opening who will read it
     */
    synchronized Verdict see(FoundFile file, boolean take, Set<String> present, int opening) throws IOException {
        Entry known = entries.get(file.name());
        if (known != null) {
            if (file.equals(known.file)) {
                return Verdict.KNOWN;
            }
            if (file.size() >= known.file.size() && file.head(known.file.size()) == known.head) {
                boolean grown = file.size() > known.file.size() && !known.growthSaid;
                known.growthSaid |= grown;
                if (file.size() == known.file.size()) {
                    known.file = file;
                }
                return grown ? Verdict.GROWN : Verdict.KNOWN;
            }
        } else if (entries.size() >= capacity && !forgetOneThatIsGone(present)) {
            return Verdict.NO_ROOM;
        }
        int head = file.head(file.size());
        if (known != null) {
            entries.remove(file.name());
            byOrigin.remove(known.origin());
            marks.add(new OffsetRange(known.identity().split(), 0, 0));
        }
        Entry entry = new Entry(known == null ? 1 : known.version + 1, file, head, take, opening);
        entries.put(file.name(), entry);
        byOrigin.put(entry.origin(), entry);
        if (!take) {
            marks.add(new OffsetRange(entry.identity().split(), file.size(), file.size()));
        }
        return Verdict.NEW;
    }

    private boolean forgetOneThatIsGone(Set<String> present) {
        Iterator<Map.Entry<String, Entry>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Entry> next = all.next();
            if (!present.contains(next.getKey()) && next.getValue().isFinished()) {
                byOrigin.remove(next.getValue().origin());
                marks.add(new OffsetRange(next.getValue().identity().split(), 0, 0));
                all.remove();
                return true;
            }
        }
        return false;
    }

    /** A file counts as received up to here. */
    synchronized void received(String origin, long position) {
        Entry entry = byOrigin.get(origin);
        if (entry != null) {
            entry.received = Math.max(entry.received, position);
        }
    }

    /** Nothing more is to be read of a file. */
    synchronized void giveUp(String origin) {
        Entry entry = byOrigin.get(origin);
        if (entry != null) {
            entry.received = entry.file.size();
        }
    }

    /** How the file is to be read. */
    synchronized Optional<TakenFile> taken(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::toRead);
    }

    /**
     * The files that earlier openings took and that do not count as received to their ends, in the order in which they were taken; from
     * now on they are this opening's. An earlier one that has not ended yet may still take one, so that this is asked at every look.
     */
    synchronized List<TakenFile> unfinishedBefore(int opening) {
        List<TakenFile> unfinished = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.taken && entry.opening < opening && !entry.isFinished()) {
                entry.opening = opening;
                unfinished.add(entry.toRead());
            }
        }
        return unfinished;
    }

    synchronized int size() {
        return entries.size();
    }
}
