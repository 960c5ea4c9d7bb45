// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.jdbc;

import io.millrace.jdbc.Column;
import io.millrace.jdbc.JdbcSink;
import io.millrace.jdbc.UrlDataSource;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TransactionalTableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes batches to a table of a database, each in one transaction: exactly once with a checkpoint; see {@link JdbcSink}.
 *
 * @param description where it writes to, without user and password
 * @param mode the mode it was made for
 * @param rows writes them
 */
record JdbcTableSink(String description, OutputMode mode, JdbcSink<Row> rows) implements TransactionalTableSink {

    private static final long DEFAULT_SECONDS = 30;

    private static final long MOST_SECONDS = 3_600;

    /** Checks columns and options; nothing is connected yet. */
    static JdbcTableSink of(UrlDataSource source, String table, WriteRequest request) {
        FormatOptions options = request.options();
        Set<Integer> keys = keys(request);
        boolean upsert = !keys.isEmpty() && request.mode() != OutputMode.COMPLETE;
        Duration patience = Duration.ofSeconds(options.number("lockTimeout", DEFAULT_SECONDS, 1, MOST_SECONDS));
        try {
            Column<Row>[] columns = columns(request.schema(), upsert ? keys : Set.of());
            JdbcSink<Row> sink;
            if (request.mode() == OutputMode.COMPLETE) {
                sink = JdbcSink.replace(source, table, columns);
            } else {
                sink = upsert ? JdbcSink.upsert(source, table, columns) : JdbcSink.append(source, table, columns);
            }
            JdbcSink<Row> patient = sink.patience(patience);
            return new JdbcTableSink(
                    "JdbcTable[" + source + ", " + table + "]",
                    request.mode(),
                    options.get("markers").map(patient::markers).orElse(patient));
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("INVALID_OPTION", "the table cannot be written to: " + e.getMessage());
        }
    }

    /** The places of the columns of the key; none if none are named. */
    private static Set<Integer> keys(WriteRequest request) {
        String names = request.options().get("keyColumns").orElse("");
        if (names.isBlank()) {
            if (request.mode() == OutputMode.UPDATE) {
                throw new AnalysisException(
                        "MISSING_OPTION",
                        "the format jdbc needs the option 'keyColumns' in update mode: the columns of the table's key,"
                                + " separated by commas, by which a changed row finds the one it replaces");
            }
            return Set.of();
        }
        Set<Integer> keys = new LinkedHashSet<>();
        for (String name : names.split(",", -1)) {
            int place = request.schema().indexOf(name.strip());
            if (place < 0) {
                throw new AnalysisException(
                        "INVALID_OPTION",
                        "the option 'keyColumns' names '" + name.strip() + "', but the columns are: "
                                + request.schema());
            }
            keys.add(place);
        }
        return keys;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static Column<Row>[] columns(Schema schema, Set<Integer> keys) {
        List<Column<Row>> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            checkType(field);
            int place = i;
            columns.add(new Column<>(field.name(), row -> row.get(place), keys.contains(i)));
        }
        return columns.toArray(new Column[0]);
    }

    private static void checkType(Field field) {
        DataType type = field.type();
        boolean known = type instanceof DecimalType
                || (type instanceof AtomicType
                        && type != AtomicType.NULL
                        && type != AtomicType.DAY_TIME_INTERVAL
                        && type != AtomicType.YEAR_MONTH_INTERVAL);
        if (!known) {
            throw new AnalysisException(
                    "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                    "The JDBC datasource doesn't support the column `" + field.name() + "` of the type \""
                            + type.sql().toUpperCase(Locale.ROOT)
                            + "\": select its fields as columns, or cast it to a string.");
        }
    }

    @Override
    public Set<OutputMode> modes() {
        return Set.of(mode);
    }

    @Override
    public void write(SinkBatch batch) throws Exception {
        rows.write(batch.time(), batch.rows());
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws Exception {
        return rows.claim(claim);
    }

    @Override
    public boolean commit(OutputCommit commit, SinkBatch batch) throws Exception {
        return rows.commit(commit, batch.rows());
    }

    @Override
    public void close() {
        rows.close();
    }
}
