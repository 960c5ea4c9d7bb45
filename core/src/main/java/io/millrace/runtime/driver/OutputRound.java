// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.OutputInfo;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.OutputRefusedException;
import io.millrace.operator.TransactionalOutput;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch is written by one output after the other. When the job is logged, a transactional output that fails is asked again, for ever,
 * unless it says that this is in vain: those behind it wait, and so does the job; any other failure is noted, and the round goes on. Used by the output thread only.
 */
final class OutputRound {

    /**
     * An output that has a batch at this time.
     *
     * @param upstream what failed before the batch came to the output
     */
    record Turn(PlanNode output, List<Object> records, Optional<Outputs.Failure> upstream) {}

    private final TimeSource time;
    private final BatchTime batch;
    private final Optional<LoggedBatch> logged;
    private final List<Turn> turns;
    private final Runnable first;
    private final List<OutputInfo> infos = new ArrayList<>();
    private final List<Outputs.Failure> failures = new ArrayList<>();
    private Optional<Instant> begun = Optional.empty();
    private boolean firstDone;

    /**
     * Nothing is written yet.
     *
     * @param first what is done before anything is written
     */
    OutputRound(TimeSource time, BatchTime batch, Optional<LoggedBatch> logged, List<Turn> turns, Runnable first) {
        this.time = time;
        this.batch = batch;
        this.logged = logged;
        this.turns = List.copyOf(turns);
        this.first = first;
    }

    /**
     * Writes, from where it stopped.
     *
     * @return why it has to be asked again; empty if all have their records
     * @throws OutputFencedException if a later run of the job has claimed an output
     * @throws OutputClaims.AheadException if an output has batches that the log does not know of
     * @throws OutputRefusedException if an output can never have the batch; its message names output, batch and reason
     */
    Optional<Outputs.Failure> proceed()
            throws OutputFencedException, OutputClaims.AheadException, OutputRefusedException {
        if (!firstDone) {
            firstDone = true;
            first.run();
        }
        while (infos.size() < turns.size()) {
            Turn turn = turns.get(infos.size());
            Instant began = begun.orElseGet(time::now);
            begun = Optional.of(began);
            Optional<Outputs.Failure> failure = turn.upstream();
            if (failure.isEmpty()) {
                if (logged.isPresent() && Outputs.operator(turn.output()) instanceof TransactionalOutput<Object> sink) {
                    Optional<Outputs.Failure> again = commit(turn, sink, logged.get());
                    if (again.isPresent()) {
                        return again;
                    }
                } else {
                    failure = write(turn.output(), batch, turn.records());
                }
            }
            done(turn, failure, Duration.between(began, time.now()));
        }
        return Optional.empty();
    }

    private void done(Turn turn, Optional<Outputs.Failure> failure, Duration took) {
        failure.ifPresent(failures::add);
        infos.add(new OutputInfo(
                turn.output().node().name(),
                turn.output().node().callSite().toString(),
                turn.records().size(),
                took,
                failure.map(Outputs.Failure::description)));
        begun = Optional.empty();
    }

    /** What became of the outputs. */
    Outputs.Written written() {
        return new Outputs.Written(List.copyOf(infos), List.copyOf(failures));
    }

    private Optional<Outputs.Failure> commit(Turn turn, TransactionalOutput<Object> sink, LoggedBatch named)
            throws OutputFencedException, OutputClaims.AheadException, OutputRefusedException {
        try {
            named.claims().claim(turn.output(), sink, named.number());
            if (named.leavesTrace()) {
                sink.commit(
                        new OutputCommit(named.claims().of(turn.output()), named.number(), batch, 0), turn.records());
            }
            return Optional.empty();
        } catch (OutputFencedException | OutputClaims.AheadException e) {
            throw e;
        } catch (OutputRefusedException e) {
            String description =
                    failure(turn.output(), batch, turn.records(), e).description();
            throw new OutputRefusedException(
                    description + "; the batch stands in the log as " + named.number()
                            + " and is written when the job is started again",
                    e);
        } catch (Throwable e) {
            return Optional.of(failure(turn.output(), batch, turn.records(), e));
        }
    }

    /** Has an output write a batch; answers how it failed. */
    static Optional<Outputs.Failure> write(PlanNode output, BatchTime batch, List<Object> records) {
        try {
            OutputOperator<Object> operator = Outputs.operator(output);
            operator.write(batch, records);
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(failure(output, batch, records, e));
        }
    }

    private static Outputs.Failure failure(PlanNode output, BatchTime batch, List<Object> records, Throwable e) {
        if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
            throw fatal;
        }
        String description = output.node().name() + " (" + output.node().callSite() + ") failed in batch " + batch
                + " on " + records.size() + " records: " + e;
        return new Outputs.Failure(output.node().name(), description, e);
    }
}
