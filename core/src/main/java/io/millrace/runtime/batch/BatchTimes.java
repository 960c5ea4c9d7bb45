// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.util.Optional;

/** Says when there is a batch: by the clock, or as it was when the batches ran before. */
public interface BatchTimes {

    /** One interval before the first batch of the job. */
    BatchTime zero();

    /** How often batches come, without a change that is still to take effect. */
    Duration interval();

    /** Changes the interval as of the next batch. */
    void interval(Duration newInterval);

    /** When the next batch is due; empty if there is none any more. */
    Optional<BatchTime> upcoming();

    /** The batch that is due now, if one is; it is then the last one. */
    Optional<BatchClock.Due> take(long nowMillis);
}
