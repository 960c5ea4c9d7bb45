// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.UnaryFunctions.pair;

import io.millrace.operator.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions of {@code updateStateByKey}. */
final class UpdateFunctions {

    /** Makes the next state of a key. */
    @FunctionalInterface
    interface Update {
        /** The state after the values, none to remove the key. */
        Optional<Object> apply(List<Object> values, Optional<Object> state);
    }

    private UpdateFunctions() {}

    /** The function of a name. */
    static Update of(FunctionSpec spec) {
        return switch (spec.name()) {
            case "sumState" -> UpdateFunctions::sum;
            case "countState" -> (values, state) -> Optional.of(count(values, state));
            case "maxState" -> UpdateFunctions::greatest;
            case "countWithLimitState" -> {
                long limit = spec.number();
                yield (values, state) ->
                        Optional.<Object>of(count(values, state)).filter(count -> (Long) count < limit);
            }
            case "idleState" -> {
                long limit = spec.number();
                yield (values, state) -> idle(values, state, limit);
            }
            case "historyState" ->
                (values, state) -> {
                    List<Object> history = new ArrayList<>(listed(state));
                    history.add((long) values.size());
                    return Optional.of(history);
                };
            case "currentOnlyState" ->
                (values, state) -> values.isEmpty() ? Optional.empty() : Optional.of((long) values.size());
            case "valuesState" ->
                (values, state) -> {
                    List<Object> all = new ArrayList<>(listed(state));
                    all.addAll(values);
                    return Optional.of(NaturalOrder.sorted(all));
                };
            case "failOnEmptyState" ->
                (values, state) -> {
                    if (values.isEmpty()) {
                        throw new IllegalStateException("no values");
                    }
                    return Optional.of(count(values, state));
                };
            default -> throw spec.unknown("update function");
        };
    }

    private static List<?> listed(Optional<Object> state) {
        return state.isPresent() ? (List<?>) state.get() : List.of();
    }

    private static Optional<Object> sum(List<Object> values, Optional<Object> state) {
        Object sum = state.orElse(null);
        for (Object value : values) {
            sum = sum == null ? value : BinaryFunctions.plus(sum, value);
        }
        return Optional.of(sum == null ? 0L : sum);
    }

    private static long count(List<Object> values, Optional<Object> state) {
        return (Long) state.orElse(0L) + values.size();
    }

    private static Optional<Object> greatest(List<Object> values, Optional<Object> state) {
        List<Object> all = new ArrayList<>();
        state.ifPresent(all::add);
        all.addAll(values);
        return all.stream().reduce(NaturalOrder::max);
    }

    private static Optional<Object> idle(List<Object> values, Optional<Object> state, long limit) {
        Object sum = state.isPresent() ? pair(state.get()).key() : 0L;
        long idle = state.isPresent() ? (Long) pair(state.get()).value() : 0L;
        for (Object value : values) {
            sum = BinaryFunctions.plus(sum, value);
        }
        idle = values.isEmpty() ? idle + 1 : 0;
        return idle >= limit ? Optional.empty() : Optional.of(Pair.of(sum, idle));
    }
}
