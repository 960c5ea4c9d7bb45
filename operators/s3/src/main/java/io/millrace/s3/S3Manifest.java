// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says which object holds a part of a batch.
 *
 * @param epoch of the run that wrote it
 * @param batch the number of the batch
 * @param partition which part of it, from 0
 * @param time the end of the batch
 * @param object its key below the prefix of the sink; empty if the part has no records
 * @param bytes how long it is
 * @param crc32c of these bytes
 * @param records how many there are
 */
public record S3Manifest(
        long epoch, long batch, int partition, BatchTime time, String object, long bytes, int crc32c, long records) {

    byte[] encode() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("epoch", epoch);
        document.put("batch", batch);
        document.put("partition", partition);
        document.put("time", time.millis());
        document.put("object", object);
        document.put("bytes", bytes);
        document.put("crc32c", Integer.toUnsignedLong(crc32c));
        document.put("records", records);
        return JsonText.of(document);
    }

    static S3Manifest decode(byte[] bytes, String source) throws IOException {
        Map<?, ?> document = JsonText.read(bytes, source);
        return new S3Manifest(
                JsonText.number(document, "epoch", source),
                JsonText.number(document, "batch", source),
                (int) JsonText.number(document, "partition", source),
                new BatchTime(JsonText.number(document, "time", source)),
                JsonText.text(document, "object", source),
                JsonText.number(document, "bytes", source),
                (int) JsonText.number(document, "crc32c", source),
                JsonText.number(document, "records", source));
    }
}
