// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

/**
 * How rates follow the speed of the batches; see {@link PidRateEstimator}.
 *
 * @param enabled whether they do
 * @param proportional the weight of the difference between the last rate and the speed of the last batch
 * @param integral the weight of what has piled up, seen in the scheduling delay
 * @param derived the weight of the change of the difference
 * @param minRate the lowest rate, in records per second
 */
public record PidSettings(boolean enabled, double proportional, double integral, double derived, double minRate) {}
