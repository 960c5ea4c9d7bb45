// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.ReadRequest;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.nio.file.Path;
import java.util.List;

/** Lines of text, in a column {@code value}. */
public final class TextFormat extends FilesFormat {

    private static final Schema LINES = new Schema(List.of(Field.of("value", AtomicType.STRING)));

    /** The format. */
    public TextFormat() {
        super("text");
    }

    @Override
    RowFiles rows(Schema schema, FormatOptions options) {
        return new TextRows(schema);
    }

    @Override
    Schema infer(List<Path> files, FormatOptions options) {
        return LINES;
    }

    @Override
    Schema streamSchema(ReadRequest request) {
        return request.schema().orElse(LINES);
    }
}
