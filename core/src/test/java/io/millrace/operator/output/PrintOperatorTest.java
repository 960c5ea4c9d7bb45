// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintOperatorTest {

    private static final String RULE = "-------------------------------------------";

    private static String print(PrintFormat format, BatchTime time, List<?> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new PrintOperator<Object>(format, new PrintStream(bytes, false, StandardCharsets.UTF_8))
                .write(time, Collections.unmodifiableList(records));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aBatchIsPrintedInSparksForm() {
        assertThat(print(
                        PrintFormat.SPARK,
                        new BatchTime(1_479_168_001_000L),
                        List.of(Pair.of("blue", 5L), Pair.of("green", 3L))))
                .isEqualTo(RULE + "\nTime: 1479168001000 ms\n" + RULE + "\n(blue,5)\n(green,3)\n\n");
    }

    @Test
    void anEmptyBatchIsAHeaderAlone() {
        assertThat(print(PrintFormat.SPARK, new BatchTime(3_000), List.of()))
                .isEqualTo(RULE + "\nTime: 3000 ms\n" + RULE + "\n\n");
    }

    @Test
    void tenRecordsAreShownAndThreeDotsIfThereAreMore() {
        List<Integer> ten = IntStream.range(0, 10).boxed().toList();
        List<Integer> eleven = IntStream.range(0, 11).boxed().toList();

        assertThat(print(PrintFormat.SPARK, new BatchTime(1), ten)).endsWith("\n8\n9\n\n");
        assertThat(print(PrintFormat.SPARK, new BatchTime(1), eleven)).endsWith("\n8\n9\n...\n\n");
    }

    @Test
    void anotherNumberOfRecordsMayBeShown() {
        assertThat(print(PrintFormat.SPARK.withLimit(1), new BatchTime(1), List.of("a", "b")))
                .endsWith(RULE + "\na\n...\n\n");
        assertThat(print(PrintFormat.SPARK.withLimit(0), new BatchTime(1), List.of("a")))
                .endsWith(RULE + "\n...\n\n");
    }

    @Test
    void theHeaderMayBeADateInTheLocalTime() {
        Instant instant = LocalDateTime.of(2020, 4, 6, 14, 59, 21)
                .atZone(ZoneId.systemDefault())
                .toInstant();

        assertThat(print(
                        PrintFormat.SPARK.withHeader(PrintFormat.Header.DATE),
                        new BatchTime(instant.toEpochMilli()),
                        List.of()))
                .isEqualTo(RULE + "\nTime: 2020-04-06 14:59:21\n" + RULE + "\n\n");
    }

    @Test
    void recordsMayBeSortedByTheirText() {
        assertThat(print(PrintFormat.SPARK.inOrder().withLimit(2), new BatchTime(1), List.of("c", "a", "b")))
                .endsWith(RULE + "\na\nb\n...\n\n");
    }

    @Test
    void itAsksForOneRecordMoreThanItShowsAndForAllIfTheyAreSorted() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

        assertThat(new PrintOperator<>(PrintFormat.SPARK, nowhere).limit()).isEqualTo(11);
        assertThat(new PrintOperator<>(PrintFormat.SPARK.inOrder(), nowhere).limit())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(new PrintOperator<>(PrintFormat.SPARK.withLimit(Integer.MAX_VALUE), nowhere).limit())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aLimitBelowZeroIsRefused() {
        assertThatThrownBy(() -> PrintFormat.SPARK.withLimit(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be >= 0, but is -1");
    }
}
