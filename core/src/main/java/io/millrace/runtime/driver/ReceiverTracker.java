// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.operator.BatchTime;
import io.millrace.operator.SourceOperator;
import io.millrace.runtime.batch.BatchEvent;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.ingest.ReceiverHost;
import io.millrace.runtime.ingest.ReceiverSupervisor;
import io.millrace.runtime.plan.PhysicalPlan;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Starts the job's receivers, moves them when their executor dies, and passes on what the driver has to say to them. */
final class ReceiverTracker {

    private final ReceiverPlacement placement;
    private final Set<Integer> unplaced = new TreeSet<>();
    private final Map<Integer, ActorRef<ReceiverSupervisor.Command>> supervisors = new TreeMap<>();
    private final Set<Integer> stopped = new TreeSet<>();
    private final Set<Integer> sealing = new TreeSet<>();
    private final Set<Integer> late = new TreeSet<>();
    private final Set<Integer> streams;
    private final Map<Integer, Double> rates = new TreeMap<>();
    private Optional<Duration> interval = Optional.empty();
    private boolean stopping;

    private ReceiverTracker(Map<Integer, OptionalInt> preferences, Map<Integer, Integer> lives) {
        this.placement = new ReceiverPlacement(preferences, lives);
        this.streams = new TreeSet<>(preferences.keySet());
        this.unplaced.addAll(streams);
    }

    /** The receivers of a plan's inputs, none of which runs yet, though they had so many lives in earlier runs of the job. */
    static ReceiverTracker of(PhysicalPlan plan, Map<Integer, Integer> lives) {
        Map<Integer, OptionalInt> preferences = new TreeMap<>();
        for (int stream = 0; stream < plan.sources().size(); stream++) {
            SourceOperator<?> source =
                    (SourceOperator<?>) plan.sources().get(stream).node().operator();
            preferences.put(stream, source.preferredExecutor());
        }
        return new ReceiverTracker(preferences, lives);
    }

    /** Takes note of what a receiver says; answers what that means for the batch, nothing if it is no news. */
    Optional<BatchEvent> heard(ReceiverSupervisor.Event event) {
        if (event instanceof ReceiverSupervisor.Sealed sealed) {
            return Optional.of(new BatchEvent.Sealed(sealed.stream(), sealed.batch()));
        } else if (event instanceof ReceiverSupervisor.Started started) {
            started(started);
        } else if (event instanceof ReceiverSupervisor.Stopped stopped) {
            stopped(stopped.stream());
            return Optional.of(new BatchEvent.StreamGone(stopped.stream()));
        } else if (event instanceof ReceiverSupervisor.Died died && died(died.stream(), died.incarnation())) {
            return Optional.of(new BatchEvent.StreamGone(died.stream()));
        }
        return Optional.empty();
    }

    /** The executors that live have changed: tells receivers whom to copy to, and starts those that have no place. */
    void executors(Map<ExecutorId, ExecutorHandle> handles) {
        Map<ExecutorId, ActorRef<BlockHolder.Command>> holders = new HashMap<>();
        handles.forEach((id, handle) -> holders.put(id, handle.holder()));
        handles.values().forEach(handle -> handle.receivers().tell(new ReceiverHost.Peers(holders)));
        start(handles);
    }

    private void start(Map<ExecutorId, ExecutorHandle> handles) {
        if (stopping) {
            return;
        }
        for (int stream : List.copyOf(unplaced)) {
            placement.place(stream, new TreeSet<>(handles.keySet())).ifPresent(start -> {
                unplaced.remove(stream);
                ExecutorHandle handle = handles.get(start.executor());
                if (handle != null) {
                    handle.receivers().tell(new ReceiverHost.Start(start.stream(), start.incarnation()));
                }
            });
        }
    }

    private void started(ReceiverSupervisor.Started started) {
        if (placement.isCurrent(started.stream(), started.incarnation())) {
            supervisors.put(started.stream(), started.supervisor());
            interval.ifPresent(changed -> started.supervisor().tell(new ReceiverSupervisor.Interval(changed)));
            Double rate = rates.get(started.stream());
            if (rate != null) {
                started.supervisor().tell(new ReceiverSupervisor.Rate(rate));
            }
            if (stopping) {
                started.supervisor().tell(new ReceiverSupervisor.Stop());
            }
        }
    }

    /** An executor died; answers the streams whose receivers died with it. */
    List<Integer> executorLost(ExecutorId executor) {
        List<Integer> gone = streams.stream()
                .filter(stream -> placement.of(stream).filter(executor::equals).isPresent())
                .toList();
        gone.forEach(this::gone);
        return gone;
    }

    private boolean died(int stream, int incarnation) {
        if (!placement.isCurrent(stream, incarnation)) {
            return false;
        }
        gone(stream);
        return true;
    }

    private void gone(int stream) {
        placement.gone(stream);
        supervisors.remove(stream);
        late.remove(stream);
        if (stopping) {
            stopped.add(stream);
        } else {
            unplaced.add(stream);
        }
    }

    /** The streams whose receivers run. */
    Set<Integer> running() {
        return new TreeSet<>(supervisors.keySet());
    }

    /** Asks receivers to cut what they have. */
    void seal(BatchTime batch, Collection<Integer> which) {
        sealing.clear();
        for (int stream : new TreeSet<>(which)) {
            ActorRef<ReceiverSupervisor.Command> supervisor = supervisors.get(stream);
            if (supervisor != null) {
                supervisor.tell(new ReceiverSupervisor.Seal(batch, late.remove(stream)));
                sealing.add(stream);
            }
        }
    }

    /** A receiver has cut what it had for the batch that is being sealed. */
    void sealed(int stream) {
        sealing.remove(stream);
    }

    /** The batch does not wait any longer for receivers to cut what they have. */
    void overdue() {
        late.addAll(sealing);
        sealing.clear();
    }

    /** Tells receivers how many records per second they may read; by stream. */
    void rates(Map<Integer, Double> newRates) {
        rates.putAll(newRates);
        newRates.forEach((stream, rate) -> {
            ActorRef<ReceiverSupervisor.Command> supervisor = supervisors.get(stream);
            if (supervisor != null) {
                supervisor.tell(new ReceiverSupervisor.Rate(rate));
            }
        });
    }

    /** Tells receivers how often batches come from now on. */
    void interval(Duration newInterval) {
        interval = Optional.of(newInterval);
        supervisors.values().forEach(supervisor -> supervisor.tell(new ReceiverSupervisor.Interval(newInterval)));
    }

    /** Has all receivers stop. */
    void stop() {
        stopping = true;
        stopped.addAll(unplaced);
        supervisors.values().forEach(supervisor -> supervisor.tell(new ReceiverSupervisor.Stop()));
    }

    private void stopped(int stream) {
        stopped.add(stream);
        supervisors.remove(stream);
        placement.gone(stream);
    }

    /** True if none runs any more. */
    boolean allStopped() {
        return stopping && stopped.containsAll(streams);
    }
}
