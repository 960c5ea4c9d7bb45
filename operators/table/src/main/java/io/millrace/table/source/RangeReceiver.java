// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.table.AnalysisException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of ranges that are planned batch by batch and which tasks read. What there is of the source is looked up in the background,
 * when all that is known is given. Where the source cannot be read on it fails, and is looked at anew when it is opened again. Thread-safe.
 *
 * @param <F> what is found when the source is looked at
 */
public final class RangeReceiver<F> implements Receiver<String>, BatchSource<String> {

    private final String name;
    private final RangeCursor<F> cursor;
    private final Optional<F> fixed;
    private final Duration betweenLooks;
    private final Executor looking;
    private final Deque<List<OffsetRange>> again = new ArrayDeque<>();
    private boolean looks;
    private Instant nextLook = Instant.MIN;
    private @Nullable ReceiverContext context;
    private @Nullable RuntimeException broken;

    /**
     * Nothing is given yet.
     *
     * @param name what the source is, for errors
     * @param cursor what a batch has; this receiver's own
     * @param fixed all that there ever is, if that is known; otherwise it is looked for
     * @param betweenLooks how long it waits from one look to the next at least
     * @param looking runs looks, which may take long
     */
    public RangeReceiver(
            String name, RangeCursor<F> cursor, Optional<F> fixed, Duration betweenLooks, Executor looking) {
        this.name = name;
        this.cursor = cursor;
        this.fixed = fixed;
        this.betweenLooks = betweenLooks;
        this.looking = looking;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public boolean isReadByTasks() {
        return true;
    }

    /** Goes on where the job says that it was. */
    @Override
    public synchronized Feed<String> open(ReceiverContext newContext) {
        broken = null;
        again.clear();
        again.addAll(newContext.replays());
        cursor.begin(newContext.offsets());
        context = newContext;
        takeFixed(newContext);
        return Feed.batches(this);
    }

    /** What is fixed counts from where the batches end that are read again. */
    private void takeFixed(ReceiverContext opened) {
        if (again.isEmpty()) {
            fixed.ifPresent(found -> take(found, opened));
        }
    }

    private void take(F found, ReceiverContext opened) {
        try {
            cursor.take(found, opened);
        } catch (RuntimeException e) {
            broken = e;
        }
    }

    @Override
    public synchronized List<Delivery.Whole<String>> next(Instant batch) {
        ReceiverContext opened = context;
        if (opened == null) {
            return List.of();
        }
        if (broken != null) {
            throw broken;
        }
        List<OffsetRange> planned = again.poll();
        if (planned != null) {
            cursor.given(planned);
            takeFixed(opened);
            return List.of(block(planned));
        }
        List<Delivery.Whole<String>> blocks =
                cursor.next().stream().map(this::block).toList();
        if (fixed.isEmpty() && cursor.isAllGiven() && !looks && !batch.isBefore(nextLook)) {
            nextLook = batch.plus(betweenLooks);
            beginLook(opened);
        }
        return blocks;
    }

    private Delivery.Whole<String> block(List<OffsetRange> ranges) {
        List<String> texts = ranges.stream()
                .filter(range -> range.from() < range.to())
                .map(cursor::text)
                .toList();
        return new Delivery.Whole<>(texts, Receipt.NONE, ranges);
    }

    private void beginLook(ReceiverContext opened) {
        Callable<F> look = cursor.look();
        looks = true;
        try {
            looking.execute(() -> look(look, opened));
        } catch (RejectedExecutionException e) {
            looks = false;
            trouble(opened, e);
        }
    }

    private void look(Callable<F> look, ReceiverContext opened) {
        try {
            F found = look.call();
            ifStillOpen(opened, () -> take(found, opened));
        } catch (AnalysisException e) {
            ifStillOpen(opened, () -> broken = new IllegalStateException(e.getMessage(), e));
        } catch (Exception e) {
            trouble(opened, e);
        } finally {
            synchronized (this) {
                looks = false;
            }
        }
    }

    private synchronized void ifStillOpen(ReceiverContext opened, Runnable what) {
        if (context == opened) {
            what.run();
        }
    }

    private void trouble(ReceiverContext opened, Exception cause) {
        opened.reportError("cannot look up what there is of " + name, cause);
    }

    /** Whether it was opened and all that is known to be there is given. May be called from any thread. */
    public synchronized boolean isDrained() {
        return context != null && again.isEmpty() && cursor.isAllGiven();
    }
}
