// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * An output says never: it cannot take this batch, or any, however often it is told to, before somebody changes the program, the
 * configuration or the system that is written to. The message says what is to be done.
 *
 * <p>With a checkpoint directory a {@link TransactionalOutput} that throws it is not asked again: the job fails with its message, and
 * nothing is lost. The batch stands in the log, and the next run begins with it. Without a checkpoint directory, and for any other output,
 * it is a failure as any other.
 */
public class OutputRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message what is refused, by whom, and what is to be done
     */
    public OutputRefusedException(String message) {
        super(message);
    }

    /** The same with what is behind it. */
    public OutputRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
