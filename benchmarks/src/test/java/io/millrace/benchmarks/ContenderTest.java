// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContenderTest {

    @Test
    void isKnownByName() {
        assertThat(Contender.of("bytes").mainClass()).isEqualTo(BytesLoop.class.getName());
    }

    @Test
    void takesArgumentsAfterColonsAndKeepsThemInItsName() {
        Contender contender = Contender.of("millrace:--variant=countByValue:--slots=1");

        assertThat(contender.name()).isEqualTo("millrace:--variant=countByValue:--slots=1");
        assertThat(contender.mainClass()).isEqualTo(MillraceWordCount.class.getName());
        assertThat(contender.arguments()).containsExactly("--variant=countByValue", "--slots=1");
    }

    @Test
    void takesAMainClassThatNobodyKnows() {
        Contender contender = Contender.of("mine=a.B:--x=1");

        assertThat(contender.name()).isEqualTo("mine:--x=1");
        assertThat(contender.mainClass()).isEqualTo("a.B");
    }

    @Test
    void namesTheKnownOnesWhenThereIsNoSuchOne() {
        assertThatThrownBy(() -> Contender.of("fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes")
                .hasMessageContaining("fast");
    }
}
