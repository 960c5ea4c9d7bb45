// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.millrace.listener.StopReport;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.driver.Driver;
import io.millrace.runtime.driver.DriverSetup;
import io.millrace.runtime.driver.ExecutorHandle;
import io.millrace.runtime.driver.JobChange;
import io.millrace.runtime.driver.KeptRun;
import io.millrace.runtime.executor.KeptStates;
import io.millrace.runtime.ingest.ReceiverSupervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The root of one job's actors in one JVM: the driver and the executors, each replaced when it dies. */
public final class Node extends AbstractBehavior<Node.Command> {

    /** The dispatcher of all actors and streams of a job. */
    public static final String DISPATCHER = "millrace.dispatcher";

    /** What a node can be told. */
    public sealed interface Command extends NoSerializationVerificationNeeded {}

    /** Stop the job: at once, or when all that was received is processed. */
    public record Stop(boolean graceful) implements Command {}

    /** Change something while the job runs. */
    public record Change(JobChange change) implements Command {}

    /** Give away the batches that are kept. */
    public record Export(CompletableFuture<KeptRun> reply) implements Command {}

    /** Kill an executor: for tests. */
    public record Crash(int executor) implements Command {}

    private record WorkerReady(ExecutorHandle handle) implements Command {}

    private record WorkerGone(ExecutorId executor) implements Command {}

    private record DriverGone() implements Command {}

    private record Ready(ActorRef<BlockManager.Command> blocks, ActorRef<ReceiverSupervisor.Event> receiverEvents)
            implements Command {}

    private record FromDriver(Driver.Event event) implements Command {}

    private final JobSetup setup;
    private final BlockBuffers buffers;
    private final ActorRef<Driver.Command> driver;
    private final Map<Integer, ExecutorHandle> executors = new TreeMap<>();
    private final List<Long> restarts = new ArrayList<>();
    private Optional<Ready> ready = Optional.empty();
    private boolean stopped;

    private Node(ActorContext<Command> context, JobSetup setup) {
        super(context);
        this.setup = setup;
        int blockBytes = setup.settings().ingest().blockBytes();
        long budget = setup.settings().ingest().creditBytes()
                * Math.max(1, setup.job().plan().sources().size());
        this.buffers = new BlockBuffers(blockBytes, (int) Math.max(2, Math.min(1 << 16, budget / blockBytes)));
        ActorRef<Driver.Event> fromDriver = context.messageAdapter(Driver.Event.class, FromDriver::new);
        DriverSetup driverSetup = new DriverSetup(
                setup.job().plan(),
                setup.job().values(),
                setup.settings().driver(),
                setup.time(),
                setup.threads().outputs(),
                setup.listeners(),
                fromDriver,
                setup.inspection(),
                setup.settings().driver().keep().isOn()
                        ? Optional.of(
                                KeptStates.of(setup.job(), setup.settings().executor()))
                        : Optional.empty(),
                setup.rerun(),
                setup.durability());
        ActorRef<Command> self = context.getSelf();
        this.driver = context.spawn(
                Driver.create(driverSetup, (blocks, events) -> self.tell(new Ready(blocks, events))),
                "driver",
                DispatcherSelector.fromConfig(DISPATCHER));
        context.watchWith(driver, new DriverGone());
    }

    /** A job that starts at once. */
    public static Behavior<Command> create(JobSetup setup) {
        return Behaviors.setup(context -> new Node(context, setup));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ready.class, this::onReady)
                .onMessage(WorkerReady.class, this::onWorkerReady)
                .onMessage(WorkerGone.class, this::onWorkerGone)
                .onMessage(FromDriver.class, this::onFromDriver)
                .onMessage(DriverGone.class, this::onDriverGone)
                .onMessage(Stop.class, this::onStop)
                .onMessage(Change.class, this::onChange)
                .onMessage(Export.class, this::onExport)
                .onMessage(Crash.class, this::onCrash)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onReady(Ready message) {
        ready = Optional.of(message);
        setup.inspection().onBlockManager(message.blocks());
        for (int i = 0; i < setup.settings().executor().executors(); i++) {
            spawn(new ExecutorId(i, 0), message);
        }
        return this;
    }

    private void spawn(ExecutorId id, Ready addresses) {
        ActorRef<Command> self = getContext().getSelf();
        WorkerSetup worker = new WorkerSetup(
                id,
                setup.job(),
                setup.settings(),
                setup.threads(),
                buffers,
                setup.time(),
                addresses.blocks(),
                addresses.receiverEvents(),
                setup.durability().isPresent(),
                setup.inspection());
        ActorRef<Worker.Command> spawned = getContext()
                .spawn(
                        Worker.create(worker, handle -> self.tell(new WorkerReady(handle))),
                        id.toString(),
                        DispatcherSelector.fromConfig(DISPATCHER));
        getContext().watchWith(spawned, new WorkerGone(id));
    }

    private Behavior<Command> onWorkerReady(WorkerReady worker) {
        executors.put(worker.handle().id().number(), worker.handle());
        driver.tell(new Driver.ExecutorUp(worker.handle()));
        setup.inspection().onExecutor(worker.handle());
        return this;
    }

    private Behavior<Command> onWorkerGone(WorkerGone gone) {
        executors.remove(gone.executor().number());
        if (stopped) {
            return this;
        }
        long now = setup.time().millis();
        restarts.removeIf(at -> at < now - 60_000);
        if (restarts.size() >= setup.settings().maxExecutorRestarts()) {
            String why = gone.executor() + " died, and executors were replaced " + restarts.size()
                    + " times within a minute, which is millrace.max-executor-restarts";
            getContext().getLog().error("the job fails: {}", why);
            return end(new StopReport(0, 0, 0, 0, false), Optional.of(why));
        }
        restarts.add(now);
        ready.ifPresent(addresses ->
                spawn(new ExecutorId(gone.executor().number(), gone.executor().incarnation() + 1), addresses));
        return this;
    }

    private Behavior<Command> onFromDriver(FromDriver message) {
        if (message.event() instanceof Driver.OutputFailed failed) {
            setup.outcome().outputFailed(failed.description(), failed.cause());
            return this;
        }
        Driver.Stopped end = (Driver.Stopped) message.event();
        return end(end.report(), end.failure());
    }

    private Behavior<Command> onDriverGone(DriverGone gone) {
        return stopped ? this : end(new StopReport(0, 0, 0, 0, false), Optional.of("the driver died; see the log"));
    }

    private Behavior<Command> end(StopReport report, Optional<String> failure) {
        stopped = true;
        setup.outcome().stopped(report, failure);
        return Behaviors.stopped();
    }

    private Behavior<Command> onStop(Stop stop) {
        driver.tell(new Driver.Stop(stop.graceful()));
        return this;
    }

    private Behavior<Command> onChange(Change change) {
        driver.tell(new Driver.Change(change.change()));
        return this;
    }

    private Behavior<Command> onExport(Export export) {
        driver.tell(new Driver.Export(export.reply()));
        return this;
    }

    private Behavior<Command> onCrash(Crash crash) {
        ExecutorHandle handle = executors.get(crash.executor());
        if (handle == null) {
            getContext().getLog().warn("executor number {} does not live and cannot crash", crash.executor());
        } else {
            handle.executor().tell(new io.millrace.runtime.executor.Executor.Crash());
        }
        return this;
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        setup.threads().close();
        if (!stopped) {
            setup.outcome()
                    .stopped(
                            new StopReport(0, 0, 0, 0, false),
                            Optional.of("the actor system was terminated under the job"));
        }
        return this;
    }
}
