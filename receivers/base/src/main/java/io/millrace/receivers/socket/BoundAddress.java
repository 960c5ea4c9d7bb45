// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where a listener listens now, or will listen next. Thread-safe. */
final class BoundAddress {

    private CompletableFuture<InetSocketAddress> current = new CompletableFuture<>();

    /** Completed while it listens; otherwise completes when it listens next. */
    synchronized CompletionStage<InetSocketAddress> get() {
        return current.copy();
    }

    /** It listens, until {@code unbound} completes. */
    void bound(InetSocketAddress address, CompletionStage<?> unbound) {
        CompletableFuture<InetSocketAddress> binding = binding();
        binding.complete(address);
        unbound.whenComplete((done, failure) -> forget(binding));
    }

    private synchronized CompletableFuture<InetSocketAddress> binding() {
        if (current.isDone()) {
            current = new CompletableFuture<>();
        }
        return current;
    }

    private synchronized void forget(CompletableFuture<InetSocketAddress> binding) {
        if (current == binding) {
            current = new CompletableFuture<>();
        }
    }
}
