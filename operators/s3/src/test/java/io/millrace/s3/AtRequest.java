// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Does something at one of the requests of a client: before it goes out, or instead of its reply. */
final class AtRequest implements ExecutionInterceptor {

    /** What is done. */
    enum Deed {
        /** Somebody else works before the request goes out. */
        PAUSE,
        /** The reply is lost, and the client tries again by itself. */
        LOSE_REPLY,
        /** The reply is lost, and the client gives up. */
        FAIL
    }

    private final Deed deed;
    private final Runnable meanwhile;
    private int countdown = -1;
    private @Nullable Class<? extends SdkRequest> skipped;

    AtRequest(Deed deed, Runnable meanwhile) {
        this.deed = deed;
        this.meanwhile = meanwhile;
    }

    AtRequest(Deed deed) {
        this(deed, () -> {});
    }

    /** At the request after so many more, once. */
    void in(int requests) {
        countdown = requests;
    }

    /** Requests of a kind go through and are not counted: for those that are made only after the network has lost a reply. */
    AtRequest skipping(Class<? extends SdkRequest> kind) {
        skipped = kind;
        return this;
    }

    /** Whether it has been done. */
    boolean isDone() {
        return countdown < 0;
    }

    private boolean isNow(Deed asked) {
        return asked == deed && countdown-- == 0;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (!context.request().getClass().equals(skipped) && isNow(Deed.PAUSE)) {
            meanwhile.run();
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (isNow(Deed.LOSE_REPLY)) {
            throw RetryableException.create("the reply is lost");
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (isNow(Deed.FAIL)) {
            throw SdkClientException.create("the reply is lost");
        }
    }
}
