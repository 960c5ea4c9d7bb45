// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The functions that make any number of values of one. */
final class FlatFunctions {

    private FlatFunctions() {}

    /** The function of a name. */
    @SuppressWarnings("StringSplitter") // what it drops is what the function is about
    static Function<Object, List<Object>> of(FunctionSpec spec) {
        return switch (spec.name()) {
            case "splitSpace" -> x -> Arrays.asList((Object[]) ((String) x).split(" "));
            case "splitSpaceKeepEmpty" -> x -> Arrays.asList((Object[]) ((String) x).split(" ", -1));
            case "codePoints" ->
                x -> ((String) x)
                        .codePoints()
                        .<Object>mapToObj(Character::toString)
                        .toList();
            case "repeat" -> {
                int times = Math.toIntExact(spec.number());
                yield x -> Collections.nCopies(times, x);
            }
            case "upTo" ->
                x -> LongStream.range(0, (Long) x % 5)
                        .<Object>mapToObj(Long::valueOf)
                        .toList();
            case "nothing" -> x -> List.of();
            case "elements" -> x -> Collections.unmodifiableList((List<?>) x);
            case "both" ->
                x -> Arrays.asList(
                        UnaryFunctions.pair(x).key(), UnaryFunctions.pair(x).value());
            default -> throw spec.unknown("flat function");
        };
    }
}
