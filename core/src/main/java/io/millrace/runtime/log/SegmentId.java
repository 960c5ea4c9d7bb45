// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a segment: the epoch that wrote it and its number there. Later segments are greater.
 *
 * @param epoch at least 1
 * @param number at least 0
 */
record SegmentId(int epoch, int number) implements Comparable<SegmentId> {

    /** The directory of the segments. */
    static final String DIRECTORY = "log";

    private static final Pattern NAME = Pattern.compile("e(\\d{6,9})-(\\d{6,9})\\.seg");
    private static final Comparator<SegmentId> ORDER =
            Comparator.comparingInt(SegmentId::epoch).thenComparingInt(SegmentId::number);

    SegmentId {
        if (epoch < 1 || number < 0) {
            throw new IllegalArgumentException("epoch >= 1, number >= 0: " + epoch + ", " + number);
        }
    }

    /** The segment of that file name, if it is one. */
    static Optional<SegmentId> ofName(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int epoch = Integer.parseInt(matcher.group(1));
        return epoch < 1 ? Optional.empty() : Optional.of(new SegmentId(epoch, Integer.parseInt(matcher.group(2))));
    }

    /** The file, such as {@code log/e000007-000000.seg}. */
    String path() {
        return DIRECTORY + "/" + String.format(Locale.ROOT, "e%06d-%06d.seg", epoch, number);
    }

    @Override
    public int compareTo(SegmentId other) {
        return ORDER.compare(this, other);
    }
}
