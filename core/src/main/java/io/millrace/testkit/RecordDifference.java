// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the records of two batches, without regard to their order. */
final class RecordDifference {

    private static final int SHOWN = 200;

    private RecordDifference() {}

    /** The position of the first recorded record that is not there any more, or else of the first one that was not there before. */
    static Optional<String> first(List<? extends @Nullable Object> was, List<? extends @Nullable Object> is) {
        int missing = firstNotIn(was, is);
        int surplus = firstNotIn(is, was);
        if (missing < 0 && surplus < 0) {
            return Optional.empty();
        }
        if (missing < 0) {
            return Optional.of("record " + surplus + " was not recorded: " + excerpt(is.get(surplus)) + " ("
                    + was.size() + " records were recorded, now there are " + is.size() + ")");
        }
        return Optional.of("record " + missing + " was " + excerpt(was.get(missing))
                + (surplus < 0
                        ? ", but is missing (" + was.size() + " records were recorded, now there are " + is.size() + ")"
                        : ", but now there is " + excerpt(is.get(surplus)) + " at " + surplus));
    }

    /** The position of the first record for which the other list has none that is equal; -1 if there is none. */
    private static int firstNotIn(List<? extends @Nullable Object> records, List<? extends @Nullable Object> others) {
        Map<Object, Integer> counts = new HashMap<>();
        for (Object other : others) {
            counts.merge(comparable(other), 1, Integer::sum);
        }
        for (int i = 0; i < records.size(); i++) {
            if (counts.merge(comparable(records.get(i)), -1, Integer::sum) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** The same record with lists for arrays, which are equal when what is in them is. */
    private static Object comparable(@Nullable Object record) {
        if (record instanceof Object[] array) {
            List<Object> all = new ArrayList<>();
            Arrays.asList(array).forEach(element -> all.add(comparable(element)));
            return all;
        }
        if (record instanceof byte[] bytes) {
            return java.nio.ByteBuffer.wrap(bytes);
        }
        if (record instanceof int[] numbers) {
            return java.nio.IntBuffer.wrap(numbers);
        }
        if (record instanceof long[] numbers) {
            return java.nio.LongBuffer.wrap(numbers);
        }
        if (record instanceof double[] numbers) {
            return java.util.Arrays.stream(numbers).boxed().toList();
        }
        if (record instanceof io.millrace.operator.Pair<?, ?> pair) {
            return List.of(comparable(pair.key()), comparable(pair.value()));
        }
        if (record instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(element -> all.add(comparable(element)));
            return all;
        }
        return Optional.ofNullable(record);
    }

    /** A record as text, cut to a length that can be read. */
    static String excerpt(@Nullable Object record) {
        String text = record instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(record);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
