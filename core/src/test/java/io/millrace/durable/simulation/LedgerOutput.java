// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a process writes to a {@link Ledger}: its calls may fail before they have an effect, or afterwards, when the reply is lost.
 *
 * @param <T> records
 */
final class LedgerOutput<T> implements TransactionalOutput<T> {

    private final Incarnation process;
    private final Ledger<T> ledger;
    private final Mutant mutant;
    private final boolean lastValue;

    LedgerOutput(Incarnation process, Ledger<T> ledger, Mutant mutant, boolean lastValue) {
        this.process = process;
        this.ledger = ledger;
        this.mutant = mutant;
        this.lastValue = lastValue;
    }

    @Override
    public String kind() {
        return "ledger";
    }

    private boolean isUnguarded() {
        return lastValue && mutant == Mutant.LAST_VALUE_UNGUARDED;
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws IOException, OutputFencedException {
        process.enterOutput();
        if (!isUnguarded() && !ledger.claim(claim.epoch())) {
            throw new OutputFencedException(claim, ledger.claimed());
        }
        process.leaveOutput();
        return isUnguarded() ? OptionalLong.empty() : ledger.newest();
    }

    @Override
    public boolean commit(OutputCommit commit, List<T> records) throws IOException, OutputFencedException {
        process.enterOutput();
        if (!isUnguarded() && !ledger.claim(commit.claim().epoch())) {
            throw new OutputFencedException(commit.claim(), ledger.claimed());
        }
        boolean repeats = !isUnguarded() && mutant != Mutant.OUTPUT_NOT_IDEMPOTENT;
        if (repeats && ledger.newest().orElse(0) >= commit.batch()) {
            return false;
        }
        ledger.write(commit.batch(), commit.time().millis(), records);
        process.leaveOutput();
        return true;
    }

    @Override
    public void write(BatchTime time, List<T> records) {
        throw new IllegalStateException("batch " + time + " has no number, and the job has a checkpoint");
    }
}
