// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.AnalysisException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The formats of a session. Immutable. */
public final class TableFormats {

    private final Map<String, TableFormat> byName = new TreeMap<>();

    /** Those that are on the class path, and these, which come before one of the same name. */
    public TableFormats(List<TableFormat> more) {
        for (TableFormat format : ServiceLoader.load(TableFormat.class, TableFormats.class.getClassLoader())) {
            byName.put(format.name(), format);
        }
        more.forEach(format -> byName.put(format.name(), format));
    }

    /**
     * A format by its name, without regard to case.
     *
     * @throws AnalysisException if there is none; it names those there are
     */
    public TableFormat find(String name) {
        TableFormat format = byName.get(name.toLowerCase(Locale.ROOT));
        if (format == null) {
            throw new AnalysisException(
                    "DATA_SOURCE_NOT_FOUND",
                    "Failed to find the data source: " + name + ". There are " + byName.keySet()
                            + "; others come with their modules: kafka with millrace-table-kafka, jdbc with millrace-table-jdbc");
        }
        return format;
    }
}
