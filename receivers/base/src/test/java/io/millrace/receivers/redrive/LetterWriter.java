// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.redrive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** Writes a directory of dead letters as it is documented, by hand. */
final class LetterWriter {

    private final Path directory;
    private int sequence;

    LetterWriter(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("_manifests"));
    }

    static String letter(String text) {
        return "{\"batch\":1000,\"operator\":\"parse\",\"callSite\":\"T.java:1\",\"cause\":\"no\",\"block\":\"input-0-0-0\","
                + "\"ordinal\":3,\"position\":\"file byte 7\",\"record\":\"" + text + "\",\"text\":\"" + text + "\"}\n";
    }

    /** A batch of texts. */
    void texts(List<String> texts) throws IOException {
        lines(texts.stream().map(LetterWriter::letter).toList());
    }

    /** A batch of lines. */
    void lines(List<String> lines) throws IOException {
        Path file = directory.resolve("letters-0000000000-1000.jsonl");
        long from = Files.exists(file) ? Files.size(file) : 0;
        byte[] bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        String manifest = "{\"sequence\":" + sequence
                + ",\"batch\":1000,\"partition\":0,\"later\":{\"a\":[1]},\"ranges\":[{\"file\":\""
                + file.getFileName() + "\",\"from\":" + from + ",\"to\":" + (from + bytes.length) + ",\"records\":"
                + lines.size() + ",\"crc32c\":1}]}\n";
        Path unfinished = directory.resolve("unfinished");
        Files.writeString(unfinished, manifest);
        Files.move(unfinished, next());
        sequence++;
    }

    /** Where the next manifest will be. */
    Path next() {
        return directory.resolve("_manifests/" + String.format(Locale.ROOT, "%010d_1000_0.json", sequence));
    }
}
