// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.ActorPath;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Actor systems without threads and in virtual time, run step by step by the thread of the test.
 *
 * <p>Nothing happens until it is run: {@link #runUntilIdle()} runs what can run now, {@link #advance} lets time pass.
 * With a seed the dice choose which actor goes next, so that another seed finds another interleaving, and the same seed
 * the same one: {@link #traceHash()} tells. Several actor systems may share a simulation, as nodes of a cluster.
 *
 * <p>What Akka measures by {@code System.nanoTime} does not see virtual time: the operators {@code throttle},
 * {@code delay}, {@code dropWithin}, {@code keepAlive} and the idle timeouts, {@code CircuitBreaker}. What it draws from
 * {@code ThreadLocalRandom} does not go by the seed: the random factor of a backoff, random routers. What is chained to
 * a stage that it returns runs elsewhere: see {@link #runnablesFromOutside()}.
 *
 * <p>Any thread may send messages and use {@link #executor()}, {@link #now()} and the timer, at the price of
 * determinism; one at a time may run it.
 */
public final class Simulation implements AutoCloseable {

    private final SimulationSettings settings;
    private final Stepper stepper;
    private final SimulatedSystems systems;

    private Simulation(SimulationSettings settings) {
        this.settings = settings;
        this.stepper = new Stepper(settings);
        this.systems = new SimulatedSystems(stepper);
    }

    /** A simulation in which who can run first runs first. */
    public static Simulation fifo() {
        return of(SimulationSettings.fifo());
    }

    /** A simulation in which the dice of {@code seed} choose who runs next. */
    public static Simulation seeded(long seed) {
        return of(SimulationSettings.seeded(seed));
    }

    /** A simulation of these settings. */
    public static Simulation of(SimulationSettings settings) {
        return new Simulation(settings);
    }

    /** Starts an actor system on Akka's own configuration. */
    public <T> ActorSystem<T> start(Behavior<T> guardian, String name) {
        return start(guardian, name, ConfigFactory.empty());
    }

    /**
     * Starts an actor system.
     *
     * @param config over Akka's reference; its dispatchers, scheduler, and JVM hooks are replaced. The environment's
     *     {@code application.conf} is not read: pass {@code ConfigFactory.load()} to have it
     */
    public <T> ActorSystem<T> start(Behavior<T> guardian, String name, Config config) {
        return stepper.driveOrJoin(() -> systems.start(guardian, name, config));
    }

    /** Runs what it is given when the simulation is run, one at a time among everything else. */
    public Executor executor() {
        return runnable -> stepper.queue().add(runnable, RunQueue.HANDLER_OF_THREAD);
    }

    /** The virtual clock and the timer that goes by it. */
    public TimeSource time() {
        return stepper.time().source();
    }

    /** What the virtual time is. */
    public Instant now() {
        return stepper.time().now();
    }

    /**
     * Runs until nothing can run without time passing.
     *
     * @throws IllegalStateException if that does not come within {@link SimulationSettings#maxSteps()}
     */
    public void runUntilIdle() {
        stepper.drive(() -> stepper.untilIdle(() -> false));
    }

    /** Lets that much time pass: see {@link #advanceTo}. */
    public void advance(Duration duration) {
        advanceTo(now().plus(duration));
    }

    /** Lets time pass up to {@code target}, stopping at every timer on the way, and runs until idle after each. */
    public void advanceTo(Instant target) {
        stepper.drive(() -> stepper.until(target, () -> false));
    }

    /**
     * Runs, and lets time pass, no further than until {@code condition} holds; it is looked at after every step.
     *
     * @throws AssertionError if it does not hold within {@code virtualLimit}
     */
    public void runUntil(BooleanSupplier condition, Duration virtualLimit) {
        Instant begin = now();
        stepper.drive(() -> {
            if (!stepper.until(begin.plus(virtualLimit), condition)) {
                throw new AssertionError("waited in vain from " + begin + " for " + virtualLimit + " of virtual time; "
                        + settings + ", uncaught " + uncaught());
            }
        });
    }

    /**
     * Runs until {@code stage} has its result, and returns it.
     *
     * @throws java.util.concurrent.CompletionException if it failed
     * @throws AssertionError if it has none within {@code virtualLimit}
     */
    public <T> T await(CompletionStage<T> stage, Duration virtualLimit) {
        CompletableFuture<T> result = stage.toCompletableFuture();
        runUntil(result::isDone, virtualLimit);
        return result.join();
    }

    /**
     * The result of {@code code} that itself waits for the simulation, inside Akka, by {@code scala.concurrent.Await}:
     * {@code Materializer.createMaterializer(system)} does. Called plainly it would wait for the thread that waits.
     */
    public <T> T call(Supplier<T> code) {
        return stepper.driveOrJoin(code);
    }

    /** Halts the actors at a path and below it, as a stopped process: what is sent to them waits. */
    public void freeze(ActorPath path) {
        stepper.freeze(path);
    }

    /** Lets halted actors run again. */
    public void thaw(ActorPath path) {
        stepper.thaw(path);
    }

    /** Waits in real time until another thread brings work, a socket's for example; false if none did. */
    public boolean awaitWork(Duration real) throws InterruptedException {
        return stepper.queue().await(real);
    }

    /** What was chosen at every step and the times it reached, as one number; the same for the same run. */
    public long traceHash() {
        return stepper.trace().hash();
    }

    /** How many runnables ran. */
    public long steps() {
        return stepper.trace().steps();
    }

    /**
     * How many runnables other threads than the one that runs it have brought: 0 in a deterministic run.
     *
     * <p>Sockets do. So does whatever is chained to a {@code CompletionStage} that Akka returns, unless by an
     * {@code Async} method with an executor of the simulation: Scala runs it on a thread of the JVM's common pool. In
     * actors {@code context.ask} and {@code pipeToSelf} of such a stage are the trap.
     */
    public long runnablesFromOutside() {
        return stepper.queue().outsiders();
    }

    /** What runnables threw at their thread: the first hundred. What an actor throws is its supervisor's, not here. */
    public List<Throwable> uncaught() {
        return stepper.failures();
    }

    /**
     * Terminates its actor systems. Closing twice does nothing.
     *
     * @throws IllegalStateException if they do not terminate
     */
    @Override
    public void close() {
        stepper.drive(systems::close);
    }
}
