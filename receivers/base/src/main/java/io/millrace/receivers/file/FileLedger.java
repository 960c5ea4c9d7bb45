// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

        TakenFile toRead() {
            return new TakenFile(file.path(), origin(), file.size(), received);
        }
    }

    private final int capacity;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Entry> byOrigin = new HashMap<>();
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
        }
        Entry entry = new Entry(known == null ? 1 : known.version + 1, file, head, take, opening);
        entries.put(file.name(), entry);
        byOrigin.put(entry.origin(), entry);
        return Verdict.NEW;
    }

    private boolean forgetOneThatIsGone(Set<String> present) {
        Iterator<Map.Entry<String, Entry>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Entry> next = all.next();
            if (!present.contains(next.getKey()) && next.getValue().isFinished()) {
                byOrigin.remove(next.getValue().origin());
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
