// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The format that reads the events of one kind. Options: kind, seed, perSecond, perBatch, parts. */
public final class NexmarkFormat implements TableProvider {

    /** For Spark, which makes it by name. */
    public NexmarkFormat() {}

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return schema(kind(options));
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new Events(new CaseInsensitiveStringMap(properties));
    }

    private static Kind kind(CaseInsensitiveStringMap options) {
        return Kind.valueOf(options.getOrDefault("kind", "bid").toUpperCase(Locale.ROOT));
    }

    /** The columns of a kind of events. */
    static StructType schema(Kind kind) {
        return switch (kind) {
            case PERSON ->
                new StructType()
                        .add("id", DataTypes.LongType)
                        .add("name", DataTypes.StringType)
                        .add("emailAddress", DataTypes.StringType)
                        .add("creditCard", DataTypes.StringType)
                        .add("city", DataTypes.StringType)
                        .add("state", DataTypes.StringType)
                        .add("dateTime", DataTypes.TimestampType)
                        .add("extra", DataTypes.StringType);
            case AUCTION ->
                new StructType()
                        .add("id", DataTypes.LongType)
                        .add("itemName", DataTypes.StringType)
                        .add("description", DataTypes.StringType)
                        .add("initialBid", DataTypes.LongType)
                        .add("reserve", DataTypes.LongType)
                        .add("dateTime", DataTypes.TimestampType)
                        .add("expires", DataTypes.TimestampType)
                        .add("seller", DataTypes.LongType)
                        .add("category", DataTypes.LongType)
                        .add("extra", DataTypes.StringType);
            case BID ->
                new StructType()
                        .add("auction", DataTypes.LongType)
                        .add("bidder", DataTypes.LongType)
                        .add("price", DataTypes.LongType)
                        .add("channel", DataTypes.StringType)
                        .add("url", DataTypes.StringType)
                        .add("dateTime", DataTypes.TimestampType)
                        .add("extra", DataTypes.StringType);
        };
    }

    private record Events(CaseInsensitiveStringMap options) implements Table, SupportsRead {

        @Override
        public String name() {
            return kind(options).name();
        }

        @Override
        @SuppressWarnings("deprecation") // Spark still asks for it where there is no other
        public StructType schema() {
            return NexmarkFormat.schema(kind(options));
        }

        @Override
        public Set<TableCapability> capabilities() {
            return EnumSet.of(TableCapability.MICRO_BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ignored) {
            return () -> new Batches(options);
        }
    }

    private record Batches(CaseInsensitiveStringMap options) implements Scan {

        @Override
        public StructType readSchema() {
            return NexmarkFormat.schema(kind(options));
        }

        @Override
        public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
            NexmarkRead read =
                    new NexmarkRead(kind(options), options.getLong("seed", 0), options.getDouble("perSecond", 1));
            return new NexmarkBatches(read, options.getLong("perBatch", 1), options.getInt("parts", 1));
        }
    }
}
