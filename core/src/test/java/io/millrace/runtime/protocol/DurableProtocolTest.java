// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.protocol.BatchRecord.Add;
import io.millrace.runtime.protocol.BatchRecord.Committed;
import io.millrace.runtime.protocol.BatchRecord.Plan;
import io.millrace.runtime.protocol.BatchRecord.Prepared;
import io.millrace.runtime.protocol.DriverEffect.Acknowledge;
import io.millrace.runtime.protocol.DriverEffect.Append;
import io.millrace.runtime.protocol.DriverEffect.Clean;
import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import io.millrace.runtime.protocol.DriverEffect.Exit;
import io.millrace.runtime.protocol.DriverEffect.Reason;
import io.millrace.runtime.protocol.DriverEffect.Run;
import io.millrace.runtime.protocol.DriverEvent.AttemptDone;
import io.millrace.runtime.protocol.DriverEvent.AttemptSuspected;
import io.millrace.runtime.protocol.DriverEvent.Due;
import io.millrace.runtime.protocol.DriverEvent.Opened;
import io.millrace.runtime.protocol.DriverEvent.Received;
import io.millrace.runtime.protocol.DriverEvent.SinkDone;
import io.millrace.runtime.protocol.DriverEvent.SinkUnknown;
import io.millrace.runtime.protocol.DriverEvent.Stood;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One step after the other, as the engine takes them. */
class DurableProtocolTest {

    private static final ProtocolSettings SETTINGS = new ProtocolSettings(1, 1, 2, 2, 3, 2);

    private final DurableProtocol protocol = new DurableProtocol(SETTINGS);
    private final List<BatchRecord> log = new ArrayList<>();
    private DriverState state = DriverState.initial();

    @Test
    void aBatchIsPlannedRunPreparedGivenToTheSinkAndCommitted() {
        hear(new Opened(1, 0, List.of()));
        LoggedBlock block = block("a", 1, 3);

        assertThat(hear(new Received(List.of(block)))).containsExactly(new Append(new Add(List.of(block))));
        assertThat(hear(new Stood(1))).containsExactly(new Acknowledge("a", 3));

        Plan plan = plan(1, List.of(block));
        assertThat(hear(due())).containsExactly(new Append(plan));
        assertThat(hear(new Stood(2))).containsExactly(new Run(attempt(1, 1, 0), plan, null));

        Part part = part(attempt(1, 1, 0), 3);
        assertThat(hear(new AttemptDone(part))).containsExactly(new Append(new Prepared(1, List.of(part))));
        assertThat(hear(new Stood(3))).containsExactly(new CommitSink(1, 0, part));
        assertThat(hear(new SinkDone(0, 1, 0))).containsExactly(new Append(new Committed(1)));
        assertThat(hear(new Stood(4))).containsExactly(new Clean(1));
        assertThat(state.lastCommitted()).isEqualTo(1);
    }

    @Test
    void onlyACommitMayWaitForTheNextRecordAndOneForceDoesForBoth() {
        sinkHasBatchOne();
        assertThat(log.get(log.size() - 1)).isEqualTo(new Committed(1)).matches(BatchRecord::mayWait);

        assertThat(hear(due())).containsExactly(new Append(plan(2, List.of())));
        assertThat(hear(new Stood(log.size()))).containsExactly(new Clean(1), run(2));
        assertThat(log.stream().filter(BatchRecord::mayWait)).containsExactly(new Committed(1));
    }

    @Test
    void theNextBatchRunsWhenTheOneBeforeIsDecidedAndReachesTheSinkAfterIt() {
        hear(new Opened(1, 0, List.of()));
        hear(due());
        hear(due());
        assertThat(hear(due())).as("two are in flight").isEmpty();
        assertThat(hear(new Stood(2))).containsExactly(run(1));

        Part first = part(attempt(1, 1, 0), 0);
        Part second = part(attempt(1, 2, 0), 0);
        assertThat(hear(new AttemptDone(second))).as("it was not asked for").isEmpty();
        hear(new AttemptDone(first));
        assertThat(hear(new Stood(3)))
                .containsExactlyInAnyOrder(
                        new CommitSink(1, 0, first), new Run(attempt(1, 2, 0), plan(2, List.of()), first));
        hear(new AttemptDone(second));
        assertThat(hear(new Stood(4))).as("the sink does not have batch 1").isEmpty();
        assertThat(hear(new SinkDone(0, 1, 0)))
                .containsExactlyInAnyOrder(new Append(new Committed(1)), new CommitSink(1, 0, second));
    }

