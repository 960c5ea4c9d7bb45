// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.operator.Pair;
import java.util.Optional;

/** The functions of {@code mapWithState}. */
final class StateFunctions {

    /** The state of the key, as the function sees it. */
    interface Cell {
        /** Whether there is one. */
        boolean exists();

        /** It; throws if there is none. */
        Object get();

        /** It, if there is one. */
        Optional<Object> getOption();

        /** Sets it. */
        void update(Object state);

        /** Removes it. */
        void remove();

        /** Whether it times out. */
        boolean isTimingOut();
    }

    /** Makes a mapped value of a record and its key's state. */
    @FunctionalInterface
    interface Mapping {
        /** The mapped value; the value is none when the state times out. */
        Optional<Object> apply(long millis, Object key, Optional<Object> value, Cell state);
    }

    private StateFunctions() {}

    /** The function of a name. */
    static Mapping of(FunctionSpec spec) {
        return switch (spec.name()) {
            case "runningCount" -> tellingTimeouts((time, key, value, state) -> some(key, counted(state)));
            case "runningSum" -> tellingTimeouts((time, key, value, state) -> some(key, summed(value, state)));
            case "sumQuiet" ->
                (time, key, value, state) -> {
                    if (!state.isTimingOut()) {
                        summed(value, state);
                    }
                    return Optional.empty();
                };
            case "countTimed" ->
                (time, key, value, state) -> {
                    if (state.isTimingOut()) {
                        return some(key, Pair.of("timeout", time));
                    }
                    counted(state);
                    return some(key, Pair.of("data", time));
                };
            case "countRemoveAt" -> {
                long limit = spec.number();
                yield tellingTimeouts((time, key, value, state) -> some(key, countedUpTo(limit, state)));
            }
            case "createThenRead" ->
                tellingTimeouts((time, key, value, state) -> {
                    if (state.exists()) {
                        return some(key, Pair.of("read", state.get()));
                    }
                    state.update(1L);
                    return some(key, Pair.of("created", 1L));
                });
            case "ignoreState" -> tellingTimeouts((time, key, value, state) -> some(key, value));
            default -> ofMisuse(spec);
        };
    }

    private static Mapping ofMisuse(FunctionSpec spec) {
        return switch (spec.name()) {
            case "updateOnTimeout" ->
                (time, key, value, state) -> {
                    boolean timingOut = state.isTimingOut();
                    state.update(1L);
                    return some(key, timingOut);
                };
            case "removeOnTimeout" ->
                (time, key, value, state) -> {
                    boolean timingOut = state.isTimingOut();
                    if (timingOut) {
                        state.remove();
                    } else {
                        state.update(1L);
                    }
                    return some(key, timingOut);
                };
            case "updateAfterRemove" ->
                (time, key, value, state) -> {
                    boolean existed = state.exists();
                    if (existed) {
                        state.remove();
                    }
                    state.update(existed ? 5L : 1L);
                    return Optional.ofNullable(key);
                };
            case "removeTwice" ->
                (time, key, value, state) -> {
                    if (state.exists()) {
                        state.remove();
                        state.remove();
                    } else {
                        state.update(1L);
                    }
                    return Optional.ofNullable(key);
                };
            case "removeUnset" ->
                (time, key, value, state) -> {
                    state.remove();
                    return Optional.ofNullable(key);
                };
            case "getUnset" -> (time, key, value, state) -> some(key, state.get());
            case "getAfterRemove" ->
                (time, key, value, state) -> {
                    if (state.exists()) {
                        state.remove();
                    } else {
                        state.update(1L);
                    }
                    return some(key, Pair.of(state.exists(), state.getOption()));
                };
            case "updateNull" ->
                (time, key, value, state) -> {
                    state.update(null);
                    return some(key, state.exists());
                };
            default -> throw spec.unknown("state function");
        };
    }

    private static Mapping tellingTimeouts(Mapping onData) {
        return (time, key, value, state) -> state.isTimingOut()
                ? some(key, Pair.of("timeout", state.getOption()))
                : onData.apply(time, key, value, state);
    }

    private static Optional<Object> some(Object key, Object value) {
        return Optional.of(Pair.of(key, value));
    }

    private static Object counted(Cell state) {
        long count = (Long) state.getOption().orElse(0L) + 1;
        state.update(count);
        return count;
    }

    private static Object summed(Optional<Object> value, Cell state) {
        Object added = value.orElseThrow();
        Object sum = state.exists() ? BinaryFunctions.plus(state.get(), added) : added;
        state.update(sum);
        return sum;
    }

    private static Object countedUpTo(long limit, Cell state) {
        long count = (Long) state.getOption().orElse(0L) + 1;
        if (count < limit) {
            state.update(count);
            return Pair.of("kept", count);
        }
        if (state.exists()) {
            state.remove();
        }
        return Pair.of("removed", count);
    }
}
