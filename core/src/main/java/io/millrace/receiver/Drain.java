// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

/**
 * Has a source bring what it has taken already, and end. A source of a {@link Feed} that materialises one is drained when the job
 * stops gracefully: it is read until it completes, and the last batches process what it brought, as Spark's block generator hands on
 * what it has buffered. Any other source is cancelled at that moment, and what it holds in buffers of its own is lost.
 *
 * <p>While a source is drained the limits on its rate do not hold, since it brings nothing new; the bound on what is received and not
 * yet processed does. A source that does not complete holds the stop up until {@code millrace.stop-timeout} is over.
 */
@FunctionalInterface
public interface Drain {

    /**
     * Take nothing more, hand out what is there when it is pulled, then complete. Called at most once, by a thread of the engine; must
     * not block. If it throws, that is reported and the source is cancelled.
     */
    void drain();
}
