// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

/** Told how far the text of each origin counts as received. Called by the engine's threads, so it must be short and must not block. */
@FunctionalInterface
public interface TextReceipt {

    /** Wants to hear nothing, and so costs nothing. */
    TextReceipt NONE = (origin, position) -> {};

    /**
     * All that was delivered of an origin before this position is held by as many executors as it must be, and the driver knows of it.
     * A position says the same of what was delivered earlier, of other origins too.
     *
     * @param origin a {@link TextChunk#origin}
     * @param position the end of a chunk of it, in bytes from 0
     */
    void received(String origin, long position);
}
