// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge of all the others finds what is wrong. */
class VerdictTest {

    private static final Map<String, Long> SENT = Map.of("a", 2L);

    private final List<String> lines = new ArrayList<>();
    private final List<String> sums = new ArrayList<>();
    private final List<String> windows = new ArrayList<>();

    @BeforeEach
    void twoBatchesOfOneLine() {
        for (int batch = 1; batch <= 2; batch++) {
            String time = batch + "," + 100 * batch + ",";
            lines.add(time + Lines.of("a", batch));
        }
        addPairs(sums, Lines.value("a", 1), Lines.value("a", 1), Lines.value("a", 2));
        addPairs(windows, 1, 1, 1);
    }

    /** Pairs of both batches: that of the first line in the first, those of both lines in the second. */
    private static void addPairs(List<String> output, long firstBefore, long first, long second) {
        String one = Lines.key("a", 1);
        String two = Lines.key("a", 2);
        output.add("1,100,(" + one + "," + firstBefore + ")");
        if (one.equals(two)) {
            output.add("2,200,(" + one + "," + (first + second) + ")");
        } else {
            output.add("2,200,(" + one + "," + first + ")");
            output.add("2,200,(" + two + "," + second + ")");
        }
    }

    private Verdict verdict() {
        return Verdict.of(SENT, SENT, lines, sums, windows);
    }

    @Test
    void findsNothingWrongWithWhatIsExact() {
        assertThat(verdict()).isEqualTo(new Verdict(2, 0, 0, List.of()));
        assertThat(verdict().isExact()).isTrue();
    }

    @Test
    void countsALineThatIsLost() {
        lines.remove(1);

        assertThat(verdict().lost()).isEqualTo(1);
        assertThat(verdict().isExact()).isFalse();
    }

    @Test
    void countsALineThatIsThereTwice() {
        lines.add("2,200," + Lines.of("a", 1));

        assertThat(verdict().twice()).isEqualTo(1);
        assertThat(verdict().isExact()).isFalse();
    }

    @Test
    void findsAHoleBeforeALineThatNeedNotBeThere() {
        lines.remove(0);

        assertThat(Verdict.of(Map.of("a", 0L), SENT, lines, sums, windows).problems())
                .anyMatch(problem -> problem.startsWith("lines of a: 1, but the last one is 2"));
    }

    @Test
    void findsALineThatNobodySent() {
        lines.add("2,200," + Lines.of("a", 3));

        assertThat(verdict().problems()).contains("lines that nobody sent: 1");
    }

    @Test
    void findsASumAndAWindowThatAreNotThoseOfTheLines() {
        sums.set(0, "1,100,(" + Lines.key("a", 1) + ",7)");
        windows.set(0, "1,100,(" + Lines.key("a", 1) + ",2)");

        assertThat(verdict().problems())
                .anyMatch(problem -> problem.startsWith("sums: the batch of 100"))
                .anyMatch(problem -> problem.startsWith("windows: the batch of 100"));
    }

    @Test
    void findsABatchThatComesLate() {
        lines.add(0, "3,300," + Lines.of("a", 3));

        assertThat(verdict().problems()).anyMatch(problem -> problem.contains("comes after batch 3"));
    }
}
