// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an input brings, in order. What was taken from it is gone, as from a socket; whoever reads next goes on after it. Thread-safe.
 *
 * @param <C> the elements
 */
final class Script<C> {

    /** What comes next. */
    sealed interface Entry<C> {}

    /** An element. */
    record Element<C>(C value) implements Entry<C> {}

    /** The source fails; it may be opened again. */
    record Failure<C>(Throwable cause) implements Entry<C> {}

    /** The source is at its end, for this reader and all later ones. */
    record End<C>() implements Entry<C> {}

    /** Is told when there is more to read. */
    interface Reader {
        void moreCame();
    }

    private final Deque<Entry<C>> entries = new ArrayDeque<>();
    private final Set<Reader> readers = new LinkedHashSet<>();
    private long taken;
    private int opened;

    synchronized void add(Entry<C> entry) {
        entries.add(entry);
        readers.forEach(Reader::moreCame);
    }

    /** Takes what is next; an element only if there is demand for one. */
    synchronized Optional<Entry<C>> next(boolean demand) {
        Entry<C> next = entries.peek();
        if (next == null || (next instanceof Element<C> && !demand)) {
            return Optional.empty();
        }
        if (next instanceof Element<C>) {
            taken++;
        }
        if (!(next instanceof End<C>)) {
            entries.remove();
        }
        return Optional.of(next);
    }

    synchronized void opened(Reader reader) {
        opened++;
        readers.add(reader);
    }

    synchronized void closed(Reader reader) {
        readers.remove(reader);
    }

    /** How many elements were taken. */
    synchronized long taken() {
        return taken;
    }

    /** How many elements are left. */
    synchronized long left() {
        return entries.stream().filter(Element.class::isInstance).count();
    }

    /** How often a reader was opened. */
    synchronized int timesOpened() {
        return opened;
    }

    /** How many readers there are. */
    synchronized int readers() {
        return readers.size();
    }
}
