// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Objects of JSON, one per line. Option: {@code mode}, {@code PERMISSIVE}, {@code DROPMALFORMED} or {@code FAILFAST}. */
public final class JsonFormat extends FilesFormat {

    /** The format. */
    public JsonFormat() {
        super("json");
    }

    @Override
    RowFiles rows(Schema schema, FormatOptions options) {
        return new JsonRows(schema, ParseMode.of(options));
    }

    @Override
    Schema infer(List<Path> files, FormatOptions options) throws IOException {
        return JsonRows.infer(files);
    }
}
