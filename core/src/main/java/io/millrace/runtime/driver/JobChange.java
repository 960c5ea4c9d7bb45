// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.StreamingListener;
import java.time.Duration;

/** What can be changed of a job while it runs. */
public sealed interface JobChange {

    /** Batches come so often after the next one. */
    record Interval(Duration interval) implements JobChange {}

    /** Later batches are for this output too. */
    record Attach(Attachment output) implements JobChange {}

    /** Later batches are not for this output any more. */
    record Detach(Attachment output) implements JobChange {}

    /** Tell this listener, too, what happens from now on. */
    record AddListener(StreamingListener listener) implements JobChange {}

    /** Tell this listener nothing any more. */
    record RemoveListener(StreamingListener listener) implements JobChange {}
}
