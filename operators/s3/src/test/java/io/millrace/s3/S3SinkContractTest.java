// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import io.millrace.operator.OutputOperator;
import io.millrace.operators.sink.file.TextFormat;
import io.millrace.testkit.OutputContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;

class S3SinkContractTest extends OutputContract<String> {

    private final String prefix = TestS3.prefix();

    @SuppressWarnings("NullAway.Init")
    private S3Client client;

    @BeforeEach
    void open() throws Exception {
        client = TestS3.shared().client();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Override
    protected OutputOperator<String> output() {
        return S3Sink.to(client, TestS3.BUCKET, prefix, TextFormat.lines());
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() throws Exception {
        S3ManifestReader reader = S3ManifestReader.of(client, TestS3.BUCKET, prefix);
        List<String> lines = new ArrayList<>();
        for (S3Manifest part : reader.manifests()) {
            lines.addAll(reader.lines(part));
        }
        return lines;
    }
}
