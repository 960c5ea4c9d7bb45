// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.deadletter;

import io.millrace.operator.CutLine;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.FailedRecord;
import io.millrace.operators.sink.file.FileFormat;
import io.millrace.operators.sink.file.FileSink;
import io.millrace.operators.sink.file.JsonLinesFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Dead letters as lines of JSON: everything that is known of the failure, the record escaped and cut as it stands in errors, and the
 * record itself if it is text or bytes. The document {@code dead-letters.md} has the format; the receiver {@code RedriveFiles} reads it.
 */
public final class DeadLetterFormat implements FileFormat<DeadLetter> {

    private static final JsonLinesFormat<DeadLetter> JSON = JsonLinesFormat.of(DeadLetterFormat::members);

    /** The format. */
    public DeadLetterFormat() {}

    /** A sink that writes dead letters to the files of a directory, called {@code letters-…}. */
    public static FileSink<DeadLetter> files(Path directory) {
        return FileSink.<DeadLetter>to(directory, new DeadLetterFormat()).prefix("letters");
    }

    @Override
    public String extension() {
        return "jsonl";
    }

    @Override
    public void append(DeadLetter letter, StringBuilder out) {
        JSON.append(letter, out);
    }

    private static Map<String, Object> members(DeadLetter letter) {
        FailedRecord failed = letter.failed();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("batch", failed.batch().millis());
        members.put("operator", failed.operator());
        members.put("callSite", failed.callSite());
        members.put("cause", failed.cause());
        members.put("block", failed.block());
        members.put("ordinal", failed.ordinal());
        members.put("position", failed.position());
        members.put("record", failed.record());
        if (letter.record() instanceof String text) {
            members.put("text", text);
        } else if (letter.record() instanceof byte[] bytes) {
            members.put("bytes", bytes);
        } else if (letter.record() instanceof CutLine cut) {
            members.put("cut", cut);
        } else {
            members.put("type", letter.record().getClass().getName());
        }
        return members;
    }
}
