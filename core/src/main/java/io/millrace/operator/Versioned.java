// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import java.util.concurrent.CompletionStage;

/**
 * A value that functions of a job use and that changes between batches only: a model, a table of thresholds. Every batch is processed with
 * exactly one version of it, in every partition, by every operator and in every attempt at the batch; which one stands in its
 * {@code BatchInfo}. Where users of Spark broadcast a value again by hand, they set it here.
 *
 * <p>Made by {@code StreamingContext.versioned}, used through {@code DStream.mapWith} and its like, or in an operator through
 * {@link StepContext#current}. The value itself is not copied: it is shared by all tasks and must not be changed. A version that no batch
 * can need any more is let go. Thread-safe.
 *
 * @param <T> the value
 */
public interface Versioned<T> {

    /** Its name, unique in its context. */
    String name();

    /** The version that was set last; no batch may have begun with it yet. */
    Version<T> latest();

    /**
     * Has later batches use another value: the next one that begins, and all after it. A batch that is under way is processed with what it
     * began with. May be called before the start, too, and from any thread. If several versions are set before a batch begins, the last
     * one counts and no batch sees the others. Values that one thread sets take effect in that order: no batch sees the
     * later one without the earlier one.
     *
     * @param value the value, not null
     * @param label what people call the version, such as the name of a directory; not null
     * @return the first batch with it, when that begins, on the job's output thread, which must not wait there for a later batch; fails
     *     with an {@link IllegalStateException} if no batch begins with it, since another version is set before, or since the job ends
     */
    CompletionStage<BatchTime> set(T value, String label);
}
