// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.millrace.listener.StreamingListener;
import io.millrace.runtime.batch.LatencyKeeper;
import io.millrace.runtime.batch.LatencyTarget;
import io.millrace.runtime.driver.JobChange;
import io.millrace.runtime.executor.PlannedJob;
import io.millrace.runtime.executor.VersionedValues;
import io.millrace.runtime.node.Environment;
import io.millrace.runtime.node.JobSetup;
import io.millrace.runtime.node.Settings;
import io.millrace.runtime.node.SystemTime;
import io.millrace.runtime.node.Threads;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.stream.StreamGraph;
import io.millrace.stream.StreamNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans a job and starts it where it belongs: in the environment of a test, in the actor system that it was given, or in one of its own. Used by
 * one thread at a time.
 */
final class JobStart {

    private final StreamingContextBuilder options;
    private final StreamGraph graph;
    private final VersionedValues values;
    private final JobRun run;
    private boolean frozen;

    JobStart(StreamingContextBuilder options, StreamGraph graph, VersionedValues values, JobRun run) {
        this.options = options;
        this.graph = graph;
        this.values = values;
        this.run = run;
    }

    /** Lets no stream or output be added any more. */
    void freeze() {
        if (!frozen) {
            graph.freeze();
            frozen = true;
        }
    }

    /**
     * Whether the job could go on from its checkpoint.
     *
     * @throws IllegalStateException if there is none, or it cannot be read
     */
    CheckpointCheck check() {
        Settings settings = options.settings(config(), graph);
        return new CheckpointStart(options, run).check(planned(settings), settings);
    }

    private Config config() {
        if (options.environment != null) {
            return options.environment.system().settings().config();
        }
        return options.system != null ? options.system.settings().config() : OwnSystem.config(options.config);
    }

    /**
     * Starts the job; what it was planned as.
     *
     * @param listeners those of the user
     */
    PhysicalPlan start(List<StreamingListener> listeners) {
        Config config = config();
        Settings settings = options.settings(config, graph);
        PlannedJob job = planned(settings); // while a system of its own is being prepared
        start(environment(config), job, settings, listeners);
        return job.plan();
    }

    private Environment environment(Config config) {
        if (options.environment != null) {
            return options.environment;
        }
        ActorSystem<?> given = options.system;
        ActorSystem<?> system = given != null ? given : ownSystem(config);
        SystemTime time = new SystemTime("millrace-" + options.name + "-timer");
        run.onEnd(time::close);
        return new Environment(system, time.source(), Threads.ofJob("millrace-" + options.name));
    }

    private ActorSystem<Void> ownSystem(Config config) {
        ActorSystem<Void> system = OwnSystem.forJob(options.name, options.config, config);
        run.endsWith(system);
        return system;
    }

    private PlannedJob planned(Settings settings) {
        List<StreamNode> nodes =
                replaying().map(replaying -> replaying.rewired(graph.nodes())).orElseGet(graph::nodes);
        PlannedJob job = new PlannedJob(PhysicalPlan.of(nodes, options.interval.toMillis()), values);
        job.check(settings.executor());
        LatencyTarget latency = options.latency;
        if (latency != null) {
            checkIntervalMayChange(job.plan(), "follow a latency target of " + latency.target());
        }
        return job;
    }

    /**
     * Lets a job change its interval if nothing in it counts by it.
     *
     * @param change what the interval would do, for the message
     * @throws IllegalStateException if an operator, which the message names, needs a fixed interval
     */
    static void checkIntervalMayChange(PhysicalPlan plan, String change) {
        plan.needsFixedInterval().ifPresent(fixed -> {
            throw new IllegalStateException("The batch interval cannot " + change
                    + " while the job runs: the operator " + fixed.node().name() + " ("
                    + fixed.node().callSite() + ") counts in batches of " + plan.intervalMillis()
                    + " ms, and its windows, slides or timeouts would no longer be as long as they were said to be");
        });
    }

    private Optional<Environment.Replaying> replaying() {
        return Optional.ofNullable(options.environment).flatMap(Environment::replaying);
    }

    private void start(Environment environment, PlannedJob job, Settings settings, List<StreamingListener> listeners) {
        run.start(
                new JobSetup(
                        options.name,
                        job,
                        settings,
                        environment.threads(),
                        environment.time(),
                        withLatencyKeeper(listeners),
                        run,
                        environment.inspection(),
                        replaying().map(Environment.Replaying::rerun),
                        replaying().isPresent()
                                ? Optional.empty()
                                : new CheckpointStart(options, run).open(environment, job, settings)),
                environment.system(),
                options::types);
    }

    /** Those of the user, and the one that holds the latency target if there is one. */
    private List<StreamingListener> withLatencyKeeper(List<StreamingListener> listeners) {
        LatencyTarget latency = options.latency;
        if (latency == null) {
            return listeners;
        }
        List<StreamingListener> all = new ArrayList<>(listeners);
        all.add(new LatencyKeeper(latency, options.interval, interval -> run.change(new JobChange.Interval(interval))));
        return all;
    }
}
