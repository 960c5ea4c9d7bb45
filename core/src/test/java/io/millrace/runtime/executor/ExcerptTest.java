// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final class Bad {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    private static final class Mute {
        @Override
        @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // that is the point
        public @Nullable String toString() {
            return null;
        }
    }

    @Test
    void aRecordIsShownByItsText() {
        assertThat(Excerpt.of("plain text")).isEqualTo("plain text");
        assertThat(Excerpt.of(42)).isEqualTo("42");
        assertThat(Excerpt.of(null)).isEqualTo("null");
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(Excerpt.of("a\nb\rc\td\u0000e\u001b[31mf\u0085g\u2028h"))
                .isEqualTo("a\\nb\\rc\\td\\u0000e\\u001b[31mf\\u0085g\\u2028h");
    }

    @Test
    void aLongTextIsCutAndItsLengthIsTold() {
        assertThat(Excerpt.of("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Excerpt.of("x".repeat(201))).isEqualTo("x".repeat(200) + "… (201 characters)");
    }

    @Test
    void aCharacterOfTwoUnitsIsNotCutInHalf() {
        String text = "x".repeat(199) + "😀" + "y";

        assertThat(Excerpt.of(text)).isEqualTo("x".repeat(199) + "… (202 characters)");
    }

    @Test
    void aRecordWhoseTextCannotBeMadeIsNamedByItsClass() {
        List<Object> itself = new ArrayList<>();
        itself.add(List.of(itself));

        assertThat(Excerpt.of(new Bad()))
                .isEqualTo("a " + Bad.class.getName() + " whose toString throws java.lang.IllegalStateException");
        assertThat(Excerpt.of(itself))
                .isEqualTo("a java.util.ArrayList whose toString throws java.lang.StackOverflowError");
        assertThat(Excerpt.of(new Mute())).isEqualTo("null");
    }
}
