// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

/**
 * What time it is for a {@link StatefulProcessor}.
 *
 * @param currentProcessingTimeInMs the time of the batch, in milliseconds since 1970
 * @param currentWatermarkInMs the watermark, in milliseconds since 1970; 0 if there is none yet
 */
public record TimerValues(long currentProcessingTimeInMs, long currentWatermarkInMs) {}
