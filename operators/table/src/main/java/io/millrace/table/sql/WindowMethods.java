// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.type.AtomicType;
import java.lang.reflect.Method;
import java.util.List;

/** What expressions about windows call. */
public final class WindowMethods {

    private WindowMethods() {}

    /** The event time of a window: its end less a microsecond. */
    public static long time(long end) {
        return end - 1;
    }

    /** The end of a window where it is to carry the watermark of the window. */
    public static long end(long end) {
        return end;
    }

    /** A gap in words, as {@code 5 seconds}, in microseconds. */
    public static long gap(Utf8 text) {
        return Intervals.parse(text.toString());
    }

    static BoundFunction windowTime() {
        return new BoundFunction(
                "window_time",
                List.of(AtomicType.TIMESTAMP),
                AtomicType.TIMESTAMP,
                true,
                false,
                null,
                method("time", long.class));
    }

    static BoundFunction windowEnd() {
        return new BoundFunction(
                "window_end",
                List.of(AtomicType.TIMESTAMP),
                AtomicType.TIMESTAMP,
                true,
                false,
                null,
                method("end", long.class));
    }

    static BoundFunction gapOfText() {
        return new BoundFunction(
                "session_gap",
                List.of(AtomicType.STRING),
                AtomicType.DAY_TIME_INTERVAL,
                true,
                false,
                null,
                method("gap", Utf8.class));
    }

    private static Method method(String name, Class<?> parameter) {
        try {
            return WindowMethods.class.getMethod(name, parameter);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("the method " + name + " is there", e);
        }
    }
}
