// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import io.millrace.operator.CutLine;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.FailedRecord;
import io.millrace.operators.sink.file.FileSink;
import io.millrace.operators.sink.file.Manifest;
import io.millrace.operators.sink.file.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFormatTest {

    private static final String KNOWN =
            "{\"batch\":2000,\"operator\":\"parse\",\"callSite\":\"Prices.java:31\",\"cause\":\"no \\\"number\\\"\","
                    + "\"block\":\"input-0-0-3\",\"ordinal\":17,\"position\":\"127.0.0.1:51234 byte 4711\",\"record\":\"1\\\\t2\",";

    private static String line(Object record) {
        StringBuilder out = new StringBuilder();
        new DeadLetterFormat().append(letter(record), out);
        return out.toString();
    }

    private static DeadLetter letter(Object record) {
        return new DeadLetter(
                new FailedRecord(
                        new BatchTime(2000),
                        "input-0-0-3",
                        17,
                        "127.0.0.1:51234 byte 4711",
                        "parse",
                        "Prices.java:31",
                        "1\\t2",
                        "no \"number\""),
                record);
    }

    @Test
    void writesAllThatIsKnownAndTextAndBytesAsTheyWere() {
        assertThat(line("1\t2")).isEqualTo(KNOWN + "\"text\":\"1\\t2\"}\n");
        assertThat(line("é".getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(KNOWN + "\"bytes\":\"6Q==\"}\n");
        assertThat(line(new CutLine("1\t2", 1000, 7)))
                .isEqualTo(KNOWN + "\"cut\":{\"prefix\":\"1\\t2\",\"length\":1000,\"crc32c\":7}}\n");
        assertThat(line(12)).isEqualTo(KNOWN + "\"type\":\"java.lang.Integer\"}\n");
    }

    @Test
    void goesIntoFilesWithManifests(@TempDir Path directory) throws Exception {
        FileSink<DeadLetter> sink = DeadLetterFormat.files(directory);
        sink.write(new BatchTime(2000), List.of(letter("a"), letter("b")));
        sink.close();

        ManifestReader reader = ManifestReader.of(directory);
        Manifest manifest = reader.manifests().get(0);
        assertThat(manifest.ranges().get(0).file()).isEqualTo("letters-0000000000-2000.jsonl");
        assertThat(reader.lines(manifest))
                .containsExactly(line("a").strip(), line("b").strip());
    }
}
