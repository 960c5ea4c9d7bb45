// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two writers, the one stopped at every single access while the other works. */
class LogFenceTest {

    @Test
    void aWriterWhoIsOvertakenAnywhereLosesNothingThatItTold() throws IOException {
        CrashingStorage whole = new CrashingStorage();
        List<NumberedLog> unhindered = new ArrayList<>();
        work(whole, unhindered);

        int fenced = 0;
        for (int call = 1; call <= whole.calls(); call++) {
            CrashingStorage storage = new CrashingStorage();
            List<NumberedLog> first = new ArrayList<>();
            List<NumberedLog> second = new ArrayList<>();
            storage.before(call, () -> overtake(storage, second));
            try {
                work(storage, first);
            } catch (IOException e) {
                fenced++;
            }

            NumberedLog newer = second.get(0);
            NumberedLog third = new NumberedLog(storage, 3);
            if (!first.isEmpty()
                    && first.get(0).writer().epoch() < newer.writer().epoch()) {
                // What the second found is all that the first had told; and its own follows.
                assertThat(newer.last() - 2)
                        .as("call %d", call)
                        .isGreaterThanOrEqualTo(first.get(0).committed());
                assertThat(third.last()).as("call %d", call).isEqualTo(newer.last());
                assertThatThrownBy(() -> first.get(0).append(1).commit()).isInstanceOf(IOException.class);
            } else {
                assertThat(third.last()).as("call %d", call).isGreaterThanOrEqualTo(newer.committed());
            }
            assertThat(NumberedLog.read(storage)).isEqualTo(third.last());
        }
        assertThat(fenced).isGreaterThan(whole.calls() / 2);
    }

    @Test
    void whatTheOldWriterTellsWhileTheNewOneOpensIsFound() throws IOException {
        for (int call = 1; call <= 40; call++) {
            CrashingStorage storage = new CrashingStorage();
            NumberedLog old = new NumberedLog(storage, 1).append(3);
            old.commit();
            storage.before(storage.calls() + call, () -> {
                try {
                    old.append(1).commit();
                    old.append(9).commit();
                    for (int i = 0; i < 3; i++) {
                        old.compact();
                        old.append(1).commit();
                    }
                } catch (IOException e) {
                    assertThat(e).isInstanceOf(LogFencedException.class);
                }
            });

            NumberedLog opened = new NumberedLog(storage, 2);
            assertThat(opened.last()).as("call %d", call).isGreaterThanOrEqualTo(old.committed());
            opened.append(1).commit();

            assertThat(NumberedLog.read(storage)).as("call %d", call).isEqualTo(opened.last());
        }
    }

    /** What it misses was cleared away by the one who overtook it: that is no damage. */
    @Test
    void whoIsOvertakenWhileItOpensIsToldSo() throws IOException {
        for (int call = 1; call <= 60; call++) {
            CrashingStorage storage = new CrashingStorage();
            NumberedLog before = new NumberedLog(storage, 1).append(3);
            before.commit();
            storage.before(storage.calls() + call, () -> {
                try {
                    NumberedLog newer = new NumberedLog(storage, 2).append(1);
                    newer.commit();
                    newer.compact();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            try {
                new NumberedLog(storage, 3);
            } catch (IOException e) {
                assertThat(e).as("call %d", call).isInstanceOf(LogFencedException.class);
            }
        }
    }

    @Test
    void aFencedWriterStaysFenced() throws IOException {
        CrashingStorage storage = new CrashingStorage();
        NumberedLog old = new NumberedLog(storage, 1);
        NumberedLog opened = new NumberedLog(storage, 2);
        opened.append(1).commit();
        opened.compact();

        assertThatThrownBy(() -> old.append(1).commit())
                .isInstanceOf(LogFencedException.class)
                .hasMessageContaining("epoch 1 may write no more");
        assertThatThrownBy(old::commit).isInstanceOf(LogPoisonedException.class);
        assertThatThrownBy(old::compact).isInstanceOf(LogPoisonedException.class);
        assertThat(NumberedLog.read(storage)).isEqualTo(1);
    }

    @Test
    void aClaimThatIsGoneStopsTheWriter() throws IOException {
        CrashingStorage storage = new CrashingStorage();
        NumberedLog log = new NumberedLog(storage, 1);
        storage.delete("epochs/000001.claim");

        assertThatThrownBy(() -> log.append(1).commit())
                .isInstanceOf(LogFencedException.class)
                .hasMessageContaining("epochs/000001.claim is gone");
    }

    private static void work(CrashingStorage storage, List<NumberedLog> opened) throws IOException {
        NumberedLog log = new NumberedLog(storage, 1);
        opened.add(log);
        log.append(2).commit();
        log.append(9).commit();
        log.append(1).commit();
        for (int i = 0; i < 3; i++) {
            log.compact();
            log.append(2 + i).commit();
        }
    }

    private static void overtake(CrashingStorage storage, List<NumberedLog> opened) {
        try {
            NumberedLog log = new NumberedLog(storage, 2);
            opened.add(log);
            log.append(2).commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
