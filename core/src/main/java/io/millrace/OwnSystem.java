// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The actor system that a job brings along itself: quiet, and without hooks of its own, since the job sees to its end. */
final class OwnSystem {

    /** A system that was begun before it was known for which job; it ends with the JVM if none takes it. */
    private static final AtomicReference<@Nullable CompletableFuture<ActorSystem<Void>>> PREPARED =
            new AtomicReference<>();

    private OwnSystem() {}

    /** Begins to make a system in the background, if there is more than one processor and none is being made. */
    static void prepare() {
        CompletableFuture<ActorSystem<Void>> system = new CompletableFuture<>();
        if (Runtime.getRuntime().availableProcessors() > 1 && PREPARED.compareAndSet(null, system)) {
            daemon(() -> prepare(system), "millrace-prepare").start();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void prepare(CompletableFuture<ActorSystem<Void>> result) {
        try {
            // before other threads log, or slf4j complains that it was not ready
            Thread logging = daemon(LoggerFactory::getILoggerFactory, "millrace-prepare-logging");
            logging.start();
            Config config = config(ConfigFactory.empty());
            logging.join();
            ActorSystem<Void> system = make("millrace", config);
            result.complete(system);
            akka.io.Tcp.get(Adapter.toClassic(system)).manager();
            Source.single(NotUsed.getInstance()).runWith(Sink.ignore(), system);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(e);
        }
    }

    /** A system for a job: the one that was prepared, if the job wants nothing special of it. */
    static ActorSystem<Void> forJob(String job, Config special, Config config) {
        CompletableFuture<ActorSystem<Void>> prepared = special.isEmpty() ? PREPARED.getAndSet(null) : null;
        return prepared != null ? prepared.join() : make("millrace-" + job, config);
    }

    private static ActorSystem<Void> make(String name, Config config) {
        return ActorSystem.create(Behaviors.<Void>empty(), name, config);
    }

    /** The configuration of such a system. */
    static Config config(Config before) {
        return ConfigFactory.parseMap(Map.of(
                        "akka.loggers", List.of("akka.event.slf4j.Slf4jLogger"),
                        "akka.logging-filter", "akka.event.slf4j.Slf4jLoggingFilter",
                        "akka.loglevel", "INFO",
                        "akka.daemonic", true,
                        "akka.log-dead-letters", "off",
                        "akka.jvm-shutdown-hooks", "off",
                        "akka.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
                        "akka.actor.allow-java-serialization", "off",
                        // the engine has a timer of its own; a hundred ticks a second would be most of an idle job's
                        // work
                        "akka.scheduler.tick-duration", "100ms"))
                .withFallback(before)
                .withFallback(ConfigFactory.load());
    }
}
