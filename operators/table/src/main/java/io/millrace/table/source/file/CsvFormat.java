// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Comma-separated values. Options: {@code header}, false; {@code sep}, a comma; {@code quote}, {@code "}; {@code nullValue}, nothing; {@code inferSchema}, false;
 * {@code mode}, {@code PERMISSIVE}, {@code DROPMALFORMED} or {@code FAILFAST}.
 */
public final class CsvFormat extends FilesFormat {

    /** The format. */
    public CsvFormat() {
        super("csv");
    }

    @Override
    RowFiles rows(Schema schema, FormatOptions options) {
        return CsvRows.of(schema, options);
    }

    @Override
    Schema infer(List<Path> files, FormatOptions options) throws IOException {
        return CsvRows.of(new Schema(List.of()), options).infer(files, options.flag("inferSchema", false));
    }
}
