// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import java.util.OptionalInt;

/**
 * A source of records that runs on one executor for as long as the job does.
 *
 * <p>The engine opens it on an executor, runs its Akka Streams source with the demand the job has room for, cuts what
 * comes into blocks and replicates them. When the source ends or fails it is opened again after a delay, as its
 * {@link RestartPolicy} says; when the executor dies it is opened on another. An instance may so be opened several times, one
 * after the other, and keeps nothing between.
 *
 * @param <T> records: {@code String} for a {@linkplain Feed#lines feed of lines}
 */
public interface Receiver<T> {

    /** What the source is, for logs and errors, such as {@code socket localhost:9999}; never a secret. */
    String name();

    /** Describes the source to run. Called once per start, on the receiver's executor; must not block. */
    Feed<T> open(ReceiverContext context);

    /** What happens when the source ends or fails. Default: open again after 100 ms, doubled up to 10 s. */
    default RestartPolicy restartPolicy() {
        return RestartPolicy.DEFAULT;
    }

    /**
     * True if the source can be read again from any of its numbers, as a file or a topic can, and every block carries its {@linkplain
     * OffsetRange ranges}, which continue each other. With a checkpoint directory the records of such a receiver are not logged,
     * only what their ranges are; those of any other receiver are. Default: false.
     */
    default boolean isReplayable() {
        return false;
    }

    /**
     * True if its blocks only name what is to be read, such as a part of a file, and tasks read it. Their bytes then say nothing of
     * the work: each is taken for a large one, so that executors and their tasks share even a few of them. Default: false.
     */
    default boolean isReadByTasks() {
        return false;
    }

    /**
     * The number of the executor it should run on while that lives, from 0. Default: none; then it is the one with the fewest
     * receivers.
     */
    default OptionalInt preferredExecutor() {
        return OptionalInt.empty();
    }
}
