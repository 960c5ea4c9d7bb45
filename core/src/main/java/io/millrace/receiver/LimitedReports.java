// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports of one kind of trouble, at most one per second of the job's time: the first at once, then the last of every
 * second with the number of those it stands for.
 *
 * <p>For what happens as often as a source likes. Not thread-safe: it belongs to one stream stage.
 */
public final class LimitedReports {

    private static final Duration QUIET = Duration.ofSeconds(1);

    private final ReceiverContext context;
    private final Consumer<LimitedReports> onDue;
    private Instant quietUntil = Instant.MIN;
    private int untold;
    private @Nullable String lastMessage;
    private @Nullable Throwable lastCause;
    private Timer.@Nullable Scheduled scheduled;

    /**
     * Nothing to report yet.
     *
     * @param onDue runs on the timer's thread and has {@link #tell} called in the stage
     */
    public LimitedReports(ReceiverContext context, Consumer<LimitedReports> onDue) {
        this.context = context;
        this.onDue = onDue;
    }

    /** Something happened. */
    public void add(String message, Throwable cause) {
        untold++;
        lastMessage = message;
        lastCause = cause;
        if (!context.time().now().isBefore(quietUntil)) {
            tell();
        } else if (scheduled == null) {
            scheduled = context.time().timer().at(quietUntil, () -> onDue.accept(this));
        }
    }

    /** Reports what has not been reported. */
    public void tell() {
        if (scheduled != null) {
            scheduled.cancel();
            scheduled = null;
        }
        if (untold == 0 || lastMessage == null || lastCause == null) {
            return;
        }
        String more = untold == 1 ? "" : " (the last of " + untold + ")";
        context.reportError(lastMessage + more, lastCause);
        untold = 0;
        lastMessage = null;
        lastCause = null;
        quietUntil = context.time().now().plus(QUIET);
    }
}
