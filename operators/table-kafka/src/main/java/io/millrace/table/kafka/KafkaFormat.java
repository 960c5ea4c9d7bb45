// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.receivers.kafka.OnTrouble;
import io.millrace.table.AnalysisException;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.ReadRequest;
import io.millrace.table.source.StreamSource;
import io.millrace.table.source.TableFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Topics of Kafka. Options that begin with {@code kafka.} go to the client without it, as {@code kafka.bootstrap.servers}, which must be set; they are
 * never shown.
 *
 * <p>To read: {@code subscribe}, topics separated by commas, or {@code subscribePattern}, which their names match; {@code startingOffsets}, {@code earliest}, {@code latest} or {@code {"topic":{"0":23,"1":-2}}},
 * where -2 is the first and -1 the end; {@code startingTimestamp}, in milliseconds since 1970, in its place; {@code includeHeaders}, false.
 * A stream begins with {@code latest} and has {@code failOnDataLoss}, true, and {@code maxOffsetsPerTrigger}, all; a finished table begins with {@code earliest} and ends with
 * {@code endingOffsets}, {@code latest}.
 *
 * <p>To write: {@code topic}, unless the rows have a column of this name; {@code commitsTopic}, where the markers are, {@code millrace-commits}. Columns are
 * {@code value} and perhaps {@code key}, {@code headers}, {@code topic} and {@code partition}. A batch is one transaction.
 */
public final class KafkaFormat implements TableFormat {

    static final String NAME = "kafka";

    private static final String PREFIX = "kafka.";

    private static final long LAST_MILLIS = Long.MAX_VALUE / 1_000;

    /** The format. */
    public KafkaFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StreamSource stream(ReadRequest request) {
        request.refuseSchema(NAME);
        FormatOptions options = request.options();
        refuseOtherWays(options);
        options.refuseOthers(
                NAME,
                List.of(
                        PREFIX,
                        "subscribe",
                        "subscribePattern",
                        "startingOffsets",
                        "startingTimestamp",
                        "failOnDataLoss",
                        "maxOffsetsPerTrigger",
                        "includeHeaders"));
        Subscription topics = topics(options);
        return KafkaStream.of(
                client(options),
                topics,
                start(options, topics, Offsets.latest()),
                options.flag("failOnDataLoss", true) ? OnTrouble.FAIL : OnTrouble.GO_ON,
                options.flag("includeHeaders", false),
                options.number("maxOffsetsPerTrigger", Long.MAX_VALUE, 1, Long.MAX_VALUE));
    }

    @Override
    public FiniteSource table(ReadRequest request) {
        request.refuseSchema(NAME);
        FormatOptions options = request.options();
        refuseOtherWays(options);
        options.refuseOthers(
                NAME,
                List.of(
                        PREFIX,
                        "subscribe",
                        "subscribePattern",
                        "startingOffsets",
                        "startingTimestamp",
                        "endingOffsets",
                        "includeHeaders"));
        Subscription topics = topics(options);
        Offsets end = options.get("endingOffsets")
                .map(text -> Offsets.parse("endingOffsets", text, topics))
                .orElse(Offsets.latest());
        if (end.equals(Offsets.earliest())) {
            throw new AnalysisException(
                    "INVALID_OPTION", "the option 'endingOffsets' must be latest or offsets, but is 'earliest'");
        }
        return KafkaTable.of(
                client(options),
                topics,
                start(options, topics, Offsets.earliest()),
                end,
                options.flag("includeHeaders", false));
    }

    @Override
    public TableSink sink(WriteRequest request) {
        FormatOptions options = request.options();
        options.refuseOthers(NAME, List.of(PREFIX, "topic", "commitsTopic", "includeHeaders", "checkpointLocation"));
        if (!request.partitionBy().isEmpty()) {
            throw new AnalysisException(
                    "UNSUPPORTED_PARTITIONING",
                    "records of Kafka go to partitions by their key or the column 'partition', not by "
                            + request.partitionBy());
        }
        return KafkaTableSink.of(client(options), request.schema(), options);
    }

    private static Map<String, Object> client(FormatOptions options) {
        Map<String, Object> client = new HashMap<>();
        options.values().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                client.put(name.substring(PREFIX.length()), value);
            }
        });
        var unused = options.required(NAME, "kafka.bootstrap.servers");
        return client;
    }

    private static void refuseOtherWays(FormatOptions options) {
        if (options.get("assign").isPresent()) {
            throw new AnalysisException(
                    "INVALID_OPTION",
                    "the format kafka has no 'assign': name the topics in the option 'subscribe', or say by"
                            + " 'startingOffsets' where their partitions begin");
        }
    }

    private static Subscription topics(FormatOptions options) {
        Optional<String> pattern = options.get("subscribePattern");
        if (pattern.isPresent()) {
            if (options.get("subscribe").isPresent()) {
                throw new AnalysisException(
                        "INVALID_OPTION",
                        "the options 'subscribe' and 'subscribePattern' are both set, but only one can be");
            }
            try {
                return new Subscription(List.of(pattern.get()), Optional.of(Pattern.compile(pattern.get())));
            } catch (PatternSyntaxException e) {
                throw new AnalysisException(
                        "INVALID_OPTION",
                        "the option 'subscribePattern' must be a regular expression, but is '" + pattern.get() + "': "
                                + e.getDescription());
            }
        }
        List<String> topics = Arrays.stream(options.required(NAME, "subscribe").split(",", -1))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .distinct()
                .toList();
        if (topics.isEmpty()) {
            throw new AnalysisException("INVALID_OPTION", "the option 'subscribe' must name at least one topic");
        }
        return new Subscription(topics, Optional.empty());
    }

    private static Offsets start(FormatOptions options, Subscription topics, Offsets otherwise) {
        Optional<String> text = options.get("startingOffsets");
        if (options.get("startingTimestamp").isEmpty()) {
            return text.map(offsets -> Offsets.parse("startingOffsets", offsets, topics))
                    .orElse(otherwise);
        }
        if (text.isPresent()) {
            throw new AnalysisException(
                    "INVALID_OPTION",
                    "the options 'startingOffsets' and 'startingTimestamp' are both set, but only one can be");
        }
        return new Offsets.Since(options.number("startingTimestamp", 0, 0, LAST_MILLIS));
    }
}
