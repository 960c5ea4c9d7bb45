// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.runtime.block.ExecutorId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Decides which executor a receiver runs on: the preferred one while it lives, else the one with the fewest receivers. */
final class ReceiverPlacement {

    /** A receiver that is to be started. */
    record Start(int stream, int incarnation, ExecutorId executor) {}

    private final Map<Integer, OptionalInt> preferences;
    private final Map<Integer, ExecutorId> places = new TreeMap<>();
    private final Map<Integer, Integer> lives;

    /** No receiver runs yet; they had so many lives before. */
    ReceiverPlacement(Map<Integer, OptionalInt> preferences, Map<Integer, Integer> lives) {
        this.lives = new HashMap<>(lives);
        this.preferences = new TreeMap<>(preferences);
    }

    /** Finds a place for a stream's receiver; empty if no executor lives. */
    Optional<Start> place(int stream, Collection<ExecutorId> alive) {
        OptionalInt preferred = preferences.getOrDefault(stream, OptionalInt.empty());
        Optional<ExecutorId> chosen = alive.stream()
                .filter(executor -> preferred.isPresent() && executor.number() == preferred.getAsInt())
                .findFirst()
                .or(() ->
                        alive.stream().min(Comparator.comparing(this::load).thenComparing(Comparator.naturalOrder())));
        return chosen.map(executor -> {
            places.put(stream, executor);
            return new Start(stream, lives.merge(stream, 1, Integer::sum) - 1, executor);
        });
    }

    /** The executor of a stream's receiver, if it has one. */
    Optional<ExecutorId> of(int stream) {
        return Optional.ofNullable(places.get(stream));
    }

    /** True if this is the receiver's present life. */
    boolean isCurrent(int stream, int incarnation) {
        return lives.getOrDefault(stream, 0) - 1 == incarnation;
    }

    /** The receiver of a stream runs no more. */
    void gone(int stream) {
        places.remove(stream);
    }

    private long load(ExecutorId executor) {
        return places.values().stream().filter(executor::equals).count();
    }
}
