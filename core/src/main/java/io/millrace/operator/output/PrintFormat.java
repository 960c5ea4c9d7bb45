// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.output;

import io.millrace.operator.BatchTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * How a printed batch looks.
 *
 * @param limit how many records are shown; if there are more, a line of three dots follows
 * @param header how the batch time is written
 * @param sorted whether records are shown in the order of their text, instead of the order in which they come
 */
public record PrintFormat(int limit, Header header, boolean sorted) {

    /** Spark's: ten records, milliseconds, as they come. */
    public static final PrintFormat SPARK = new PrintFormat(10, Header.MILLIS, false);

    /** How the batch time is written. */
    public enum Header {
        /** {@code Time: 1479 ms}, as Spark does in Java and Scala. */
        MILLIS,
        /** {@code Time: 2020-04-06 14:59:21} in the default time zone, as Spark does in Python. */
        DATE
    }

    /** Checks the limit. */
    public PrintFormat {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must be >= 0, but is " + limit);
        }
    }

    /** The same with another number of records. */
    public PrintFormat withLimit(int newLimit) {
        return new PrintFormat(newLimit, header, sorted);
    }

    /** The same with another header. */
    public PrintFormat withHeader(Header newHeader) {
        return new PrintFormat(limit, newHeader, sorted);
    }

    /** The same, sorted. */
    public PrintFormat inOrder() {
        return new PrintFormat(limit, header, true);
    }

    String title(BatchTime time) {
        return switch (header) {
            case MILLIS -> "Time: " + time;
            case DATE ->
                "Time: "
                        + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                                .withZone(ZoneId.systemDefault())
                                .format(time.instant());
        };
    }
}