    @Test
    void theFirstAttemptThatIsDoneWinsWhicheverItIs() {
        hear(new Opened(1, 0, List.of()));
        hear(due());
        hear(new Stood(1));

        assertThat(hear(new AttemptSuspected(attempt(1, 1, 0))))
                .containsExactly(new Run(attempt(1, 1, 1), plan(1, List.of()), null));
        assertThat(hear(new AttemptSuspected(attempt(1, 1, 0))))
                .as("another one is made already")
                .isEmpty();
        Part late = part(attempt(1, 1, 0), 0);
        assertThat(hear(new AttemptDone(late))).containsExactly(new Append(new Prepared(1, List.of(late))));
        assertThat(hear(new AttemptDone(part(attempt(1, 1, 1), 0)))).isEmpty();
    }

    @Test
    void aSinkOfWhichNobodyKnowsIsAskedAgainAndTheSameThing() {
        hear(new Opened(1, 0, List.of()));
        hear(due());
        hear(new Stood(1));
        Part part = part(attempt(1, 1, 0), 0);
        hear(new AttemptDone(part));
        hear(new Stood(2));

        assertThat(hear(new SinkUnknown(0, 1, 0))).containsExactly(new CommitSink(1, 0, part));
        assertThat(hear(new SinkUnknown(0, 1, 0))).containsExactly(new CommitSink(1, 0, part));
        hear(new SinkDone(0, 1, 0));
        assertThat(hear(new SinkUnknown(0, 1, 0))).isEmpty();
    }

    @Test
    void aDriverThatFollowsGoesOnWhereTheLogEnds() {
        sinkHasBatchOne();
        hear(new Received(List.of(block("a", 1, 2))));
        hear(due());
        hear(new Stood(log.size()));
        Part first = part(attempt(1, 1, 0), 0);

        List<BatchRecord> withoutCommit = log.subList(0, 2);
        assertThat(protocol.step(DriverState.initial(), new Opened(2, 0, withoutCommit))
                        .effects())
                .containsExactly(new CommitSink(2, 0, first));

        DurableProtocol.Step after = protocol.step(DriverState.initial(), new Opened(2, 0, log));
        assertThat(after.effects()).containsExactly(new Clean(1), new Run(attempt(2, 2, 0), plan(2, List.of()), first));
        assertThat(after.state().received("a")).isEqualTo(2);
        assertThat(after.state().acknowledged("a")).isEqualTo(2);
    }

    @Test
    void whatIsSentAgainIsTrimmedAndAcknowledgedAgain() {
        hear(new Opened(1, 0, List.of()));
        hear(new Received(List.of(block("a", 1, 2))));

        assertThat(hear(new Received(List.of(block("a", 1, 2)))))
                .as("it is not durable yet")
                .isEmpty();
        assertThat(hear(new Received(List.of(block("a", 1, 4), block("b", 1, 1)))))
                .containsExactly(new Append(new Add(List.of(block("a", 3, 4), block("b", 1, 1)))));
        hear(new Stood(2));
        assertThat(hear(new Received(List.of(block("a", 1, 1))))).containsExactly(new Acknowledge("a", 4));
    }

    @Test
    void whatHasAGapOrTooFewCopiesOrNoRoomIsNotTaken() {
        hear(new Opened(1, 0, List.of()));

        assertThat(hear(new Received(List.of(block("a", 2, 2))))).isEmpty();
        assertThat(hear(new Received(List.of(new LoggedBlock("a", 1, 1, 1))))).isEmpty();
        assertThat(hear(new Received(List.of(block("a", 1, 1), block("a", 2, 2), block("a", 3, 3), block("a", 4, 4)))))
                .as("three blocks may wait")
                .containsExactly(new Append(new Add(List.of(block("a", 1, 1), block("a", 2, 2), block("a", 3, 3)))));
        assertThat(hear(new Received(List.of(block("a", 4, 4))))).isEmpty();
    }

    @Test
    void noMoreRecordsThanTheBoundWaitToBeDurable() {
        hear(new Opened(1, 0, List.of()));
        hear(new Received(List.of(block("a", 1, 1))));
        hear(new Received(List.of(block("a", 2, 2))));

        assertThat(hear(new Received(List.of(block("b", 1, 1))))).isEmpty();
        hear(new Stood(1));
        assertThat(hear(new Received(List.of(block("b", 1, 1))))).hasSize(1);
    }

