// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file; fields go to columns by their place.
 *
 * @param schema the columns
 * @param header whether the first record is none but the names
 * @param separator what stands between fields
 * @param quote what stands around a field
 * @param nothing the text that stands for a null, besides an empty field
 * @param mode what becomes of a record that does not fit
 */
record CsvRows(Schema schema, boolean header, char separator, char quote, String nothing, ParseMode mode)
        implements RowFiles {

    static CsvRows of(Schema schema, FormatOptions options) {
        return new CsvRows(
                schema,
                options.flag("header", false),
                sign(options, "sep", options.get("delimiter", ",")),
                sign(options, "quote", "\""),
                options.get("nullValue", ""),
                ParseMode.of(options));
    }

    private static char sign(FormatOptions options, String name, String otherwise) {
        String text = options.get(name, otherwise);
        String sign = text.equals("\\t") ? "\t" : text;
        if (sign.length() != 1) {
            throw new io.millrace.table.AnalysisException(
                    "INVALID_OPTION", "the option '" + name + "' must be one character, but is '" + text + "'");
        }
        return sign.charAt(0);
    }

    /** The schema of some files: names from the header or {@code _c0}, {@code _c1} …; all strings unless types are to be found. */
    Schema infer(List<Path> files, boolean types) throws IOException {
        List<String> names = new ArrayList<>();
        List<DataType> found = new ArrayList<>();
        for (Path file : files) {
            try (CsvReader<CsvRecord> reader = reader(file)) {
                boolean first = true;
                for (CsvRecord record : reader) {
                    for (int i = names.size(); i < record.getFieldCount(); i++) {
                        names.add(header && first ? record.getField(i) : "_c" + i);
                        found.add(AtomicType.NULL);
                    }
                    for (int i = 0; types && !(header && first) && i < record.getFieldCount(); i++) {
                        found.set(i, FoundTypes.with(found.get(i), cell(record.getField(i))));
                    }
                    first = false;
                    if (!types) {
                        break;
                    }
                }
            }
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            DataType type = found.get(i) == AtomicType.NULL ? AtomicType.STRING : found.get(i);
            fields.add(Field.of(names.get(i), type));
        }
        return new Schema(fields);
    }

    private CsvReader<CsvRecord> reader(Path file) throws IOException {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .quoteCharacter(quote)
                .ofCsvRecord(FileCharacters.of(file));
    }

    /** The text of a field; null if it stands for none. */
    private @Nullable String cell(String field) {
        return field.isEmpty() || field.equals(nothing) ? null : field;
    }

    @Override
    public Reading open(Path file) throws IOException {
        CsvReader<CsvRecord> reader = reader(file);
        Iterator<CsvRecord> records = reader.iterator();
        return new Reading() {
            private boolean headed = !header;

            @Override
            public @Nullable ColumnBatch next() {
                if (!headed && records.hasNext()) {
                    records.next();
                }
                headed = true;
                ColumnBatchBuilder rows = new ColumnBatchBuilder(schema, BATCH_ROWS);
                while (rows.rows() < BATCH_ROWS && records.hasNext()) {
                    add(records.next(), rows, file);
                }
                return rows.rows() == 0 && !records.hasNext() ? null : rows.build();
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }

    private void add(CsvRecord record, ColumnBatchBuilder rows, Path file) {
        @Nullable Object[] values = new Object[schema.size()];
        boolean fits = record.getFieldCount() == values.length;
        for (int i = 0; i < values.length; i++) {
            String cell = i < record.getFieldCount() ? cell(record.getField(i)) : null;
            if (cell != null) {
                values[i] = CellText.parse(schema.field(i).type(), cell);
                fits &= values[i] != null;
            }
        }
        if (!fits && mode == ParseMode.FAILFAST) {
            throw new QueryExecutionException(
                    "MALFORMED_RECORD_IN_PARSING",
                    "line " + record.getStartingLineNumber() + " of " + file + " does not fit " + schema
                            + "; with the mode PERMISSIVE what does not fit is null");
        }
        if (fits || mode == ParseMode.PERMISSIVE) {
            rows.append(values);
        }
    }
}
