// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import akka.stream.ActorAttributes;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.millrace.operator.BatchTime;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Drain;
import io.millrace.receiver.Feed;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.BlockManager;
import io.millrace.time.TimeSource;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The stream of one receiver, from one opening to the next. Used by its supervisor's thread only. */
final class ReceiverRun {

    private final SupervisorSetup setup;
    private final BlockNumbers numbers;
    private final Credit credit;
    private final Receipts receipts;
    private final Limits limits;
    private final Materializer materializer;
    private final IngestStage.Listener listener;
    private final ReceiverContext context;
    private final BiConsumer<String, Throwable> complaints;
    private volatile Duration interval;
    private IngestStage.@Nullable Control control;
    private @Nullable Drain drain;
    private volatile Map<String, Long> offsets = Map.of();
    private volatile List<List<OffsetRange>> replays = List.of();
    private final UncountedBlocks uncounted = new UncountedBlocks();
    private long heard;

    ReceiverRun(
            SupervisorSetup setup,
            int stream,
            int incarnation,
            Materializer materializer,
            IngestStage.Listener listener,
            BiConsumer<String, Throwable> complaints) {
        this.setup = setup;
        this.numbers = new BlockNumbers(stream, incarnation);
        this.credit = new Credit(setup.settings().creditBytes());
        this.complaints = complaints;
        this.receipts = new Receipts(complaints);
        this.limits = new Limits(setup.settings().limits(), setup.time().micros());
        this.interval = setup.settings().batchInterval();
        this.materializer = materializer;
        this.listener = listener;
        this.context = new ReceiverContext() {
            @Override
            public int streamId() {
                return stream;
            }

            @Override
            public String executor() {
                return setup.executor().toString();
            }

            @Override
            public TimeSource time() {
                return setup.time();
            }

            @Override
            public Duration batchInterval() {
                return interval;
            }

            @Override
            public Map<String, Long> offsets() {
                return offsets;
            }

            @Override
            public List<List<OffsetRange>> replays() {
                return replays;
            }

            @Override
            public int maxLineBytes() {
                return setup.settings().maxLineBytes();
            }

            @Override
            public void reportError(String message, Throwable cause) {
                complaints.accept(message, cause);
            }
        };
    }

    /** Opens the receiver and runs its source; a failure to open counts as a source that failed at once. */
    void open(Receiver<?> receiver) {
        heard = 0;
        drain = null;
        try {
            Feed<?> feed = receiver.open(context);
            if (feed instanceof Feed.Lines lines) {
                control = start(
                        lines.chunks(),
                        () -> new TextCutter(
                                numbers,
                                setup.buffers(),
                                setup.settings().blockRecords(),
                                setup.settings().limits().countsRecords(),
                                receipts,
                                lines.receipt(),
                                replays));
            } else if (feed instanceof Feed.Records<?> records) {
                control = start(records.records().map(record -> (Object) record), this::recordCutter);
            } else if (feed instanceof Feed.Deliveries<?> deliveries) {
                control = start(
                        deliveries.deliveries().map(delivery -> (Delivery<?>) delivery),
                        () -> new DeliveryCutter(recordCutter(), numbers, receipts));
            } else if (feed instanceof Feed.Batches<?> batches) {
                BatchIngest ingest = new BatchIngest(
                        batches.source(),
                        new DeliveryCutter(recordCutter(), numbers, receipts),
                        receipts,
                        credit,
                        setup.time(),
                        listener);
                control = ingest;
                ingest.readAgain(replays.size());
            }
        } catch (RuntimeException e) {
            listener.onEnd(e);
        }
    }

    private RecordCutter recordCutter() {
        return new RecordCutter(
                numbers, setup.settings().blockBytes(), setup.settings().blockRecords());
    }

    private <C> IngestStage.Control start(Source<C, ?> source, Supplier<Cutter<C>> cutters) {
        return source.toMat(
                        Sink.fromGraph(new IngestStage<>(
                                cutters, credit, limits, this::blockInterval, setup.time(), listener)),
                        (made, ingest) -> {
                            drain = made instanceof Drain canDrain ? canDrain : null;
                            return ingest;
                        })
                .withAttributes(ActorAttributes.dispatcher(setup.dispatcher()))
                .run(materializer);
    }

    /** Notes that a block of this opening of the stream has been heard of. */
    void cut(BlockInfo block) {
        heard++;
        uncounted.cut(block);
        if (!block.ranges().isEmpty()) {
            Map<String, Long> further = new TreeMap<>(offsets);
            block.ranges().forEach(range -> range.moveOn(further));
            offsets = Collections.unmodifiableMap(further);
            replays = replays.stream()
                    .filter(ranges -> !ranges.equals(block.ranges()))
                    .toList();
        }
    }

    /** Has the stream cut what it has; false if it has nothing, or if no stream runs. */
    boolean seal(BatchTime batch, boolean lateForLast) {
        if (control == null || control.isIdleAfter(heard)) {
            return false;
        }
        control.seal(batch, lateForLast);
        return true;
    }

    /** Has the stream take nothing new and end, when the source has brought what it holds if it can; false if no stream runs. */
    boolean stop() {
        if (control == null) {
            return false;
        }
        if (drain == null) {
            control.stop();
        } else {
            drain(drain, control);
        }
        return true;
    }

    private void drain(Drain held, IngestStage.Control ingest) {
        try {
            held.drain();
            ingest.drain();
        } catch (RuntimeException e) {
            complaints.accept("the source could not be drained", e);
            ingest.stop();
        }
    }

    /** This was received before this life of the receiver began. */
    void outstanding(BlockManager.Outstanding before) {
        credit.begin(before.bytes());
        offsets = before.offsets();
        replays = before.replays();
    }

    /** So many bytes are processed. */
    void released(long bytes) {
        credit.give(bytes);
        if (control != null) {
            control.resume();
        }
    }

    /** The block counts as received: its receipt says so. */
    void received(BlockId block) {
        credit.counted(uncounted.counted(block));
        receipts.received(block);
    }

    /** True if it is known how far the source counts, so that it can be opened again. */
    boolean knowsOffsets() {
        return !uncounted.hasNumbered();
    }

    /** How many bytes came in and do not count as received yet. */
    long atRiskBytes() {
        return Math.max(0, credit.atRisk());
    }

    /** True if somebody waits to hear that a block counts. */
    boolean owesReceipts() {
        return !receipts.isEmpty();
    }

    /** The receiver is gone: no block is known to count any more. */
    void gone() {
        receipts.close(
                new IllegalStateException("the receiver stopped before the block was known to count as received"));
    }

    /** The stream may bring so many records per second. */
    void rate(double recordsPerSecond) {
        limits.rate(recordsPerSecond, setup.time().micros());
        if (control != null) {
            control.resume();
        }
    }

    /** Batches come so often from now on. */
    void interval(Duration newInterval) {
        interval = newInterval;
    }

    private Duration blockInterval() {
        Duration longest = setup.settings().blockInterval();
        return interval.compareTo(longest) < 0 ? interval : longest;
    }

    /** The stream has ended; what it brought and did not put into a block will never count. */
    void ended() {
        control = null;
        credit.abandon(credit.atRisk() - uncounted.bytes());
    }
}
