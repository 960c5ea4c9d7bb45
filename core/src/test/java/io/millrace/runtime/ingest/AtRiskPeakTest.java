// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AtRiskPeakTest {

    @Test
    void tellsTheMostSinceTheLastTimeAtMostOncePerSecond() {
        AtRiskPeak peak = new AtRiskPeak();
        assertThat(peak.seen(0).due(0)).isEmpty();

        assertThat(peak.seen(7).seen(3).due(10)).hasValue(7);
        assertThat(peak.seen(9).due(1_000_009)).isEmpty();
        assertThat(peak.seen(2).due(1_000_010)).hasValue(9);
        assertThat(peak.seen(0).due(2_000_010))
                .as("that there is nothing any more")
                .hasValue(0);
        assertThat(peak.seen(0).due(3_000_010)).isEmpty();
    }
}
