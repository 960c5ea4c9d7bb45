// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.Table;
import java.util.function.Function;

/** Says where the rows of a finished table come from. For one thread. */
public final class DataReader extends FormatReader<DataReader> {

    private final TableFormats formats;
    private final Function<FiniteSource, Table> tables;

    /** A reader of a session. */
    public DataReader(TableFormats formats, Function<FiniteSource, Table> tables) {
        super("csv");
        this.formats = formats;
        this.tables = tables;
    }

    @Override
    DataReader self() {
        return this;
    }

    @Override
    Table read(String named, ReadRequest request) {
        return tables.apply(formats.find(named).table(request));
    }
}
