// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** The file {@code metadata} of a checkpoint: which query it is of, as Spark has it. */
final class QueryMetadata {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FILE = "metadata";
    private static final String ID = "id";

    private QueryMetadata() {}

    /**
     * The query of a checkpoint; a new one if the directory has none.
     *
     * @throws UncheckedIOException if the directory cannot be read or written, or the file is damaged; it names the file
     */
    static UUID id(Path checkpoint) {
        Path file = checkpoint.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return read(file);
            }
            UUID id = UUID.randomUUID();
            Files.createDirectories(checkpoint);
            Path unnamed = Files.createTempFile(checkpoint, "." + FILE, ".tmp");
            Files.writeString(
                    unnamed, MAPPER.createObjectNode().put(ID, id.toString()).toString());
            Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint location " + checkpoint + " cannot be used", e);
        }
    }

    private static UUID read(Path file) throws IOException {
        try {
            JsonNode id = MAPPER.readTree(Files.readString(file)).path(ID);
            return UUID.fromString(id.asText());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged: it should be {\"id\":\"…\"} with the id of a query", e);
        }
    }
}
