// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.PointSeam;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs the job. When it is dead nothing of it has any effect any more: its actors may run on, but the disk, the outputs and
 * the clients do not know them.
 */
final class Incarnation {

    /** What happens at an access to the disk. */
    enum Trip {
        /** It fails. */
        FAIL,
        /** The process dies. */
        KILL,
        /** The power is cut. */
        POWER
    }

    private final int number;
    private @Nullable BatchHarness harness;
    private boolean alive = true;
    private boolean powerCut;
    private boolean disturbed;
    private int tripIn = -1;
    private boolean tripAfter;
    private Trip trip = Trip.FAIL;
    private int outputFaults;
    private boolean outputFaultAfter;
    private int ownEpoch;
    private final List<Awaited> awaited = new ArrayList<>();

    /** Something that happens when a point is reached and was passed so often. */
    private static final class Awaited {
        private final Enum<?> point;
        private final Runnable what;
        private int passes;

        Awaited(Plan.Moment moment, Runnable what) {
            this.point = moment.point();
            this.passes = moment.passes();
            this.what = what;
        }
    }

    Incarnation(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    void runs(BatchHarness newHarness) {
        harness = newHarness;
        PointSeam.onPoint(newHarness, this::reached);
    }

    /** Does something in the middle of what the process does at that moment, if it comes to it. */
    void at(Plan.Moment moment, Runnable what) {
        awaited.add(new Awaited(moment, what));
    }

    private void reached(Enum<?> point) {
        for (Awaited one : List.copyOf(awaited)) {
            if (alive && one.point == point && one.passes-- == 0) {
                awaited.remove(one);
                one.what.run();
            }
        }
    }

    BatchHarness harness() {
        BatchHarness running = harness;
        if (running == null) {
            throw new IllegalStateException("process " + number + " was not started");
        }
        return running;
    }

    boolean isAlive() {
        return alive;
    }

    void die() {
        alive = false;
    }

    /** True if the power was cut at an access of this process to the disk. */
    boolean hasCutThePower() {
        return powerCut;
    }

    /** It may end by itself from now on without that being an error. */
    void disturb() {
        disturbed = true;
    }

    boolean isDisturbed() {
        return disturbed;
    }

    int ownEpoch() {
        return ownEpoch;
    }

    void claimed(int epoch) {
        ownEpoch = epoch;
    }

    // ---- its disk ----

    /** Has something happen after so many accesses to the disk. */
    void trip(Trip what, int accesses, boolean afterwards) {
        trip = what;
        tripIn = accesses;
        tripAfter = afterwards;
    }

    /** What waits for a moment comes no more. */
    void spare() {
        awaited.clear();
    }

    /** Nothing happens any more, to the disk or to outputs. */
    void heal() {
        tripIn = -1;
        outputFaults = 0;
    }

    /** Before an access has its effect. */
    void enterDisk() throws IOException {
        check();
        if (tripIn > 0) {
            tripIn--;
        }
        if (tripIn == 0 && !tripAfter) {
            tripNow();
        }
    }

    /** After an access had its effect. */
    void leaveDisk() throws IOException {
        if (tripIn == 0) {
            tripNow();
        }
    }

    private void tripNow() throws IOException {
        tripIn = -1;
        disturbed = true;
        if (trip != Trip.FAIL) {
            alive = false;
            powerCut = trip == Trip.POWER;
        }
        throw new IOException(trip == Trip.FAIL ? "Input/output error" : "process " + number + " is dead");
    }

    private void check() throws IOException {
        if (!alive) {
            throw new IOException("process " + number + " is dead");
        }
    }

    // ---- its outputs ----

    /** Lets so many calls of outputs fail, before or after they had an effect. */
    void failOutputs(int calls, boolean afterwards) {
        outputFaults = calls;
        outputFaultAfter = afterwards;
    }

    /** Before a call of an output has its effect. */
    void enterOutput() throws IOException {
        check();
        if (outputFaults > 0 && !outputFaultAfter) {
            outputFaults--;
            throw new IOException("connection refused");
        }
    }

    /** After a call of an output had its effect. */
    void leaveOutput() throws IOException {
        if (outputFaults > 0 && outputFaultAfter) {
            outputFaults--;
            throw new IOException("connection reset, the reply is lost");
        }
    }
}
