// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTextTest {

    @Test
    void readsWhatSparkUsersWrite() {
        assertThat(IntervalText.parse("10 seconds")).isEqualTo(Duration.ofSeconds(10));
        assertThat(IntervalText.parse("1 minute 30 SECONDS")).isEqualTo(Duration.ofSeconds(90));
        assertThat(IntervalText.parse("interval 2 days")).isEqualTo(Duration.ofDays(2));
        assertThat(IntervalText.parse(" 500 ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(IntervalText.parse("500 milliseconds")).isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "seconds", "10 sec onds", "10 seconds and", "x 10 seconds", "1 fortnight"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> IntervalText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
