// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.testkit.OutputContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Texts with all that must be quoted, in files that begin with names, small enough to roll within a batch. */
class CsvFilesContractTest extends OutputContract<Pair<String, Integer>> {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    protected OutputOperator<Pair<String, Integer>> output() {
        CsvFormat<Pair<String, Integer>> format = CsvFormat.of(pair -> List.of(pair.key(), pair.value()));
        return FileSink.to(directory, format.names("text", "number")).rolling(Rolling.DEFAULT.maxBytes(100));
    }

    @Override
    protected List<Pair<String, Integer>> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> Pair.of("a \"record\", in\ntwo lines", i))
                .toList();
    }

    @Override
    protected List<Pair<String, Integer>> written() throws Exception {
        ManifestReader reader = ManifestReader.of(directory);
        List<Pair<String, Integer>> records = new ArrayList<>();
        for (Manifest manifest : reader.manifests()) {
            String text = new String(reader.bytes(manifest), UTF_8);
            CsvReader.builder()
                    .ofCsvRecord(text)
                    .forEach(csv -> records.add(Pair.of(csv.getField(0), Integer.valueOf(csv.getField(1)))));
        }
        return records;
    }
}
