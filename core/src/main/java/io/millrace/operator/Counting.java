// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * The combiner that counts the values of a key, whatever they are.
 *
 * <p>The engine knows it and counts in place, without boxing; a combiner of one's own that does the same is slower.
 */
public final class Counting implements Combiner<Object, Long> {

    /** The only instance: counting remembers nothing. */
    public static final Counting INSTANCE = new Counting();

    private Counting() {}

    /** The same combiner for values of any type, since it looks at none. */
    @SuppressWarnings("unchecked")
    public static <V> Combiner<V, Long> of() {
        return (Combiner<V, Long>) (Combiner<?, Long>) INSTANCE;
    }

    @Override
    public Long create(Object value) {
        return 1L;
    }

    @Override
    public Long merge(Long folded, Object value) {
        return folded + 1;
    }

    @Override
    public Long combine(Long left, Long right) {
        return left + right;
    }
}
