// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/** A growable stack of ints. */
final class IntStack {

    private int[] elements = {};
    private int size;

    void push(int element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, Math.max(16, Math.addExact(size, size >> 1)));
        }
        elements[size++] = element;
    }

    int pop() {
        return elements[--size];
    }

    int get(int i) {
        return elements[i];
    }

    int size() {
        return size;
    }

    int room() {
        return elements.length;
    }

    int[] toArray() {
        return Arrays.copyOf(elements, size);
    }

    void clear() {
        size = 0;
    }
}
