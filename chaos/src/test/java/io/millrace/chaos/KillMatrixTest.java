// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kill matrix: every hook, the driver and an executor, SIGKILL and a halt. In one process an executor has no signals of its own: it
 * crashes by the engine's command, and its tasks stand still for two seconds. At the hooks before executors live it is hit when it comes.
 * A seed of one's own: {@code -Dchaos.seed=7}.
 */
@Tag("chaos")
class KillMatrixTest {

    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final List<Verdict> VERDICTS = new ArrayList<>();

    @TempDir
    static Path directory;

    private static @Nullable Child clients;

    @BeforeAll
    static void startClients() throws Exception {
        clients = Rig.clients(directory);
    }

    static Stream<Cell> cells() {
        Random random = new Random(SEED);
        List<Cell> cells = new ArrayList<>();
        for (Hook hook : Hook.values()) {
            for (Fault fault : List.of(Fault.KILL, Fault.HALT, Fault.CRASH_EXECUTOR, Fault.STALL_EXECUTOR)) {
                int pass = hook.isRare() ? 1 : 2 + random.nextInt(10);
                cells.add(new Cell(hook, fault, pass));
            }
        }
        String only = System.getProperty("chaos.only", "");
        return cells.stream().filter(cell -> cell.toString().contains(only));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void losesAndRepeatsNothing(Cell cell) throws Exception {
        Verdict verdict =
                cell.run(directory.resolve(cell.toString().replace(' ', '-')), Objects.requireNonNull(clients));
        VERDICTS.add(verdict);
        Says.line("cell " + cell + " (seed " + SEED + "): " + verdict);

        assertThat(verdict.acknowledged()).isPositive();
        assertThat(verdict.isExact())
                .as(cell + ", seed " + SEED + ": " + verdict)
                .isTrue();
    }

    @AfterAll
    static void sum() {
        if (clients != null) {
            clients.close();
        }
        Says.line("kill matrix: " + VERDICTS.size() + " cells, lost "
                + VERDICTS.stream().mapToLong(Verdict::lost).sum() + ", twice "
                + VERDICTS.stream().mapToLong(Verdict::twice).sum() + ", otherwise wrong "
                + VERDICTS.stream()
                        .filter(verdict -> !verdict.problems().isEmpty())
                        .count() + " (seed " + SEED + ", "
                + VERDICTS.stream().mapToLong(Verdict::acknowledged).sum() + " lines)");
    }
}
