// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.runtime.wire.Codec;
import io.millrace.runtime.wire.WireInput;
import io.millrace.runtime.wire.WireOutput;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Sends what was thrown as text; on the other side it is a {@link RemoteFailure}. */
final class ThrowableCodec implements Codec<Throwable> {

    private static final int MOST = 32 * 1024;

    /** Something that was thrown elsewhere. */
    static final class RemoteFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RemoteFailure(String description) {
            super(description, null, false, false);
        }
    }

    @Override
    public void write(Throwable value, WireOutput out) {
        StringWriter text = new StringWriter();
        value.printStackTrace(new PrintWriter(text));
        String all = text.toString();
        out.writeString(all.length() > MOST ? all.substring(0, MOST) : all);
    }

    @Override
    public Throwable read(WireInput in) {
        return new RemoteFailure(in.readString());
    }
}
