// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import com.typesafe.config.Config;
import io.millrace.listener.StopReport;
import io.millrace.runtime.driver.JobChange;
import io.millrace.runtime.driver.KeptRun;
import io.millrace.runtime.node.JobSetup;
import io.millrace.runtime.node.MessageTypes;
import io.millrace.runtime.node.Node;
import io.millrace.runtime.node.Outcome;
import io.millrace.runtime.wire.TypeRegistry;
import io.millrace.runtime.wire.WireFormats;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A job that was started: how it is stopped and how it ended. Thread-safe. */
final class JobRun implements Outcome {

    private static final AtomicInteger JOBS = new AtomicInteger();

    private final CompletableFuture<StopReport> end = new CompletableFuture<>();
    private final CompletableFuture<StopReport> endOrFailure = new CompletableFuture<>();
    private volatile @Nullable ActorRef<Node.Command> node;
    private volatile @Nullable ActorSystem<?> own;
    private volatile Executor outputs = Runnable::run;

    /** Has this system end with the job, and the job not before the system: whoever waited may unload its classes. */
    void endsWith(ActorSystem<?> system) {
        own = system;
    }

    /** Starts the job under an actor system, which goes on living when the job ends. */
    void start(JobSetup setup, ActorSystem<?> system, Supplier<TypeRegistry> types) {
        outputs = setup.threads().outputs();
        Config config = system.settings().config();
        if (config.getBoolean("akka.actor.serialize-messages")
                || !config.getString("akka.actor.provider").equals("local")) {
            WireFormats.get(system).add(MessageTypes.ALL).add(types.get());
        }
        node = system.systemActorOf(
                Node.create(setup), "millrace-" + JOBS.incrementAndGet() + "-" + setup.name(), Props.empty());
    }

    @Override
    public void outputFailed(String description, Throwable cause) {
        endOrFailure.completeExceptionally(new BatchFailedException(description, cause));
    }

    @Override
    public void stopped(StopReport report, Optional<String> failure) {
        ActorSystem<?> system = own;
        if (system == null) {
            ended(report, failure);
        } else {
            system.terminate();
            var unused = system.getWhenTerminated().whenComplete((done, broken) -> ended(report, failure));
        }
    }

    private void ended(StopReport report, Optional<String> failure) {
        if (failure.isPresent()) {
            BatchFailedException exception = new BatchFailedException(failure.get());
            endOrFailure.completeExceptionally(exception);
            end.completeExceptionally(exception);
        } else {
            end.complete(report);
            endOrFailure.complete(report);
        }
    }

    /** Asks the job to stop. */
    CompletableFuture<StopReport> stop(boolean graceful) {
        ActorRef<Node.Command> running = node;
        if (running != null) {
            running.tell(new Node.Stop(graceful));
        }
        return end;
    }

    /** Changes something while the job runs; does nothing if it has ended. */
    void change(JobChange change) {
        ActorRef<Node.Command> running = node;
        if (running != null) {
            running.tell(new Node.Change(change));
        }
    }

    /** The batches that are kept; whoever works on them does so on the output thread. */
    <T> CompletableFuture<T> export(Function<KeptRun, T> work) {
        CompletableFuture<KeptRun> kept = new CompletableFuture<>();
        onEnd(() -> kept.completeExceptionally(
                new IllegalStateException("The job ended before its kept batches were collected")));
        ActorRef<Node.Command> running = node;
        if (running != null) {
            running.tell(new Node.Export(kept));
        }
        return kept.thenApplyAsync(work, outputs);
    }

    void crash(int executor) {
        ActorRef<Node.Command> running = node;
        if (running != null) {
            running.tell(new Node.Crash(executor));
        }
    }

    /** Runs something when the job has ended, however it ended. */
    void onEnd(Runnable action) {
        var unused = end.handle((report, failure) -> {
            action.run();
            return report;
        });
    }

    /** When the job has ended. */
    CompletableFuture<StopReport> end() {
        return end;
    }

    /** Waits for the end or the first failure; empty if neither comes in time. */
    Optional<StopReport> await(@Nullable Duration limit) throws InterruptedException {
        try {
            return Optional.of(
                    limit == null ? endOrFailure.get() : endOrFailure.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BatchFailedException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }
}
