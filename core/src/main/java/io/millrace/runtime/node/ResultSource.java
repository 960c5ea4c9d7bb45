// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.NotUsed;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.SourceQueueWithComplete;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.Batch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.FutureConverters;

/**
 * An output that is an Akka Streams source, for those who embed a job. It may be run any number of times; every run gets the batches from
 * then on. A run that is slow delays the job; a job without a run goes on without it.
 *
 * @param <T> records
 */
public final class ResultSource<T> implements OutputOperator<T> {

    /** How many batches may wait for a run before the job waits. */
    private static final int BUFFERED = 16;

    private final List<SourceQueueWithComplete<Batch<T>>> runs = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** An output that nobody listens to yet. */
    public ResultSource() {}

    @Override
    public String kind() {
        return "results";
    }

    /** The source. It completes when the job ends. */
    public Source<Batch<T>, NotUsed> source() {
        return Source.<Batch<T>>queue(BUFFERED, OverflowStrategy.backpressure()).mapMaterializedValue(queue -> {
            runs.add(queue);
            queue.watchCompletion().whenComplete((done, failure) -> runs.remove(queue));
            if (closed) {
                queue.complete();
            }
            return NotUsed.getInstance();
        });
    }

    @Override
    public void write(BatchTime time, List<T> records) {
        Batch<T> batch = new Batch<>(time, records);
        runs.removeIf(run -> !offer(run, batch));
    }

    /** Waits until there is room; false if the run has ended. */
    private boolean offer(SourceQueueWithComplete<Batch<T>> run, Batch<T> batch) {
        try {
            return Await.result(FutureConverters.asScala(run.offer(batch)), Duration.Inf())
                    .isEnqueued();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        runs.forEach(SourceQueueWithComplete::complete);
    }
}
