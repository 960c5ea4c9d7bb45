// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.receiver.OffsetRange;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * A range of a partition, which travels to the task that reads it as a text: {@code orders-3[100..200)}. The name of the split may have the id of the topic
 * behind it, where the receiver that reads for ever has begun it.
 *
 * @param partition topic and number
 * @param from the first offset
 * @param to one more than the last
 */
record TopicRange(TopicPartition partition, long from, long to) {

    private static final String MARK = "~0";

    private static final Pattern SPLIT = Pattern.compile("([^@~]+)-(\\d{1,9})(?:@[A-Za-z0-9_-]+)?(?:~(\\d{1,9}))?");
    private static final Pattern TEXT = Pattern.compile("(.+)\\[(\\d{1,19})\\.\\.(\\d{1,19})\\)");

    /** The partition that a split is of. */
    static TopicPartition partition(String split) {
        Matcher form = form(split);
        return new TopicPartition(form.group(1), Integer.parseInt(form.group(2)));
    }

    /** How often the end of the partition was cut off before this split of it began. */
    static int cuts(String split) {
        String cuts = form(split).group(3);
        return cuts == null ? 0 : Integer.parseInt(cuts);
    }

    /** Says that a partition was begun at 0, which no range of its own can say; as the receiver that reads for ever says it. */
    static OffsetRange mark(String split) {
        return new OffsetRange(split + MARK, 1, 1);
    }

    /** How far splits were read, with 0 for those of which only that is known that they were begun. */
    static Map<String, Long> withoutMarks(Map<String, Long> offsets) {
        Map<String, Long> known = new TreeMap<>();
        offsets.forEach((split, offset) -> {
            if (split.endsWith(MARK)) {
                known.putIfAbsent(split.substring(0, split.length() - MARK.length()), 0L);
            } else {
                known.put(split, offset);
            }
        });
        return known;
    }

    private static Matcher form(String split) {
        Matcher form = SPLIT.matcher(split);
        if (!form.matches()) {
            throw new IllegalStateException(split + " is no partition of a topic: the checkpoint is of another source");
        }
        return form;
    }

    static String text(OffsetRange range) {
        return range.toString();
    }

    static TopicRange parse(String text) {
        Matcher form = TEXT.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text + " is no range of a topic");
        }
        return new TopicRange(partition(form.group(1)), Long.parseLong(form.group(2)), Long.parseLong(form.group(3)));
    }
}
