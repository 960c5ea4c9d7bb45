// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import org.junit.jupiter.api.Test;

class SealQueueTest {

    private static final BatchTime FIRST = new BatchTime(1_000);
    private static final BatchTime SECOND = new BatchTime(2_000);

    private final SealQueue seals = new SealQueue();

    @Test
    void withoutBlocksABatchIsSettledWhenTheStreamHasSeenIt() {
        seals.requested(FIRST);
        assertThat(seals.settled()).isEmpty();

        seals.reached(FIRST);

        assertThat(seals.settled()).containsExactly(FIRST);
        assertThat(seals.settled()).as("said once").isEmpty();
    }

    @Test
    void aBatchWaitsForTheBlocksThatWereCutBeforeIt() {
        seals.cut();
        seals.requested(FIRST);
        seals.cut();
        seals.reached(FIRST);
        seals.done();
        assertThat(seals.settled()).isEmpty();

        seals.done();

        assertThat(seals.settled()).containsExactly(FIRST);
    }

    @Test
    void blocksThatAreCutLaterAreNotWaitedFor() {
        seals.requested(FIRST);
        seals.cut();
        seals.reached(FIRST);
        seals.cut();
        seals.done();

        assertThat(seals.settled()).containsExactly(FIRST);
    }

    @Test
    void batchesAreSettledInOrderAndSeveralAtOnce() {
        seals.cut();
        seals.requested(FIRST);
        seals.reached(FIRST);
        seals.requested(SECOND);
        seals.reached(SECOND);
        assertThat(seals.settled()).isEmpty();

        seals.done();

        assertThat(seals.settled()).containsExactly(FIRST, SECOND);
    }

    @Test
    void whatWasNotAskedForIsNotAnswered() {
        seals.reached(FIRST);
        assertThat(seals.settled()).isEmpty();

        seals.requested(SECOND);
        seals.reached(SECOND);
        seals.reached(SECOND);
        assertThat(seals.settled()).containsExactly(SECOND);
    }

    @Test
    void aStreamThatEndedHasReachedEverything() {
        seals.requested(FIRST);
        seals.requested(SECOND);
        seals.cut();

        seals.reachedAll();
        assertThat(seals.settled()).isEmpty();
        seals.done();

        assertThat(seals.settled()).containsExactly(FIRST, SECOND);
    }
}
