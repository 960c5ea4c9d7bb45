// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadPacingTest {

    private static final long START = 1_000_000;
    private static final int LITTLE = 800;
    private static final int MUCH = 64 * 1024;

    private final ReadPacing pacing = new ReadPacing(() -> Duration.ofMillis(10), START);

    @Test
    void aFastFeederIsReadWithoutAPause() {
        for (long now = START + 300; now < START + 3_000; now += 300) {
            assertEquals(now, pacing.nextRead(now, MUCH));
        }
    }

    @Test
    void aSlowFeederIsReadShortlyBeforeTheEndOfTheBatch() {
        assertEquals(START + 9_500, pacing.nextRead(START + 1_000, LITTLE));
    }

    @Test
    void theChunkThatAkkaReadAheadIsFollowedByAnotherReadAtOnce() {
        pacing.nextRead(START + 1_000, LITTLE);

        assertEquals(START + 9_510, pacing.nextRead(START + 9_510, LITTLE));
        assertEquals(START + 19_500, pacing.nextRead(START + 9_600, LITTLE));
    }

    @Test
    void noPauseIsLongerThanTheRateAllows() {
        long next = pacing.nextRead(START + 1_000, 8 * 1024);

        assertEquals(START + 1_000 + 4_000, next);
    }

    @Test
    void noPauseIsLongerThanTwentyMilliseconds() {
        ReadPacing slow = new ReadPacing(() -> Duration.ofSeconds(10), START);

        assertEquals(START + 5_000_000 + 20_000, slow.nextRead(START + 5_000_000, 1));
    }

    @Test
    void aReadThatComesLateLooksForTheEndOfTheNextBatch() {
        long next = pacing.nextRead(START + 9_800, LITTLE);

        assertEquals(START + 19_500, next);
        assertTrue(next > START + 10_000);
    }

    @Test
    void aClockThatStandsStillNeverMakesItWait() {
        for (int i = 0; i < 5; i++) {
            assertEquals(START, pacing.nextRead(START, LITTLE));
        }
    }
}
