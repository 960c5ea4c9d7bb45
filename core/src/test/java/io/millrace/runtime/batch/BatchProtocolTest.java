// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchState.Phase;
import io.millrace.runtime.batch.BatchState.Staging;
import io.millrace.runtime.block.ExecutorId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchProtocolTest {

    private static final ExecutorId E0 = new ExecutorId(0, 0);
    private static final ExecutorId E1 = new ExecutorId(1, 0);
    private static final BatchTime ZERO = new BatchTime(0);
    private static final BatchTime BATCH = new BatchTime(1_000);
    private static final BatchTime OTHER = new BatchTime(500);

    private BatchState state = BatchState.initial(ZERO);

    private List<BatchEffect> on(BatchEvent event) {
        BatchProtocol.Step step = BatchProtocol.step(state, event);
        state = step.state();
        return step.effects();
    }

    private void ignores(BatchEvent event) {
        BatchState before = state;
        assertThat(on(event)).as("effects of %s", event).isEmpty();
        assertThat(state).as("state after %s", event).isEqualTo(before);
    }

    private void running() {
        on(new BatchEvent.Due(BATCH, Set.of()));
        on(new BatchEvent.Allocated(BATCH, Set.of(E0, E1)));
    }

    private static BatchEvent done(int attempt, ExecutorId executor, Set<ExecutorId> stagedBy) {
        return new BatchEvent.Done(BATCH, attempt, executor, stagedBy, Set.of());
    }

    private static BatchEvent staged(int attempt, ExecutorId from, ExecutorId by) {
        return new BatchEvent.Staged(BATCH, attempt, from, by);
    }

    // ---- the good path ----

    @Test
    void aBatchGoesThroughItsPhasesInOrder() {
        assertThat(on(new BatchEvent.Due(BATCH, Set.of(0, 1))))
                .containsExactly(new BatchEffect.AskSeal(BATCH, Set.of(0, 1)));
        assertThat(state.phase()).isEqualTo(Phase.SEALING);
        assertThat(on(new BatchEvent.Sealed(1, BATCH))).isEmpty();
        assertThat(on(new BatchEvent.Sealed(0, BATCH))).containsExactly(new BatchEffect.Allocate(BATCH));
        assertThat(state.phase()).isEqualTo(Phase.ALLOCATING);
        assertThat(on(new BatchEvent.Allocated(BATCH, Set.of(E0, E1)))).containsExactly(new BatchEffect.Run(BATCH, 0));
        assertThat(state.phase()).isEqualTo(Phase.RUNNING);
        assertThat(on(done(0, E0, Set.of(E1)))).isEmpty();
        assertThat(on(done(0, E1, Set.of()))).isEmpty();
        assertThat(state.unstaged()).containsExactly(new Staging(E0, E1));
        assertThat(on(staged(0, E0, E1))).containsExactly(new BatchEffect.Write(BATCH, Set.of()));
        assertThat(state.phase()).isEqualTo(Phase.WRITING);
        assertThat(on(new BatchEvent.Written(BATCH))).containsExactly(new BatchEffect.Commit(BATCH, 0, Set.of()));
        assertThat(state.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void withoutReceiversNothingIsSealed() {
        assertThat(on(new BatchEvent.Due(BATCH, Set.of()))).containsExactly(new BatchEffect.Allocate(BATCH));
        assertThat(state.phase()).isEqualTo(Phase.ALLOCATING);
    }

    @Test
    void aBatchOnWhichNobodyWorksIsWrittenAtOnce() {
        on(new BatchEvent.Due(BATCH, Set.of()));

        assertThat(on(new BatchEvent.Allocated(BATCH, Set.of())))
                .containsExactly(new BatchEffect.Write(BATCH, Set.of()));
    }

    @Test
    void theOneThatStandsByMayAnswerBeforeTheOneThatWorked() {
        running();

        assertThat(on(staged(0, E0, E1))).isEmpty();
        assertThat(on(done(0, E1, Set.of()))).isEmpty();
        assertThat(on(done(0, E0, Set.of(E1)))).containsExactly(new BatchEffect.Write(BATCH, Set.of()));
    }

    @Test
    void failedOperatorsAreGatheredFromAllExecutors() {
        running();
        on(new BatchEvent.Done(BATCH, 0, E0, Set.of(), Set.of(3)));

        assertThat(on(new BatchEvent.Done(BATCH, 0, E1, Set.of(), Set.of(4))))
                .containsExactly(new BatchEffect.Write(BATCH, Set.of(3, 4)));
        assertThat(on(new BatchEvent.Written(BATCH))).containsExactly(new BatchEffect.Commit(BATCH, 0, Set.of(3, 4)));
    }

    // ---- receivers that are late or gone ----

    @Test
    void whenReceiversHaveHadTheirTimeTheBatchGoesOnWithoutThem() {
        on(new BatchEvent.Due(BATCH, Set.of(0, 1)));
        on(new BatchEvent.Sealed(0, BATCH));

        assertThat(on(new BatchEvent.SealOverdue(BATCH))).containsExactly(new BatchEffect.Allocate(BATCH));
        ignores(new BatchEvent.Sealed(1, BATCH));
        ignores(new BatchEvent.SealOverdue(BATCH));
    }

    @Test
    void aReceiverThatIsGoneIsNotWaitedFor() {
        on(new BatchEvent.Due(BATCH, Set.of(0)));

        assertThat(on(new BatchEvent.StreamGone(0))).containsExactly(new BatchEffect.Allocate(BATCH));
        ignores(new BatchEvent.StreamGone(0));
    }

    @Test
    void aStreamThatSealsTwiceCountsOnce() {
        on(new BatchEvent.Due(BATCH, Set.of(0, 1)));
        on(new BatchEvent.Sealed(0, BATCH));

        ignores(new BatchEvent.Sealed(0, BATCH));
        assertThat(state.phase()).isEqualTo(Phase.SEALING);
    }

    // ---- executors that die ----

    @Test
    void anExecutorThatDiesHasTheBatchAttemptedAgain() {
        running();
        on(done(0, E0, Set.of(E1)));

        assertThat(on(new BatchEvent.ExecutorLost(E1))).containsExactly(new BatchEffect.Allocate(BATCH));
        assertThat(state).isEqualTo(new BatchState(Phase.ALLOCATING, BATCH, 1, Set.of(), Set.of(), Set.of(), Set.of()));
        assertThat(on(new BatchEvent.Allocated(BATCH, Set.of(E0)))).containsExactly(new BatchEffect.Run(BATCH, 1));
        assertThat(on(done(1, E0, Set.of()))).containsExactly(new BatchEffect.Write(BATCH, Set.of()));
        assertThat(on(new BatchEvent.Written(BATCH))).containsExactly(new BatchEffect.Commit(BATCH, 1, Set.of()));
    }

    @Test
    void whatAnEarlierAttemptFailedAtIsForgotten() {
        running();
        on(new BatchEvent.Done(BATCH, 0, E0, Set.of(), Set.of(7)));
        on(new BatchEvent.ExecutorLost(E1));
        on(new BatchEvent.Allocated(BATCH, Set.of(E0)));

        assertThat(on(done(1, E0, Set.of()))).containsExactly(new BatchEffect.Write(BATCH, Set.of()));
    }

    @Test
    void anExecutorThatDiesWhileNobodyWorksChangesNothing() {
        ignores(new BatchEvent.ExecutorLost(E0));
        on(new BatchEvent.Due(BATCH, Set.of(0)));
        ignores(new BatchEvent.ExecutorLost(E0));
        on(new BatchEvent.Sealed(0, BATCH));
        ignores(new BatchEvent.ExecutorLost(E0));
        on(new BatchEvent.Allocated(BATCH, Set.of()));
        ignores(new BatchEvent.ExecutorLost(E0));
    }

    // ---- what is ignored ----

    @Test
    void eventsOfOtherBatchesAreIgnoredInEveryPhase() {
        List<BatchEvent> others = List.of(
                new BatchEvent.Sealed(0, OTHER),
                new BatchEvent.SealOverdue(OTHER),
                new BatchEvent.Allocated(OTHER, Set.of(E0)),
                new BatchEvent.Done(OTHER, 0, E0, Set.of(), Set.of()),
                new BatchEvent.Staged(OTHER, 0, E0, E1),
                new BatchEvent.Written(OTHER));

        others.forEach(this::ignores);
        on(new BatchEvent.Due(BATCH, Set.of(0)));
        others.forEach(this::ignores);
        on(new BatchEvent.Sealed(0, BATCH));
        others.forEach(this::ignores);
        on(new BatchEvent.Allocated(BATCH, Set.of(E0)));
        others.forEach(this::ignores);
        on(done(0, E0, Set.of()));
        others.forEach(this::ignores);
        on(new BatchEvent.Written(BATCH));
        others.forEach(this::ignores);
    }

    @Test
    void eventsOfEarlierAttemptsAreIgnored() {
        running();
        on(new BatchEvent.ExecutorLost(E1));
        on(new BatchEvent.Allocated(BATCH, Set.of(E0)));

        ignores(done(0, E0, Set.of()));
        ignores(staged(0, E0, E1));
    }

    @Test
    void anExecutorIsHeardOncePerAttempt() {
        running();
        on(done(0, E0, Set.of()));

        ignores(done(0, E0, Set.of(E1)));
    }

    @Test
    void eventsOfTheBatchInAWrongPhaseAreIgnored() {
        on(new BatchEvent.Due(BATCH, Set.of()));
        ignores(new BatchEvent.Sealed(0, BATCH));
        ignores(done(0, E0, Set.of()));
        ignores(staged(0, E0, E1));
        ignores(new BatchEvent.Written(BATCH));
        on(new BatchEvent.Allocated(BATCH, Set.of(E0)));
        ignores(new BatchEvent.Allocated(BATCH, Set.of(E0, E1)));
        ignores(new BatchEvent.Written(BATCH));
    }

    @Test
    void aBatchCannotBeginBeforeTheLastHasEndedNorBeforeItInTime() {
        on(new BatchEvent.Due(BATCH, Set.of()));

        assertThatThrownBy(() -> on(new BatchEvent.Due(new BatchTime(2_000), Set.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("batch 2000 ms cannot begin while 1000 ms is ALLOCATING");

        on(new BatchEvent.Allocated(BATCH, Set.of()));
        on(new BatchEvent.Written(BATCH));
        assertThatThrownBy(() -> on(new BatchEvent.Due(BATCH, Set.of()))).isInstanceOf(IllegalStateException.class);
    }
}
