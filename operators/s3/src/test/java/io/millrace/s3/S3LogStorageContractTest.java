// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import io.millrace.runtime.log.LogStorage;
import io.millrace.testkit.LogStorageContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;

class S3LogStorageContractTest extends LogStorageContract {

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
    protected LogStorage storage() throws Exception {
        return S3LogStorage.open(client, TestS3.BUCKET, prefix);
    }
}
