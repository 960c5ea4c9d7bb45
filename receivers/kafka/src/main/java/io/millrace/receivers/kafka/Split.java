// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.receiver.OffsetRange;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A partition as the engine knows it: {@code orders-3@<id of the topic>}, so that a topic which was deleted and created again under its
 * name is another one. When the end of a partition was cut off and its offsets are given again, {@code ~1} and so on is appended.
 *
 * @param partition topic and number
 * @param topicId what Kafka knows the topic by; {@link Uuid#ZERO_UUID} if the broker is older than such ids
 * @param cuts how often its end was cut off
 */
record Split(TopicPartition partition, Uuid topicId, int cuts) {

    private static final String MARK = "~0";

    private static final Pattern FORM = Pattern.compile("(.+)-(\\d{1,9})(?:@([A-Za-z0-9_-]+))?(?:~(\\d{1,9}))?");

    /** Reads a name; empty if it is none. */
    static Optional<Split> parse(String name) {
        Matcher form = FORM.matcher(name);
        if (!form.matches()) {
            return Optional.empty();
        }
        TopicPartition partition = new TopicPartition(form.group(1), Integer.parseInt(form.group(2)));
        Uuid id = form.group(3) == null ? Uuid.ZERO_UUID : Uuid.fromString(form.group(3));
        return Optional.of(new Split(partition, id, form.group(4) == null ? 0 : Integer.parseInt(form.group(4))));
    }

    /** The newest split of this partition among those that are known, of whatever topic of that name. */
    static Optional<Split> newest(TopicPartition partition, Uuid topicId, Map<String, Long> known) {
        return known.keySet().stream()
                .flatMap(name -> parse(name).stream())
                .filter(split -> split.partition.equals(partition))
                .max((a, b) -> a.isOf(topicId) == b.isOf(topicId)
                        ? Integer.compare(a.cuts, b.cuts)
                        : Boolean.compare(a.isOf(topicId), b.isOf(topicId)));
    }

    /** True if this can be a split of the topic with this id. */
    boolean isOf(Uuid id) {
        return topicId.equals(id) || topicId.equals(Uuid.ZERO_UUID);
    }

    /**
     * Says that this split begins at an offset: an empty range there. At 0, where an empty range would say that the split is gone, it is one of
     * another name that is read as this split, {@code orders-3~0[1..1)}.
     */
    OffsetRange beginning(long at) {
        return at > 0 || cuts > 0 ? new OffsetRange(name(), at, at) : new OffsetRange(name() + MARK, 1, 1);
    }

    /** True if a name only says that a split was begun at 0. */
    static boolean isMark(String name) {
        return name.endsWith(MARK);
    }

    Split afterCut() {
        return new Split(partition, topicId, cuts + 1);
    }

    String name() {
        return partition + (topicId.equals(Uuid.ZERO_UUID) ? "" : "@" + topicId) + (cuts == 0 ? "" : "~" + cuts);
    }
}
