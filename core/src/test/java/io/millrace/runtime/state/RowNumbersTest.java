// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowNumbersTest {

    /** The row with the first number that needs more than two bytes lies within, at the beginning and at the end of a chunk. */
    @ParameterizedTest
    @CsvSource({
        "1, 20000, 30000",
        "2, 20000, 0",
        "3, 20000, 1",
        "4, 20000, 8191",
        "5, 20000, 8192",
        "6, 20000, 8193",
        "7, 300000, 70000",
        "8, 300000, 131072",
        "9, 100, 99"
    })
    void keepsWhatIsAdded(long seed, int rows, int firstWide) {
        Random random = new Random(seed);
        int[] expected = new int[rows];
        RowNumbers numbers = new RowNumbers(random.nextInt(100));
        for (int row = 0; row < rows; row++) {
            expected[row] =
                    row < firstWide ? random.nextInt(65_536) : row == firstWide ? 65_536 : random.nextInt(100_000);
            numbers.add(expected[row]);
        }

        assertThat(numbers.size()).isEqualTo(rows);
        for (int row = 0; row < rows; row++) {
            assertThat(numbers.get(row)).as("row %d", row).isEqualTo(expected[row]);
        }
        for (int round = 0; round < 20; round++) {
            int from = random.nextInt(rows);
            int count = random.nextInt(rows - from + 1);
            int[] copied = new int[count];
            numbers.copy(from, copied, count);
            assertThat(copied).isEqualTo(Arrays.copyOfRange(expected, from, from + count));
        }
        int from = rows / 3;
        int[] counts = new int[100_000];
        int[] expectedCounts = new int[100_000];
        for (int row = from; row < rows; row++) {
            expectedCounts[expected[row]]++;
        }
        IntStack fresh = new IntStack();
        numbers.count(from, rows, counts, fresh);
        assertThat(counts).isEqualTo(expectedCounts);
        assertThat(fresh.toArray())
                .isEqualTo(Arrays.stream(expected, from, rows).distinct().toArray());
    }
}
