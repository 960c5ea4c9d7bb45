// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One cell of the matrix that is run with every build, so that the others can be trusted to run. */
class KillCellTest {

    @TempDir
    Path directory;

    @Test
    void losesAndRepeatsNothingWhenTheProcessIsKilledBeforeItsOutputsHaveTheBatch() throws Exception {
        try (Child clients = Rig.clients(directory)) {
            Verdict verdict = new Cell(Hook.AFTER_PREPARED, Fault.KILL, 7).run(directory.resolve("cell"), clients);

            assertThat(verdict.acknowledged()).isPositive();
            assertThat(verdict.isExact()).as(verdict.toString()).isTrue();
        }
    }
}
