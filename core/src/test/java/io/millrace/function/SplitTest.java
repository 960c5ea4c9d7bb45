// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a", "a b", " a", "a ", "a  b", "  ", "blue grün blau", "\ud83d\ude00 \ud83d\ude01 x"})
    void thePiecesAreThoseOfStringSplitWithEveryEmptyOne(String text) {
        assertThat(Split.at(' ').apply(text)).containsExactly(text.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b"})
    void thereIsNothingAfterTheLastPiece(String text) {
        Iterator<String> pieces = Split.at(',').apply(text).iterator();
        pieces.forEachRemaining(piece -> {});

        assertThatThrownBy(pieces::next).isInstanceOf(NoSuchElementException.class);
    }
}
