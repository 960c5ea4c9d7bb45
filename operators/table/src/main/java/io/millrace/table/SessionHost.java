// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.table.query.JobHost;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the jobs of a session in the user's actor system, or in one of its own, which is made for the first job. Thread-safe. */
final class SessionHost implements JobHost {

    private final Optional<ActorSystem<?>> given;
    private final InstantSource clock;
    private @Nullable ActorSystem<Void> own;
    private final AtomicBoolean preparing = new AtomicBoolean();
    private boolean closed;

    SessionHost(Optional<ActorSystem<?>> given, InstantSource clock) {
        this.given = given;
        this.clock = clock;
    }

    @Override
    public StreamingContext context(String name, Duration interval, Consumer<StreamingContextBuilder> options) {
        StreamingContextBuilder builder = StreamingContext.builder(name).batchInterval(interval);
        options.accept(builder);
        return builder.actorSystem(system()).build();
    }

    @Override
    public void start(StreamingContext context) {
        context.start();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    /** Begins to make the session's own system, for a program that is going to read streams; does not wait. */
    void prepare() {
        if (given.isEmpty() && preparing.compareAndSet(false, true)) {
            Preparation.run("millrace-actors", this::makeUnlessClosed);
        }
    }

    private synchronized void makeUnlessClosed() {
        if (!closed) {
            var unused = system();
        }
    }

    private synchronized ActorSystem<?> system() {
        if (given.isPresent()) {
            return given.get();
        }
        ActorSystem<Void> system = own;
        if (system == null) {
            system = ActorSystem.create(Behaviors.<Void>empty(), "millrace-tables", config());
            own = system;
        }
        return system;
    }

    /** A quiet system, which the session ends and nothing else. */
    private static Config config() {
        return ConfigFactory.parseMap(Map.of(
                        "akka.loggers", List.of("akka.event.slf4j.Slf4jLogger"),
                        "akka.logging-filter", "akka.event.slf4j.Slf4jLoggingFilter",
                        "akka.loglevel", "INFO",
                        "akka.daemonic", true,
                        "akka.log-dead-letters", "off",
                        "akka.jvm-shutdown-hooks", "off",
                        "akka.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
                        "akka.actor.allow-java-serialization", "off",
                        "akka.scheduler.tick-duration", "100ms"))
                .withFallback(ConfigFactory.load());
    }

    /** Ends the session's own system, and waits for it. */
    synchronized void close() {
        closed = true;
        ActorSystem<Void> system = own;
        if (system != null) {
            system.terminate();
            var unused = system.getWhenTerminated().toCompletableFuture().join();
        }
    }
}
