// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that grows at its end. Owned by one caller at a time. */
public interface LogFile extends Closeable {

    /** Writes all that remains of {@code bytes} at the end; when this fails, any part of it may have been written. */
    void append(ByteBuffer bytes) throws IOException;

    /** Makes all that was written durable; after a failure nothing is known of what was written since the last time. */
    void sync() throws IOException;
}
