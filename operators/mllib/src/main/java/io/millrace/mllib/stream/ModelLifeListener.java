// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.operator.BatchTime;

/**
 * Hears what happens to a {@link ServedModel}. Every method does nothing unless overridden. What it throws is logged.
 *
 * <p>Called by the job's output thread or by the thread that loads models; one that takes long delays batches or loading.
 */
public interface ModelLifeListener {

    /** The first batch has begun that is processed with this version. */
    default void onInService(String model, String version, BatchTime batch) {}

    /** A version was not taken into service, be it as the served model or as a candidate. */
    default void onRefused(RefusedModel refused) {}

    /** A batch was scored by a candidate as well. */
    default void onShadowScored(ShadowReport report) {}
}
