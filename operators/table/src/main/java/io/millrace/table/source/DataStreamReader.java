// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.Table;
import java.util.function.Function;

/** Says where the rows of a stream come from. For one thread. */
public final class DataStreamReader extends FormatReader<DataStreamReader> {

    private final TableFormats formats;
    private final Function<StreamSource, Table> tables;

    /** A reader of a session. */
    public DataStreamReader(TableFormats formats, Function<StreamSource, Table> tables) {
        super("socket");
        this.formats = formats;
        this.tables = tables;
    }

    @Override
    DataStreamReader self() {
        return this;
    }

    @Override
    Table read(String named, ReadRequest request) {
        return tables.apply(formats.find(named).stream(request));
    }
}
