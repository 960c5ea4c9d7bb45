// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.SeededRandom;
import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The machine dies, or the disk fails, at every single access of a run that does all that a log does. */
class LogCrashTest {

    private static final int SEEDS = 12;

    private final Random random = SeededRandom.of(LogCrashTest.class);

    /** What a run has said to the world; it survives the machine. */
    private static final class Story {

        long committed;
        long appended;
        int start = 1;

        @Nullable
        NumberedLog log;

        void run(CrashingStorage storage) throws IOException {
            open(storage);
            append(3);
            append(12);
            append(1);
            compact();
            append(2);
            append(9);
            open(storage);
            append(2);
            compact();
            compact();
            append(4);
        }

        void open(CrashingStorage storage) throws IOException {
            NumberedLog opened = new NumberedLog(storage, start++);
            check(opened);
            log = opened;
            appended = opened.last();
            committed = opened.last();
        }

        void check(NumberedLog opened) {
            assertThat(opened.last()).as("found").isBetween(committed, appended);
        }

        NumberedLog log() {
            return java.util.Objects.requireNonNull(log);
        }

        void append(int count) throws IOException {
            log().append(count);
            appended = log().last();
            log().commit();
            committed = log().committed();
        }

        void compact() throws IOException {
            log().compact();
        }
    }

    @Test
    void nothingCommittedIsLostWhereverThePowerIsCut() throws IOException {
        int calls = callsOfAWholeRun();
        for (int call = 1; call <= calls; call++) {
            for (boolean afterwards : new boolean[] {false, true}) {
                CrashingStorage storage = new CrashingStorage().dieAt(call, afterwards);
                Story story = new Story();
                assertThatThrownBy(() -> story.run(storage)).isInstanceOf(PowerCut.class);

                goesOn(story, storage.afterKill());
                for (int seed = 0; seed < SEEDS; seed++) {
                    goesOn(story, storage.afterPowerCut(random));
                }
            }
        }
    }

    @Test
    void nothingCommittedIsLostWhenThePowerIsCutAgainDuringTheRecovery() throws IOException {
        int calls = callsOfAWholeRun();
        for (int call = 1; call <= calls; call += 3) {
            CrashingStorage storage = new CrashingStorage().dieAt(call, true);
            Story story = new Story();
            assertThatThrownBy(() -> story.run(storage)).isInstanceOf(PowerCut.class);
            for (int again = 1; again <= 40; again++) {
                CrashingStorage first = storage.afterPowerCut(random).dieAt(again, random.nextBoolean());
                long committed = story.committed;
                try {
                    NumberedLog log = new NumberedLog(first, 50);
                    story.check(log);
                    story.committed = log.last();
                } catch (PowerCut e) {
                    // It died while it was opened: nothing new was said.
                }
                goesOn(story, first.afterPowerCut(random));
                story.committed = committed;
            }
        }
    }

    @Test
    void nothingCommittedIsLostWhicheverAccessFails() throws IOException {
        int calls = callsOfAWholeRun();
        for (int call = 1; call <= calls; call++) {
            CrashingStorage storage = new CrashingStorage().failAt(call);
            Story story = new Story();
            try {
                story.run(storage);
            } catch (IOException e) {
                assertThat(e).isNotInstanceOf(LogCorruptedException.class);
            }
            goesOn(story, storage.afterKill());
            goesOn(story, storage.afterPowerCut(random));
        }
    }

    @Test
    void aFullDiskHoldsTheRecordsBackUntilThereIsRoom() throws IOException {
        for (int room = 0; room < 1200; room += 7) {
            CrashingStorage storage = new CrashingStorage();
            NumberedLog log = new NumberedLog(storage, 1).append(5);
            log.commit();
            storage.room(room);
            log.append(6);
            assertThatThrownBy(log::commit)
                    .isInstanceOf(LogWriteException.class)
                    .hasMessageContaining("No space");
            assertThatThrownBy(log::commit).isInstanceOf(LogWriteException.class);
            assertThat(NumberedLog.read(storage)).isBetween(5L, 11L);

            storage.room(Long.MAX_VALUE);
            log.append(1);
            log.commit();

            assertThat(log.writer().durableSequence()).isEqualTo(12);
            assertThat(NumberedLog.read(storage.afterPowerCut(random))).isEqualTo(12);
        }
    }

    @Test
    void aFullDiskLeavesTheLogAsItWasWhenItIsCompacted() throws IOException {
        CrashingStorage storage = new CrashingStorage();
        NumberedLog log = new NumberedLog(storage, 1).append(5);
        log.commit();
        storage.room(100);

        assertThatThrownBy(log::compact).isInstanceOf(LogWriteException.class);
        storage.room(Long.MAX_VALUE);
        log.append(1).commit();

        assertThat(NumberedLog.read(storage.afterPowerCut(random))).isEqualTo(6);
    }

    @Test
    void nobodyGoesBackToASegmentThatMayHaveBeenSealed() throws IOException {
        int wentOn = 0;
        for (int call = 1; call <= 12; call++) {
            CrashingStorage storage = new CrashingStorage();
            NumberedLog log = new NumberedLog(storage, 1).append(3);
            log.commit();
            storage.failAfter(storage.calls() + call);
            try {
                log.writer().roll();
            } catch (LogWriteException e) {
                log.append(2).commit();
                wentOn++;
            } catch (LogPoisonedException e) {
                // Nothing more is told.
            }
            assertThat(NumberedLog.read(storage.afterPowerCut(random)))
                    .as("call %d", call)
                    .isEqualTo(log.committed());
        }
        assertThat(wentOn).isPositive();
    }

    private static int callsOfAWholeRun() throws IOException {
        CrashingStorage storage = new CrashingStorage();
        new Story().run(storage);
        assertThat(storage.calls()).isGreaterThan(100);
        return storage.calls();
    }

    private static void goesOn(Story story, CrashingStorage storage) throws IOException {
        NumberedLog log = new NumberedLog(storage, 100);
        story.check(log);
        log.append(2).commit();
        NumberedLog later = new NumberedLog(storage.afterPowerCut(new Random(1)), 101);
        assertThat(later.last()).isEqualTo(log.last());
    }
}
