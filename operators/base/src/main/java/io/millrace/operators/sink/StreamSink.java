// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import akka.Done;
import akka.actor.ClassicActorSystemProvider;
import akka.stream.SubscriptionWithCancelException;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.Batch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every batch to an Akka Streams sink, with its backpressure: a batch is done when the sink has taken all of it and asks for
 * more, and until then the batches behind it wait. Nothing is buffered in between.
 *
 * <p>The sink is run with the first batch. If it fails, if it cancels, or if it does not take a batch within the patience, that batch
 * fails; the next batch runs the sink anew. When the job ends the sink is completed, and if its materialized value is a
 * {@link CompletionStage}, that is waited for, as long as the patience lasts.
 *
 * <p>It runs in an actor system that the user brings. One in which it has threads of its own: the output thread of the job blocks
 * meanwhile, so that the sink cannot run on it, as it would in a simulation.
 *
 * @param <T> records
 */
public final class StreamSink<T> implements OutputOperator<T> {

    /** How long a sink may take for a batch, unless another limit is set. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(StreamSink.class);

    /** A sink together with what it is handed of a batch. */
    private record Target<T, E>(Sink<E, ?> sink, Function<Batch<T>, List<E>> elements) {}

    /** A sink that runs. */
    private record Running<T>(
            HandOver.Handle<?> handle,
            Function<Batch<T>, CompletionStage<Done>> offer,
            @Nullable Object materialized) {}

    private final ClassicActorSystemProvider system;
    private final Target<T, ?> target;
    private final Duration patience;
    private @Nullable Running<T> running;

    private StreamSink(ClassicActorSystemProvider system, Target<T, ?> target, Duration patience) {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience must be > 0, but is " + patience);
        }
        this.system = system;
        this.target = target;
        this.patience = patience;
    }

    /**
     * A sink of records; of an empty batch it gets nothing.
     *
     * @param system runs the sink, and goes on living when the job ends
     */
    public static <T> StreamSink<T> ofRecords(ClassicActorSystemProvider system, Sink<T, ?> sink) {
        return new StreamSink<>(system, new Target<T, T>(sink, Batch::records), DEFAULT_PATIENCE);
    }

    /**
     * A sink of batches; it gets the empty ones too.
     *
     * @param system runs the sink, and goes on living when the job ends
     */
    public static <T> StreamSink<T> ofBatches(ClassicActorSystemProvider system, Sink<Batch<T>, ?> sink) {
        return new StreamSink<>(system, new Target<T, Batch<T>>(sink, List::of), DEFAULT_PATIENCE);
    }

    /** The same with another limit for the time that the sink may take for a batch; more than 0. Default: 1 min. */
    public StreamSink<T> patience(Duration limit) {
        return new StreamSink<>(system, target, limit);
    }

    @Override
    public String kind() {
        return "streamSink";
    }

    @Override
    public void write(BatchTime time, List<T> records) throws Exception {
        Running<T> stream = running == null ? run(target) : running;
        running = stream;
        try {
            await(stream.offer().apply(new Batch<>(time, records)));
        } catch (TimeoutException e) {
            abandon(stream);
            throw new IllegalStateException(
                    "the Akka Streams sink did not take the batch " + time + " of " + records.size()
                            + " records within " + patience,
                    e);
        } catch (ExecutionException e) {
            running = null;
            throw ended(time, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            abandon(stream);
            throw e;
        }
    }

    private <E> Running<T> run(Target<T, E> wanted) {
        akka.japi.Pair<HandOver.Handle<E>, ?> both = Source.fromGraph(new HandOver<E>())
                .toMat(wanted.sink(), Keep.both())
                .run(system);
        HandOver.Handle<E> handle = both.first();
        return new Running<>(handle, batch -> handle.offer(wanted.elements().apply(batch)), both.second());
    }

    private void abandon(Running<T> stream) {
        running = null;
        stream.handle().fail(new IllegalStateException("the job gave the batch up"));
    }

    private static IllegalStateException ended(BatchTime time, Throwable cause) {
        boolean cancelled = cause instanceof SubscriptionWithCancelException.NonFailureCancellation;
        return new IllegalStateException(
                "the Akka Streams sink " + (cancelled ? "cancelled" : "failed") + " before it had taken the batch "
                        + time + ": " + cause,
                cause);
    }

    @Override
    public void close() {
        Running<T> stream = running;
        running = null;
        if (stream == null) {
            return;
        }
        stream.handle().complete();
        if (stream.materialized() instanceof CompletionStage<?> completion) {
            try {
                await(completion);
            } catch (TimeoutException | ExecutionException e) {
                LOG.warn("an Akka Streams sink did not complete patience={}", patience, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void await(CompletionStage<?> stage) throws InterruptedException, ExecutionException, TimeoutException {
        Object ignored = stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