    @Test
    void rangesFollowOneAnotherAndOthersAreRefused() {
        hear(new Opened(1, 0, List.of()));
        hear(new Due(7, List.of(), List.of(new SourceRange("topic-0", 5, 9, ""))));

        assertThatThrownBy(() -> hear(new Due(8, List.of(), List.of(new SourceRange("topic-0", 10, 12, "")))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("batch 2 holds topic-0[10, 12), the range before ended at 9");
        hear(new Due(8, List.of(), List.of(new SourceRange("topic-0", 9, 12, ""))));
        DriverState next =
                protocol.step(DriverState.initial(), new Opened(2, 0, log)).state();
        assertThat(next.reached()).containsEntry("topic-0", 12L);
    }

    @Test
    void aBatchTakesTheBlocksThatItIsToAndLeavesTheOthers() {
        hear(new Opened(1, 0, List.of()));
        hear(new Received(List.of(block("a", 1, 1), block("a", 2, 2))));
        hear(new Stood(1));

        assertThat(hear(new Due(0, List.of(block("a", 1, 1)), List.of())))
                .containsExactly(new Append(plan(1, List.of(block("a", 1, 1)))));
        assertThat(state.waiting()).containsExactly(block("a", 2, 2));
    }

    @Test
    void itEndsForEachReasonAndDoesNothingAfter() {
        assertEnds(new DriverEvent.Fenced(), Reason.FENCED, "another driver has claimed an epoch after 3", 75);
        assertEnds(new DriverEvent.LogFailed("disk is full"), Reason.LOG_FAILED, "disk is full", 74);
        assertEnds(new DriverEvent.DataLost("a[1..2]"), Reason.DATA_LOST, "a[1..2]", 65);
    }

    private void assertEnds(DriverEvent event, Reason reason, String why, int code) {
        state = DriverState.initial();
        hear(new Opened(3, 0, List.of()));
        hear(due());

        assertThat(hear(event)).containsExactly(new Exit(reason, why));
        assertThat(reason.code()).isEqualTo(code);
        assertThat(hear(new Stood(1))).isEmpty();
        assertThat(hear(new Opened(4, 0, List.of()))).isEmpty();
    }

    @Test
    void aLogThatContradictsItselfIsRefused() {
        assertRefused("batch 2 is planned after batch 0", plan(2, List.of()));
        assertRefused("of which not all wait", plan(1, List.of(block("a", 1, 1))));
        assertRefused("which is not in flight", new Prepared(1, List.of()));
        assertRefused("is prepared twice", plan(1, List.of()), new Prepared(1, List.of()), new Prepared(1, List.of()));
        assertRefused("is committed and not prepared", plan(1, List.of()), new Committed(1));
    }

    private void assertRefused(String message, BatchRecord... records) {
        assertThatThrownBy(() -> protocol.step(DriverState.initial(), new Opened(1, 0, List.of(records))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    // ---- what happens ----

    private void sinkHasBatchOne() {
        hear(new Opened(1, 0, List.of()));
        hear(due());
        hear(new Stood(1));
        hear(new AttemptDone(part(attempt(1, 1, 0), 0)));
        hear(new Stood(2));
        hear(new SinkDone(0, 1, 0));
    }

    private List<DriverEffect> hear(DriverEvent event) {
        DurableProtocol.Step step = protocol.step(state, event);
        state = step.state();
        for (DriverEffect effect : step.effects()) {
            if (effect instanceof Append append) {
                log.add(append.entry());
            }
        }
        assertThat(Invariants.violations(state, SETTINGS)).isEmpty();
        return step.effects();
    }

    private static Run run(long batch) {
        @Nullable Part previous = batch == 1 ? null : part(attempt(1, batch - 1, 0), 0);
        return new Run(attempt(1, batch, 0), plan(batch, List.of()), previous);
    }

    /** All that waits. */
    private Due due() {
        return new Due(0, state.waiting(), List.of());
    }

    private static Plan plan(long batch, List<LoggedBlock> blocks) {
        return new Plan(batch, 0, blocks, List.of());
    }

    private static LoggedBlock block(String source, long first, long last) {
        return new LoggedBlock(source, first, last, 2);
    }

    private static AttemptName attempt(long epoch, long batch, int number) {
        return new AttemptName(epoch, batch, 0, number);
    }

    private static Part part(AttemptName attempt, long in) {
        return new Part(attempt, 10, 1, in, 0);
    }
}
