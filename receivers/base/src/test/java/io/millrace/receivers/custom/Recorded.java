// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.custom;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A receiver that hands its handles to the test. */
final class Recorded extends CustomReceiver<Integer> {

    final List<ReceiverHandle<Integer>> starts = new CopyOnWriteArrayList<>();
    final AtomicInteger stops = new AtomicInteger();
    final AtomicInteger failingStarts = new AtomicInteger();
    private final OptionalInt preferred;

    Recorded() {
        super("recorded");
        this.preferred = OptionalInt.of(0);
    }

    Recorded(int capacity, int preferredExecutor) {
        super("recorded", capacity);
        this.preferred = OptionalInt.of(preferredExecutor);
    }

    /** The handle of the last start, if that goes on. */
    @Nullable
    ReceiverHandle<Integer> running() {
        ReceiverHandle<Integer> last = starts.isEmpty() ? null : starts.get(starts.size() - 1);
        return last != null && last.isStarted() ? last : null;
    }

    ReceiverHandle<Integer> handle() {
        ReceiverHandle<Integer> handle = running();
        while (handle == null) {
            Thread.onSpinWait();
            handle = running();
        }
        return handle;
    }

    @Override
    public OptionalInt preferredExecutor() {
        return preferred;
    }

    @Override
    public void onStart(ReceiverHandle<Integer> handle) {
        if (failingStarts.get() > 0) {
            failingStarts.decrementAndGet();
            throw new IllegalStateException("no connection");
        }
        starts.add(handle);
    }

    @Override
    public void onStop() {
        stops.incrementAndGet();
    }
}
