// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.testkit.OutputContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Pairs whose texts have line ends, one object per line. */
class JsonLinesFilesContractTest extends OutputContract<Pair<String, Integer>> {

    private static final JsonFactory JSON = new JsonFactory();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    protected OutputOperator<Pair<String, Integer>> output() {
        return FileSink.to(directory, JsonLinesFormat.of());
    }

    @Override
    protected List<Pair<String, Integer>> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> Pair.of("a \"record\" in\ntwo lines", i))
                .toList();
    }

    @Override
    protected List<Pair<String, Integer>> written() throws Exception {
        ManifestReader reader = ManifestReader.of(directory);
        List<Pair<String, Integer>> records = new ArrayList<>();
        for (Manifest manifest : reader.manifests()) {
            for (String line : reader.lines(manifest)) {
                records.add(pair(line));
            }
        }
        return records;
    }

    private static Pair<String, Integer> pair(String line) throws IOException {
        String key = "";
        int value = -1;
        try (JsonParser json = JSON.createParser(line)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "key".equals(json.currentName())) {
                    key = json.getText();
                } else if (token == JsonToken.VALUE_NUMBER_INT && "value".equals(json.currentName())) {
                    value = json.getIntValue();
                }
            }
        }
        return Pair.of(key, value);
    }
}
