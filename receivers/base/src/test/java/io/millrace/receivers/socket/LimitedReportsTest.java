// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.receiver.LimitedReports;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitedReportsTest {

    private final RecordingContext context = new RecordingContext();
    private final LimitedReports reports = new LimitedReports(context, LimitedReports::tell);
    private final IOException cause = new IOException("why");

    @Test
    void tellsTheFirstAtOnceAndTheLastOfEverySecond() {
        reports.add("one", cause);
        assertThat(context.reports).containsExactly("one");

        reports.add("two", cause);
        reports.add("three", cause);
        context.manualTime.advance(Duration.ofMillis(999));
        assertThat(context.reports).containsExactly("one");

        context.manualTime.advance(Duration.ofMillis(1));
        assertThat(context.reports).containsExactly("one", "three (the last of 2)");
    }

    @Test
    void staysQuietForASecondAfterALateReportToo() {
        reports.add("one", cause);
        reports.add("two", cause);
        context.manualTime.advance(Duration.ofSeconds(1));
        reports.add("three", cause);
        assertThat(context.reports).containsExactly("one", "two");

        context.manualTime.advance(Duration.ofSeconds(1));
        assertThat(context.reports).containsExactly("one", "two", "three");
    }

    @Test
    void tellsAtOnceAgainAfterAQuietSecond() {
        reports.add("one", cause);
        context.manualTime.advance(Duration.ofSeconds(1));
        reports.add("two", cause);

        assertThat(context.reports).containsExactly("one", "two");
        assertThat(context.manualTime.alarms()).isZero();
    }

    @Test
    void tellsTheRestWhenItsStageStops() {
        reports.add("one", cause);
        reports.add("two", cause);

        reports.tell();

        assertThat(context.reports).containsExactly("one", "two");
        assertThat(context.manualTime.alarms()).isZero();
    }

    @Test
    void hasNothingToTellAtFirst() {
        reports.tell();

        assertThat(context.reports).isEmpty();
    }
}
