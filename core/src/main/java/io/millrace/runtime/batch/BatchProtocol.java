// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.runtime.batch.BatchState.Phase;
import io.millrace.runtime.batch.BatchState.Staging;
import io.millrace.runtime.block.ExecutorId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The batch protocol: a function from what is and what happens to what is then and what is to be done.
 *
 * <p>An attempt has no effect before the batch is committed: if an executor that takes part dies, the batch is attempted again by
 * the others, from the state of the last batch. Outputs are written once every change of state is kept by those that stand by.
 * Events of other batches and of earlier attempts are ignored.
 */
public final class BatchProtocol {

    /** What is then, and what is to be done. */
    public record Step(BatchState state, List<BatchEffect> effects) {
        /** Copies the effects. */
        public Step {
            effects = List.copyOf(effects);
        }
    }

    private BatchProtocol() {}

    /** The next state and what is to be done. */
    public static Step step(BatchState state, BatchEvent event) {
        if (event instanceof BatchEvent.Due due) {
            return due(state, due);
        }
        if (event instanceof BatchEvent.Sealed sealed) {
            return sealed.batch().equals(state.batch()) ? streamSettled(state, sealed.stream()) : same(state);
        }
        if (event instanceof BatchEvent.StreamGone gone) {
            return streamSettled(state, gone.stream());
        }
        if (event instanceof BatchEvent.SealOverdue overdue) {
            return overdue.batch().equals(state.batch()) && state.phase() == Phase.SEALING
                    ? allocate(state)
                    : same(state);
        }
        if (event instanceof BatchEvent.Allocated allocated) {
            return allocated(state, allocated);
        }
        if (event instanceof BatchEvent.Done done) {
            return done(state, done);
        }
        if (event instanceof BatchEvent.Staged staged) {
            return staged(state, staged);
        }
        if (event instanceof BatchEvent.ExecutorLost) {
            return lost(state);
        }
        return written(state, (BatchEvent.Written) event);
    }

    private static Step due(BatchState state, BatchEvent.Due due) {
        if (state.phase() != Phase.IDLE || due.batch().compareTo(state.batch()) <= 0) {
            throw new IllegalStateException(
                    "batch " + due.batch() + " cannot begin while " + state.batch() + " is " + state.phase());
        }
        BatchState next =
                BatchState.initial(due.batch()).unsealed(due.streams()).at(Phase.SEALING);
        return due.streams().isEmpty()
                ? allocate(next)
                : new Step(next, List.of(new BatchEffect.AskSeal(due.batch(), due.streams())));
    }

    private static Step streamSettled(BatchState state, int stream) {
        if (state.phase() != Phase.SEALING) {
            return same(state);
        }
        BatchState next = state.unsealed(without(state.unsealed(), stream));
        return next.unsealed().isEmpty() ? allocate(next) : same(next);
    }

    private static Step allocate(BatchState state) {
        return new Step(
                state.unsealed(Set.of()).at(Phase.ALLOCATING), List.of(new BatchEffect.Allocate(state.batch())));
    }

    private static Step allocated(BatchState state, BatchEvent.Allocated allocated) {
        if (state.phase() != Phase.ALLOCATING || !allocated.batch().equals(state.batch())) {
            return same(state);
        }
        BatchState next = state.working(allocated.participants()).at(Phase.RUNNING);
        Step run = new Step(next, List.of(new BatchEffect.Run(state.batch(), state.attempt())));
        return allocated.participants().isEmpty() ? writeIfDone(next) : run;
    }

    private static Step done(BatchState state, BatchEvent.Done done) {
        if (!isCurrent(state, done.batch().equals(state.batch()), done.attempt())
                || !state.working().contains(done.executor())) {
            return same(state);
        }
        Set<Staging> unstaged = new TreeSet<>(state.unstaged());
        for (ExecutorId by : done.stagedBy()) {
            Staging staging = new Staging(done.executor(), by);
            if (!unstaged.remove(staging)) {
                unstaged.add(staging);
            }
        }
        Set<Integer> failed = new TreeSet<>(state.failed());
        failed.addAll(done.failed());
        return writeIfDone(state.working(without(state.working(), done.executor()))
                .unstaged(unstaged)
                .failed(failed));
    }

    /** The answer of the one that stands by may come before that of the one that worked: then it is noted in advance. */
    private static Step staged(BatchState state, BatchEvent.Staged staged) {
        if (!isCurrent(state, staged.batch().equals(state.batch()), staged.attempt())) {
            return same(state);
        }
        Set<Staging> unstaged = new TreeSet<>(state.unstaged());
        Staging staging = new Staging(staged.from(), staged.by());
        if (!unstaged.remove(staging)) {
            unstaged.add(staging);
        }
        return writeIfDone(state.unstaged(unstaged));
    }

    private static Step lost(BatchState state) {
        return state.phase() == Phase.RUNNING
                ? new Step(state.nextAttempt(), List.of(new BatchEffect.Allocate(state.batch())))
                : same(state);
    }

    private static Step written(BatchState state, BatchEvent.Written written) {
        if (state.phase() != Phase.WRITING || !written.batch().equals(state.batch())) {
            return same(state);
        }
        return new Step(
                state.at(Phase.IDLE), List.of(new BatchEffect.Commit(state.batch(), state.attempt(), state.failed())));
    }

    private static Step writeIfDone(BatchState state) {
        return state.working().isEmpty() && state.unstaged().isEmpty()
                ? new Step(state.at(Phase.WRITING), List.of(new BatchEffect.Write(state.batch(), state.failed())))
                : same(state);
    }

    private static boolean isCurrent(BatchState state, boolean sameBatch, int attempt) {
        return state.phase() == Phase.RUNNING && sameBatch && attempt == state.attempt();
    }

    private static Step same(BatchState state) {
        return new Step(state, List.of());
    }

    private static <T> Set<T> without(Collection<T> all, T one) {
        Set<T> rest = new TreeSet<>(all);
        rest.remove(one);
        return rest;
    }
}
