// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.NexmarkOptions;
import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.RowType.RowField;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/** The views that the questions are asked of, as Flink's. */
final class FlinkViews {

    private static final LogicalType LONG = new BigIntType();
    private static final LogicalType TEXT = VarCharType.STRING_TYPE;
    private static final LogicalType TIME = new TimestampType(3);

    private static final RowType PERSON = new RowType(List.of(
            new RowField("id", LONG),
            new RowField("name", TEXT),
            new RowField("emailAddress", TEXT),
            new RowField("creditCard", TEXT),
            new RowField("city", TEXT),
            new RowField("state", TEXT),
            new RowField("dateTime", TIME),
            new RowField("extra", TEXT)));
    private static final RowType AUCTION = new RowType(List.of(
            new RowField("id", LONG),
            new RowField("itemName", TEXT),
            new RowField("description", TEXT),
            new RowField("initialBid", LONG),
            new RowField("reserve", LONG),
            new RowField("dateTime", TIME),
            new RowField("expires", TIME),
            new RowField("seller", LONG),
            new RowField("category", LONG),
            new RowField("extra", TEXT)));
    private static final RowType BID = new RowType(List.of(
            new RowField("auction", LONG),
            new RowField("bidder", LONG),
            new RowField("price", LONG),
            new RowField("channel", TEXT),
            new RowField("url", TEXT),
            new RowField("dateTime", TIME),
            new RowField("extra", TEXT)));

    private FlinkViews() {}

    /** Makes the events known, with a watermark four seconds behind. */
    static void create(StreamExecutionEnvironment streams, StreamTableEnvironment tables, NexmarkOptions options) {
        for (Kind kind : Kind.values()) {
            InternalTypeInfo<RowData> type = InternalTypeInfo.of(columns(kind));
            DataGeneratorSource<RowData> source = new DataGeneratorSource<>(
                    new FlinkEvents(kind, options, streams.getParallelism()), FlinkEvents.NUMBERS, type);
            String name = kind.name().toLowerCase(Locale.ROOT);
            tables.createTemporaryView(
                    name,
                    streams.fromSource(source, WatermarkStrategy.noWatermarks(), name, type),
                    Schema.newBuilder()
                            .watermark("dateTime", "`dateTime` - INTERVAL '4' SECOND")
                            .build());
        }
    }

    /** The columns of a kind of events. */
    static RowType columns(Kind kind) {
        return switch (kind) {
            case PERSON -> PERSON;
            case AUCTION -> AUCTION;
            case BID -> BID;
        };
    }
}
