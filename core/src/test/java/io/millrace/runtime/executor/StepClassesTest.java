// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepClassesTest {

    /** Passes records on to a list. */
    static final class ListStep implements Step<Object> {
        private final List<Object> out;

        ListStep(List<Object> out) {
            this.out = out;
        }

        @Override
        public void push(Object record) {
            out.add(record);
        }
    }

    /** A class one cannot choose the constructor of. */
    static final class TwoConstructors implements Step<Object> {
        TwoConstructors() {}

        TwoConstructors(int ignored) {
            this();
        }

        @Override
        public void push(Object record) {}
    }

    /** A class whose constructor refuses. */
    static final class Refusing implements Step<Object> {
        Refusing() {
            throw new UnsupportedOperationException("not today");
        }

        @Override
        public void push(Object record) {}
    }

    private final StepClasses classes = new StepClasses();
    private final List<Object> out = new ArrayList<>();

    @SuppressWarnings("unchecked")
    private Step<Object> step(int node, Class<?> type, Object... arguments) {
        return (Step<Object>) classes.instantiate(node, type, Step.class, arguments);
    }

    @Test
    void aCopyDoesWhatTheOriginalDoes() throws Exception {
        Step<Object> copy = step(0, ListStep.class, out);

        copy.push("a");

        assertThat(out).containsExactly("a");
        assertThat(copy.getClass()).isNotSameAs(ListStep.class);
        assertThat(copy.getClass().isHidden()).isTrue();
    }

    @Test
    void everyNodeHasAClassOfItsOwn() {
        assertThat(step(0, ListStep.class, out).getClass())
                .isNotSameAs(step(1, ListStep.class, out).getClass());
    }

    @Test
    void theInstancesOfANodeAreOfOneClass() {
        Step<Object> one = step(0, ListStep.class, out);
        Step<Object> other = step(0, ListStep.class, out);

        assertThat(one).isNotSameAs(other);
        assertThat(one.getClass()).isSameAs(other.getClass());
    }

    @Test
    void aClassWithTwoConstructorsIsRefused() {
        assertThatThrownBy(() -> step(0, TwoConstructors.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one constructor")
                .hasMessageContaining("TwoConstructors has 2");
    }

    @Test
    void whatAConstructorThrowsIsThrown() {
        assertThatThrownBy(() -> step(0, Refusing.class))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("not today");
    }
}
