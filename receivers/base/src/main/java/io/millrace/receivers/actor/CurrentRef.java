// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.actor;

import akka.actor.typed.ActorRef;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The actor that runs now, or will run next. Thread-safe.
 *
 * @param <T> records
 */
final class CurrentRef<T> {

    private CompletableFuture<ActorRef<ActorReceiver.Message<T>>> current = new CompletableFuture<>();

    synchronized CompletionStage<ActorRef<ActorReceiver.Message<T>>> get() {
        return current.copy();
    }

    /** It runs. */
    void runs(ActorRef<ActorReceiver.Message<T>> ref) {
        next().complete(ref);
    }

    private synchronized CompletableFuture<ActorRef<ActorReceiver.Message<T>>> next() {
        if (current.isDone()) {
            current = new CompletableFuture<>();
        }
        return current;
    }

    /** It runs no more; if another has taken its place, that stays. */
    synchronized void gone(ActorRef<ActorReceiver.Message<T>> ref) {
        if (current.isDone() && current.join().equals(ref)) {
            current = new CompletableFuture<>();
        }
    }
}
